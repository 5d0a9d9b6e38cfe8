// The form of a user: the generic one with the rights as choices, counts and signed-in devices.
import { Refusal } from '../kernel/refusal.ts';
import { askerOf, withArchived } from '../models/asker.ts';
import type { Asker } from '../models/define.ts';
import { count, read, search, searchRead } from '../models/read.ts';
import { declaredModels, findModel } from '../models/registry.ts';
import { asking, mayUse, prepare } from '../models/rights.ts';
import { initials, initialsColour } from '../preferences/initials.ts';
import { savePictureOf } from '../preferences/picture.ts';
import { readForm, type FormScreen } from '../records/form.ts';
import { placeAt } from '../records/places.ts';
import { call, changesOf, editableFields, type Posted } from '../records/save.ts';
import { TECHNICAL } from '../access/names.ts';
import { inTransaction, INTERNAL, type Caller } from '../store/caller.ts';
import {
  commandsFor,
  rightsChoices,
  type OfferedGroup,
  type RightsChoices,
} from './rights-choices.ts';

const USERS = '/settings/users';

/** Fields that the tab on security sums up. */
const TOLD_OTHERWISE = ['totp_enabled', 'device_ids', 'log_ids', 'api_key_ids'];

/** How many there are of what hangs on a person, for those who see what is technical. */
interface Counts {
  groups: number;
  accesses: number;
  rules: number;
}

/** What an administrator may know of somebody's security. */
interface Security {
  sessions: number;
  lastSeen: string | null;
  keys: number;
  keyUsed: string | null;
}

/** A user's form, ready to be drawn. */
export interface UserScreen extends FormScreen {
  portrait: { initials: string; tint: number; picture: string | null };
  state: 'new' | 'active' | null;
  counts: Counts | null;
  rights: RightsChoices;
  /** Null for a new person, and where the reader may not know. */
  security: Security | null;
}

type Pair = [id: number, name: string];

/** All groups, sorted as their applications are. */
async function offeredGroups(asker: Asker): Promise<OfferedGroup[]> {
  const [categories, groups] = [
    await searchRead(asker, findModel('ir.module.category'), { fields: ['exclusive'] }),
    await searchRead(asker, findModel('res.groups'), {
      fields: ['name', 'category_id', 'trans_implied_ids'],
    }),
  ];
  const rank = new Map(categories.map(({ id }, i) => [id, i]));
  const exclusive = new Set(categories.filter((row) => row.exclusive).map(({ id }) => id));
  const place = (row: OfferedGroup) => rank.get(row.category?.id ?? 0) ?? categories.length;
  return groups
    .map((row): OfferedGroup => {
      const pair = row.category_id as Pair | false;
      return {
        id: row.id,
        name: row.name as string,
        category:
          (pair && { id: pair[0], name: pair[1], exclusive: exclusive.has(pair[0]) }) || null,
        implies: row.trans_implied_ids as number[],
      };
    })
    .sort((a, b) => place(a) - place(b));
}

async function heldGroups(asker: Asker, id: number | null): Promise<Set<number>> {
  if (id === null) return new Set();
  const [row] = await read(withArchived(asker), findModel('res.users'), [id], {
    fields: ['groups_id'],
  });
  return new Set((row?.groups_id ?? []) as number[]);
}

/** A new person starts as somebody who works here. */
async function startingGroups(asker: Asker, groups: readonly OfferedGroup[]) {
  const [row] = await searchRead(asker, findModel('ir.model.data'), {
    domain: [['complete_name', '=', INTERNAL]],
    fields: ['res_id'],
    limit: 1,
  });
  const group = groups.find(({ id }) => id === row?.res_id);
  return new Set(group ? [group.id, ...group.implies] : []);
}

async function readCounts(asker: Asker, id: number): Promise<Counts | null> {
  if (!asker.person.groups.has(TECHNICAL)) return null;
  const [row] = await read(asker, findModel('res.users'), [id], {
    fields: ['groups_count', 'accesses_count', 'rules_count'],
  });
  return {
    groups: Number(row?.groups_count ?? 0),
    accesses: Number(row?.accesses_count ?? 0),
    rules: Number(row?.rules_count ?? 0),
  };
}

/** How many records of the model are the person's, and the newest of a moment of theirs. */
async function newest(asker: Asker, name: string, id: number, moment: string) {
  const model = declaredModels().find((one) => one.name === name);
  if (!model || !mayUse(asker, model, 'read')) return { many: 0, last: null };
  const domain = [['user_id', '=', id]];
  const many = await count(asker, model, domain);
  const order = `${moment} desc nulls last`;
  const [row] = many
    ? await searchRead(asker, model, { domain, order, fields: [moment], limit: 1 })
    : [];
  const last = row?.[moment];
  return { many, last: typeof last === 'string' ? `${last.replace(' ', 'T')}Z` : null };
}

async function readSecurity(asker: Asker, id: number): Promise<Security> {
  const sessions = await newest(asker, 'res.device', id, 'last_activity');
  const keys = await newest(asker, 'res.users.apikeys', id, 'last_used_at');
  return {
    sessions: sessions.many,
    lastSeen: sessions.last,
    keys: keys.many,
    keyUsed: keys.last,
  };
}

async function readPerson(asker: Asker, id: number) {
  const fields = ['name', 'state', 'image_128'];
  const [row] = await read(withArchived(asker), findModel('res.users'), [id], { fields });
  const name = String(row?.name ?? '');
  const picture = row?.image_128;
  return {
    state: row?.state as 'new' | 'active',
    portrait: {
      initials: initials(name),
      tint: initialsColour(name),
      picture: typeof picture === 'string' ? `data:image/webp;base64,${picture}` : null,
    },
  };
}

/** The form of a person, or of a new one for null. Throws what the form of any record throws. */
export async function readUser(
  outside: Caller,
  id: number | null,
  query: URLSearchParams,
): Promise<UserScreen> {
  const place = placeAt(outside, USERS);
  return asking(place.caller, async (asker) => {
    const form = await readForm(asker, place, id, query, TOLD_OTHERWISE);
    const groups = await offeredGroups(asker);
    const held = id === null ? await startingGroups(asker, groups) : await heldGroups(asker, id);
    const person =
      id === null
        ? { state: null, portrait: { initials: '', tint: 0, picture: null } }
        : await readPerson(asker, id);
    return {
      ...form,
      ...person,
      rights: rightsChoices(groups, held),
      counts: id === null ? null : await readCounts(asker, id),
      security: id === null ? null : await readSecurity(asker, id),
    };
  });
}

/**
 * Saves a person's form; answers their number, a new one for null. All or nothing. Throws what saving
 * any record throws, and the refusals of pictures.
 */
export async function saveUser(
  outside: Caller,
  id: number | null,
  posted: Posted,
): Promise<number> {
  return inTransaction(outside, async (inside) => {
    const { caller, model } = placeAt(inside, USERS);
    const asker = askerOf(caller);
    await prepare(asker);
    const groups = await offeredGroups(asker);
    const chosen = commandsFor(groups, await heldGroups(asker, id), posted.typed);
    const values = await changesOf(caller, editableFields(asker, model), posted);
    const boxes = (values.groups_id ?? []) as unknown[];
    if (chosen.length > 0) values.groups_id = [...chosen, ...boxes];
    const saved = id ?? ((await call(caller, model, 'create', [values])) as number);
    if (id !== null && Object.keys(values).length > 0)
      await call(caller, model, 'write', [[id], values]);
    const picture = await posted.file('picture');
    if (picture) await savePicture(askerOf(caller), saved, picture);
    return saved;
  });
}

async function savePicture(asker: Asker, id: number, bytes: Uint8Array): Promise<void> {
  await prepare(asker);
  const [row] = await read(withArchived(asker), findModel('res.users'), [id], {
    fields: ['partner_id'],
    plainIds: true,
  });
  // Whoever may change the person may change how they look; writing nothing asks just that.
  await call(asker, findModel('res.users'), 'check_access', [[id], 'write']);
  await savePictureOf(asker, Number(row!.partner_id), bytes);
}

/** Ends every session of the person; answers how many there were. Throws Refusal `access_model` … */
export async function signOutEverywhere(outside: Caller, id: number): Promise<number> {
  const { caller } = placeAt(outside, USERS);
  const model = findModel('res.device');
  const ids = await asking(caller, (asker) =>
    search(asker, model, { domain: [['user_id', '=', id]] }),
  );
  if (id === caller.person.id) throw new Refusal('sign_out_yourself', { status: 422 });
  if (ids.length > 0) await call(caller, model, 'revoke', [ids]);
  return ids.length;
}
