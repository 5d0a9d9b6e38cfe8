// The verbs of res.users that change accounts. Rights and rules are the registry's to ask; what nobody may,
// whatever their rights, is asked here: limits of delegated administration, one's own account, the last
// administrator.
import {
  changeGroups,
  mustHaveAdministrator,
  settleCommands,
  takeTurn,
} from '../access/memberships.ts';
import { mustManage } from '../access/limits.ts';
import { Refusal } from '../kernel/refusal.ts';
import { asSystem } from '../models/asker.ts';
import { deleteRecords, insertRecords, updateRecords, type Values } from '../models/change.ts';
import { readCommands, type Command } from '../models/commands.ts';
import { asRefusal } from '../models/constraints.ts';
import { copyRecords } from '../models/copy.ts';
import type { Act, Asker, Model } from '../models/define.ts';
import { checkRows, read } from '../models/read.ts';
import { mustReach, mustUse } from '../models/rights.ts';
import { wordsFor } from '../kernel/words.ts';
import { keepPicture } from '../partners/partner.values.ts';
import { giveHand, mustAllowHand } from '../passwords/by-hand.ts';
import { givePassword, hashNew } from '../passwords/give.ts';
import { endAllOf } from '../sign-in/sessions.ts';
import { INTERNAL } from '../store/caller.ts';
import { findGroup } from '../access/groups.ts';
import { syncCompanies } from './companies.ts';
import * as store from './accounts.store.ts';
import { setAsideOwn, tellReaddressed } from './holders.ts';
import { inviteNew } from './invite.ts';
import { partValues, type Parted } from './user.values.ts';

/** What the unique login of a tenant is called in its table. */
const LOGIN_TAKEN = 'users_tenant_login_key_key';

/** Runs what stores logins. Throws Refusal `login_taken` (409) for one that somebody has. */
async function storing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const meant = asRefusal(error);
    if (meant instanceof Refusal && meant.values.constraint === LOGIN_TAKEN)
      throw new Refusal('login_taken', { status: 409, field: 'login' });
    throw error;
  }
}

/** The number of a link, which the registry hands over as a number or null. */
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Throws Refusal `partner_archived` (409), `person_above` (403) for a partner that is somebody's account. */
async function checkPartner(asker: Asker, value: unknown): Promise<void> {
  const id = numberOf(value);
  if (id === null) return;
  const holders = await store.holdersOf(asker, [id]);
  await mustManage(
    asker,
    holders.map((one) => one.id),
  );
  if (!(await store.isLivingPartner(asker, id)))
    throw new Refusal('partner_archived', { status: 409, field: 'partner_id' });
}

/** The companies a list becomes by commands that link, unlink and replace. */
function companiesAfter(before: readonly number[], value: unknown): Set<number> {
  let now = new Set(before);
  for (const command of readCommands(value)) {
    if (command.do === 'link') now.add(command.id);
    if (command.do === 'unlink' || command.do === 'delete') now.delete(command.id);
    if (command.do === 'replace') now = new Set(command.ids);
  }
  return now;
}

/** Throws Refusal `company_not_yours` (403) unless people work in a company that is theirs. */
function checkCompanies(
  values: Values,
  before: { id: number | null; ids: readonly number[] },
): void {
  if (!('company_id' in values) && !('company_ids' in values)) return;
  const ids = 'company_ids' in values ? companiesAfter(before.ids, values.company_ids) : before.ids;
  const id = 'company_id' in values ? numberOf(values.company_id) : before.id;
  if (id !== null && ![...ids].includes(id))
    throw new Refusal('company_not_yours', { status: 403, field: 'company_id' });
}

async function checkInbox(asker: Asker, ids: readonly number[]): Promise<void> {
  if (await store.hasStrayInbox(asker, ids))
    throw new Refusal('choice_invalid', { status: 422, field: 'notification_type' });
}

/**
 * Gives the password that was typed to these accounts: each has words of its own that it may not be made
 * of. One's own is one's own; for others it is one by hand.
 */
async function givePasswords(asker: Asker, accounts: readonly store.Account[], password: string) {
  for (const account of accounts) {
    const { id } = account;
    const own = id === asker.person.id;
    const policy = own ? null : await mustAllowHand(asker, 'password');
    const hash = await hashNew(asker, password, account);
    if (policy === null) await givePassword(asker, id, hash);
    else await giveHand(asker, id, hash, policy);
  }
}

// ── Create ──────────────────────────────────────────────────────────────────────────────────────

async function createOne(asker: Asker, model: Model, given: Values): Promise<number> {
  const { plain, groups, password, picture } = await partValues(asker, given);
  await checkPartner(asker, plain.partner_id);
  const internal = await findGroup(asker, INTERNAL);
  const commands = await settleCommands(asker, groups ?? [{ do: 'link', id: internal }]);
  const company = numberOf(plain.company_id) ?? asker.person.companyId;
  if ('company_ids' in plain)
    checkCompanies({ ...plain, company_id: company }, { id: null, ids: [] });
  const preset = plain.partner_id ? {} : { lang: asker.tenant.language };
  const values = { ...preset, signature: '', ...plain, company_id: company };
  const [id] = await storing(() =>
    insertRecords(asker, model, [values], (ids) => changeGroups(asker, ids, commands)),
  );
  const accounts = await store.accountsOf(asker, [id!]);
  if (password !== null) await givePasswords(asker, accounts, password);
  if (picture !== undefined) await keepPicture(asker, [accounts[0]!.partnerId], picture);
  await checkInbox(asker, [id!]);
  await syncCompanies(asker, [id!]);
  return id!;
}

// ── Write ───────────────────────────────────────────────────────────────────────────────────────

/** Whether the asker sets their own preferences and nothing else. */
function isOwn({ system, person }: Asker, model: Model, ids: readonly number[], values: Values) {
  if (system !== undefined || ids.length !== 1 || ids[0] !== person.id) return false;
  const names = Object.keys(values);
  return names.length > 0 && names.every((name) => model.all.get(name)?.own === 'write');
}

async function writeOwn(asker: Asker, model: Model, values: Values): Promise<void> {
  mustReach(asker, model, 'write');
  const powerful = asSystem(asker, 'a person’s own preferences');
  const parted = await partValues(asker, values);
  if ('email' in values && !parted.plain.email)
    throw new Refusal('email_missing', { status: 422, field: 'email' });
  const accounts = await store.accountsOf(asker, [asker.person.id]);
  const plain = await setAsideOwn(asker, [asker.person.partnerId], parted.plain);
  await keep(powerful, model, accounts, { ...parted, plain });
}

/** Whoever is archived is signed out, and their keys stop by themselves; whoever returns brings their partner. */
async function settleActive(asker: Asker, accounts: readonly store.Account[], active: unknown) {
  if (active === undefined) return;
  if (active)
    return store.revivePartners(
      asker,
      accounts.map(({ partnerId }) => partnerId),
    );
  for (const { id } of accounts) await endAllOf(asker, id);
  await mustHaveAdministrator(asker);
}

async function keep(
  asker: Asker,
  model: Model,
  accounts: readonly store.Account[],
  { plain, groups, password, picture }: Parted,
): Promise<void> {
  const ids = accounts.map(({ id }) => id);
  const partners = accounts.map(({ partnerId }) => partnerId);
  for (const { companyId, companyIds } of accounts)
    checkCompanies(plain, { id: companyId, ids: companyIds });
  const before = 'email' in plain ? await store.holdersOf(asker, partners) : [];
  const commands: Command[] = await settleCommands(asker, groups ?? []);
  await storing(() =>
    updateRecords(asker, model, ids, plain, async () => {
      if (commands.length > 0) await changeGroups(asker, ids, commands);
    }),
  );
  await checkInbox(asker, ids);
  if (password !== null) await givePasswords(asker, await store.accountsOf(asker, ids), password);
  if (picture !== undefined) await keepPicture(asker, partners, picture);
  await tellReaddressed(asker, before);
  await settleActive(asker, accounts, plain.active);
  if ('company_ids' in plain) await syncCompanies(asker, ids);
}

/** Throws Refusal `not_oneself` (409): nobody archives or deletes the account they speak with. */
function mustBeOthers({ person }: Asker, ids: readonly number[]): void {
  if (ids.includes(person.id)) throw new Refusal('not_oneself', { status: 409 });
}

async function writeOthers(asker: Asker, model: Model, ids: readonly number[], values: Values) {
  mustUse(asker, model, 'write');
  if (ids.length === 0) return;
  await checkRows(asker, model, ids, 'write');
  await takeTurn(asker);
  const accounts = await store.accountsOf(asker, ids);
  const partners = accounts.map(({ partnerId }) => partnerId);
  const holders = await store.holdersOf(asker, partners);
  await mustManage(asker, [...ids, ...holders.map(({ id }) => id)]);
  if ('active' in values && !values.active) mustBeOthers(asker, ids);
  if (values.new_password && ids.includes(asker.person.id))
    throw new Refusal('password_own', { status: 409, field: 'new_password' });
  const parted = await partValues(asker, values);
  if ('partner_id' in parted.plain) await checkPartner(asker, parted.plain.partner_id);
  await keep(asker, model, accounts, parted);
}

// ── Unlink and copy ─────────────────────────────────────────────────────────────────────────────

async function remove(asker: Asker, model: Model, ids: readonly number[]): Promise<void> {
  mustUse(asker, model, 'unlink');
  await checkRows(asker, model, ids, 'unlink');
  mustBeOthers(asker, ids);
  await takeTurn(asker);
  await mustManage(asker, ids);
  await deleteRecords(asker, model, ids);
  await mustHaveAdministrator(asker);
}

/** The copy has a login of its own, and no address: mails are for one person. */
async function copyOne(asker: Asker, model: Model, id: number, over: Values): Promise<number> {
  const [row] = await read(asker, model, [id], { fields: ['login'] });
  const login = wordsFor(asker.language).t('record.copy', { name: String(row?.login ?? '') });
  const silent = { ...asker, context: { ...asker.context, no_reset_password: true } };
  const [copy] = await copyRecords(silent, model, [id], { login, email: false, ...over });
  return copy!;
}

/**
 * The taken-over verbs. Beside the registry's refusals they throw those of `partValues`, and `login_taken` (409),
 * `person_above` (403), `group_not_yours` (403), `user_type_unclear`, `last_administrator` (409), `not_oneself` (409),
 * `partner_archived` (409), `company_not_yours` (403), `password_own` (409), `hand_passwords_never` (403), and
 * the password policy's.
 */
export const changeActs: Readonly<Record<string, Act>> = {
  create: {
    run: async ({ asker, model, named }) => {
      mustUse(asker, model, 'create');
      const ids: number[] = [];
      for (const values of named.vals_list as Values[])
        ids.push(await createOne(asker, model, values));
      if (!asker.context.no_reset_password) await inviteNew(asker, ids);
      return ids;
    },
  },
  write: {
    ids: true,
    run: async ({ asker, model, ids, named }) => {
      const values = named.vals as Values;
      if (isOwn(asker, model, ids, values)) await writeOwn(asker, model, values);
      else await writeOthers(asker, model, ids, values);
      return true;
    },
  },
  unlink: {
    ids: true,
    run: async ({ asker, model, ids }) => {
      await remove(asker, model, ids);
      return true;
    },
  },
  copy: {
    ids: true,
    params: ['default?'],
    run: async ({ asker, model, ids, named }) => {
      const over = (named.default || {}) as Values;
      const copies: number[] = [];
      for (const id of ids) copies.push(await copyOne(asker, model, id, over));
      return copies;
    },
  },
};
