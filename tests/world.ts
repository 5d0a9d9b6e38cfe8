// People and places for tests: a tenant of one's own on the real database of the run.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { models } from '#server/catalogue.ts';
import { holdInstallation } from '#server/kernel/installation.ts';
import { holdSecret, SecretKey } from '#server/kernel/secrets.ts';
import { declareModels } from '#server/models/registry.ts';
import { hashPassword } from '#server/passwords/hashing.ts';
import type { Caller, Member } from '#server/store/caller.ts';
import { migrate } from '#server/store/migrate.ts';
import { openStore, type Store } from '#server/store/open.ts';
import { createTenant, type NewTenant } from '#server/tenants/create.ts';
import { createUser, type Newcomer } from '#server/users/create.ts';

/** A password that every policy of the tests accepts. */
export const PASSWORD = 'vijf-paarse fietsen zingen';

let hashed: Promise<string> | undefined;

/** The open world of one test file. */
export interface World {
  store: Store;
  secret: SecretKey;
  /** A tenant of its own, its caller without a person, and its first administrator. */
  tenant(wish?: Partial<NewTenant>): Promise<{ caller: Caller; administrator: Member }>;
  /** A new person as a caller; the password is PASSWORD unless `password: undefined` is given. */
  person(caller: Caller, newcomer: Newcomer): Promise<Member>;
  close(): Promise<void>;
}

/** The same person again, as the database knows them now. */
export async function asMember(caller: Caller, login: string): Promise<Member> {
  const user = await caller.db
    .selectFrom('users as u')
    .innerJoin('partners as p', (on) =>
      on.onRef('p.tenant', '=', 'u.tenant').onRef('p.id', '=', 'u.partner_id'),
    )
    .select(['u.id', 'u.partner_id', 'u.company_id', 'u.login', 'p.name', 'p.email'])
    .where('u.tenant', '=', caller.tenant.id)
    .where('u.login', '=', login)
    .executeTakeFirstOrThrow();
  const groups = await caller.db
    .selectFrom('group_users as m')
    .innerJoin('groups as g', (on) =>
      on.onRef('g.tenant', '=', 'm.tenant').onRef('g.id', '=', 'm.group_id'),
    )
    .select('g.external_id')
    .where('m.tenant', '=', caller.tenant.id)
    .where('m.user_id', '=', user.id)
    .execute();
  const companies = await caller.db
    .selectFrom('company_users')
    .select('company_id')
    .where('tenant', '=', caller.tenant.id)
    .where('user_id', '=', user.id)
    .execute();
  const { stamp } = await caller.db
    .selectFrom('rights_stamps')
    .select('stamp')
    .where('tenant', '=', caller.tenant.id)
    .executeTakeFirstOrThrow();
  return {
    ...caller,
    person: {
      id: user.id,
      partnerId: user.partner_id,
      companyId: user.company_id,
      login: user.login,
      name: user.name,
      email: user.email,
      groups: new Set(groups.map(({ external_id }) => external_id)),
      companyIds: companies.map(({ company_id }) => company_id),
      rightsStamp: stamp,
      session: null,
    },
  };
}

async function giveSharedPassword(caller: Caller, login: string): Promise<void> {
  hashed ??= hashPassword(PASSWORD);
  await caller.db
    .updateTable('users')
    .set({ password_hash: await hashed })
    .where('tenant', '=', caller.tenant.id)
    .where('login', '=', login)
    .execute();
}

/** Opens the run's database (DATABASE_URL), or an embedded one in a folder that goes at the end. */
export async function openWorld(): Promise<World> {
  const databaseUrl = process.env.DATABASE_URL;
  const dataFolder = await mkdtemp(join(tmpdir(), 'huis-world-'));
  declareModels(models);
  holdInstallation({ url: 'http://localhost:8069', mailHosts: [] });
  const store = await openStore({ databaseUrl, dataFolder });
  await migrate(store.url);
  const outside = (caller: Caller): Caller => ({
    ...caller,
    db: store.tenant(caller.tenant.id),
    address: '192.0.2.1',
    userAgent: 'test',
  });
  return {
    store,
    secret: holdSecret(new SecretKey(randomBytes(32))),
    async tenant(wish = {}) {
      const made = await createTenant(
        store,
        {
          name: `t-${randomBytes(6).toString('hex')}`,
          title: 'Les Petits Pots',
          administrator: {
            login: 'admin',
            name: 'Anne Administratrice',
            email: 'admin@example.be',
          },
          ...wish,
        },
        async (caller) => caller,
      );
      const caller = outside(made.extra!);
      const login = wish.administrator?.login ?? 'admin';
      await giveSharedPassword(caller, login);
      return { caller, administrator: await asMember(caller, login) };
    },
    async person(caller, newcomer) {
      await createUser(caller, newcomer);
      if (!('password' in newcomer)) await giveSharedPassword(caller, newcomer.login);
      return asMember(caller, newcomer.login);
    },
    async close() {
      await store.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
