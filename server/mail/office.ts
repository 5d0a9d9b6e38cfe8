// The office: what goes on behind the pages, tenant by tenant. A look every half second finds the tenants
// with something to do; pg-boss hands each to one worker at a time, on whichever machine, and takes it back
// from a worker that is gone.
import { PgBoss, type Job } from 'pg-boss';
import type { Caller } from '../store/caller.ts';
import type { Store } from '../store/open.ts';
import { tenantById } from '../store/tenants.ts';
import { systemCaller } from '../tenants/system-caller.ts';

/** Something the office does for a tenant. */
export interface Chore {
  /** Name of its queue. */
  name: string;
  /** Numbers of the tenants that have some of it now. */
  waiting(store: Store): Promise<number[]>;
  /** Does it; `stop` is to end it early. Answers when to look again, where that is not at once. */
  run(caller: Caller, stop: AbortSignal): Promise<Date | undefined | void>;
  /** How many tenants at once. */
  workers: number;
}

/** What the office is told. */
export interface OfficeOptions {
  chores: readonly Chore[];
  /** Names of the databases to work for; all without it. */
  only?: readonly string[];
  /** Told of what goes wrong; the office goes on. */
  onError: (error: unknown) => void;
}

/** The open office. */
export interface Office {
  /** Looks at once, instead of within half a second. */
  look(): Promise<void>;
  /** Ends what can be ended; what is left is taken up by the next office. */
  close(): Promise<void>;
}

const EVERY = 500;
/** pg-boss's own look, should ours have died: once a minute. */
const NET = 'office-net';

interface Work {
  tenant: number;
}

async function openBoss(url: string, onError: (error: unknown) => void): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
    schema: 'pgboss',
    application_name: 'huis office',
    max: 2,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    maintenanceIntervalSeconds: 600,
    cronMonitorIntervalSeconds: 45,
    cronWorkerIntervalSeconds: 45,
    registerInstance: false,
    monitorVacuum: false,
  });
  boss.on('error', onError);
  await boss.start();
  return boss;
}

/** A job a tenant, waiting or at work: never two. One whose worker is silent for ten seconds is given on. */
const QUEUE = {
  policy: 'exclusive',
  retryLimit: 1_000,
  retryDelay: 1,
  heartbeatSeconds: 10,
  expireInSeconds: 600,
  deleteAfterSeconds: 600,
} as const;

class OpenOffice implements Office {
  readonly #store: Store;
  readonly #boss: PgBoss;
  readonly #options: OfficeOptions;
  readonly #stop = new AbortController();
  /** Until when a tenant's chore is left alone, by chore and tenant. */
  readonly #later = new Map<string, number>();
  /** Numbers of pg-boss's workers, by queue. */
  readonly #workers = new Map<string, string[]>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(store: Store, boss: PgBoss, options: OfficeOptions) {
    this.#store = store;
    this.#boss = boss;
    this.#options = options;
  }

  /** Offices for some databases only leave the jobs of others alone. */
  #queueOf({ name }: Chore): string {
    const { only } = this.#options;
    return only ? `${name}.${only.toSorted().join('.')}`.slice(0, 200) : name;
  }

  async open(): Promise<void> {
    for (const chore of this.#options.chores) {
      const queue = this.#queueOf(chore);
      await this.#boss.createQueue(queue, QUEUE);
      this.#workers.set(queue, []);
      for (let i = 0; i < chore.workers; i++) await this.#hire(chore, queue);
    }
    await this.#boss.createQueue(NET, { policy: 'exclusive', deleteAfterSeconds: 600 });
    await this.#boss.work(NET, { pollingIntervalSeconds: 30 }, () => this.look());
    await this.#boss.schedule(NET, '* * * * *');
    this.#next();
  }

  /** A worker that goes on at once after a job, as long as there are any. */
  async #hire(chore: Chore, queue: string): Promise<void> {
    const id = await this.#boss.work<Work>(queue, { pollingIntervalSeconds: 5 }, async (jobs) => {
      await this.#do(chore, jobs);
      this.#boss.notifyWorker(id);
    });
    this.#workers.get(queue)!.push(id);
  }

  async #do(chore: Chore, jobs: Job<Work>[]): Promise<void> {
    for (const { data, signal } of jobs) {
      const tenant = await tenantById(this.#store, data.tenant);
      if (!tenant) continue;
      const caller = systemCaller(tenant, this.#store.tenant(tenant.id));
      const stop = AbortSignal.any([signal, this.#stop.signal]);
      const again = await chore.run(caller, stop).catch((error: unknown) => {
        this.#options.onError(error);
        // Something is wrong with this one: others go first.
        return new Date(Date.now() + 10_000);
      });
      if (again) this.#later.set(`${chore.name}/${tenant.id}`, again.getTime());
    }
  }

  #isLater(chore: Chore, tenant: number): boolean {
    const name = `${chore.name}/${tenant}`;
    const until = this.#later.get(name);
    if (until === undefined) return false;
    if (until > Date.now()) return true;
    this.#later.delete(name);
    return false;
  }

  async #lookFor(chore: Chore): Promise<void> {
    const queue = this.#queueOf(chore);
    for (const tenant of await chore.waiting(this.#store)) {
      if (this.#stop.signal.aborted) return;
      if (this.#isLater(chore, tenant) || !(await this.#isOurs(tenant))) continue;
      const made = await this.#boss.send(queue, { tenant }, { singletonKey: String(tenant) });
      if (made !== null) for (const id of this.#workers.get(queue)!) this.#boss.notifyWorker(id);
    }
  }

  async #isOurs(tenant: number): Promise<boolean> {
    const { only } = this.#options;
    if (!only) return true;
    const found = await tenantById(this.#store, tenant);
    return found !== undefined && only.includes(found.name);
  }

  async #lookForAll(): Promise<void> {
    try {
      for (const chore of this.#options.chores) await this.#lookFor(chore);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  look(): Promise<void> {
    this.#looking ??= this.#lookForAll().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  #next(): void {
    if (this.#stop.signal.aborted) return;
    this.#timer = setTimeout(() => void this.look().finally(() => this.#next()), EVERY);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#looking;
    await this.#boss.stop({ graceful: true, timeout: 8_000, close: true });
  }
}

/**
 * Opens the office: makes or migrates its queues, then looks and works until it is closed. Throws what the
 * database says when the queues cannot be made.
 */
export async function openOffice(store: Store, options: OfficeOptions): Promise<Office> {
  const boss = await openBoss(store.url, options.onError);
  const office = new OpenOffice(store, boss, options);
  await office.open();
  return office;
}
