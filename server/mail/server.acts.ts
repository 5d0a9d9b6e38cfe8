// What is done to outgoing mail servers beyond storing them: secrets are sealed, hosts are checked, and what
// waited for a server goes.
import { isRefusal, Refusal } from '../kernel/refusal.ts';
import { insertRecords, updateRecords, type Values } from '../models/change.ts';
import type { Act, Asker, Handed } from '../models/define.ts';
import { checkRows } from '../models/read.ts';
import { mustUse } from '../models/rights.ts';
import { mustBelongTo, SETTINGS } from '../store/caller.ts';
import { addressFor } from './guard.ts';
import { sealed, serverOf, type Credentials } from './servers.ts';
import * as store from './servers.store.ts';

/** Fields that are kept in the sealed credentials. */
const SEALED = {
  smtp_pass: 'password',
  oauth_client_secret: 'clientSecret',
  oauth_refresh_token: 'refreshToken',
  oauth_access_token: 'accessToken',
} as const;

function wrong(field: string): Refusal {
  return new Refusal('value_invalid_here', { status: 422, field });
}

/** Refuses an inner host at once; a name that leads nowhere today may be right tomorrow. */
async function checkHost(host: unknown): Promise<void> {
  if (typeof host !== 'string' || host.trim() === '') return;
  if (/[\s/@?#]/.test(host.trim())) throw wrong('smtp_host');
  await addressFor(host).catch((error: unknown) => {
    if (isRefusal(error, 'mail_host_inner')) throw error;
  });
}

async function checkTokenUrl(address: unknown): Promise<void> {
  if (typeof address !== 'string' || address.trim() === '') return;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' || url.username) throw wrong('oauth_token_url');
  await addressFor(url.hostname).catch((error: unknown) => {
    if (!isRefusal(error, 'mail_host_inner')) return;
    throw new Refusal(error.code, { status: 422, field: 'oauth_token_url' });
  });
}

/** The number that was sent; NaN for what is none. */
function numberOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
}

/** Checks what came, and parts it into what is stored as it is and what is sealed. */
async function part(values: Values): Promise<{ plain: Values; credentials: Credentials }> {
  await checkHost(values.smtp_host);
  await checkTokenUrl(values.oauth_token_url);
  const port = values.smtp_port === undefined ? 25 : numberOf(values.smtp_port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw wrong('smtp_port');
  const rate = values.rate;
  if (rate !== undefined && rate !== false && rate !== null && !(numberOf(rate) >= 0))
    throw wrong('rate');
  const plain = { ...values };
  const credentials: Credentials = {};
  for (const [field, name] of Object.entries(SEALED)) {
    const value = plain[field];
    delete plain[field];
    if (value === undefined) continue;
    if (typeof value !== 'string' && value !== false && value !== null) throw wrong(field);
    credentials[name] = value || '';
  }
  // No limit is none, not a limit of none.
  if ('rate' in plain && !Number(plain.rate)) delete plain.rate;
  return { plain, credentials };
}

/** Adds to the sealed credentials of a server; an empty text takes one away. */
async function seal(asker: Asker, id: number, more: Credentials, rate: unknown): Promise<void> {
  if (rate !== undefined && !Number(rate)) await store.unlimit(asker, id);
  if (Object.keys(more).length === 0) return;
  const known = (await serverOf(asker, id))?.credentials ?? {};
  const all = Object.entries({ ...known, ...more }).filter(([, value]) => value !== '');
  await store.keepSecret(asker, id, sealed(asker, id, Object.fromEntries(all)));
}

async function create({ asker, model, named }: Handed): Promise<number[]> {
  mustUse(asker, model, 'create');
  const ids: number[] = [];
  for (const values of named.vals_list as Values[]) {
    const { plain, credentials } = await part(values);
    const [id] = await insertRecords(asker, model, [plain]);
    await seal(asker, id!, credentials, values.rate);
    ids.push(id!);
  }
  await store.wake(asker);
  return ids;
}

async function write({ asker, model, ids, named }: Handed): Promise<boolean> {
  mustUse(asker, model, 'write');
  await checkRows(asker, model, ids, 'write');
  const values = named.vals as Values;
  const { plain, credentials } = await part(values);
  // Another host or user gets no password that was meant for the one before.
  if (['smtp_host', 'oauth_token_url'].some((field) => field in plain))
    await store.forgetSecrets(asker, ids);
  await updateRecords(asker, model, ids, plain);
  for (const id of ids) await seal(asker, id, credentials, values.rate);
  await store.wake(asker);
  return true;
}

/** Odoo's word that something is well. */
function well(message: string) {
  return {
    type: 'ir.actions.client',
    tag: 'display_notification',
    params: { message, type: 'success', sticky: false },
  };
}

async function test({ asker, ids }: Handed): Promise<unknown> {
  const caller = mustBelongTo(asker, SETTINGS);
  const { tryServer, wordsOfTrial } = await import('./doctor.ts');
  for (const id of ids) {
    const trial = await tryServer(caller, id);
    const why = wordsOfTrial(caller.language, trial);
    if (trial.step !== null)
      throw new Refusal('mail_test_failed', { status: 422, values: { why } });
    if (id === ids.at(-1)) return well(why);
  }
  return true;
}

export const serverActs: Readonly<Record<string, Act>> = {
  create: { run: create },
  write: { ids: true, params: ['vals'], run: write },
  test_smtp_connection: { ids: true, alone: true, run: test },
};
