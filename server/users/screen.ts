// The form of a user: the generic one with the rights as choices, counts and signed-in devices.
import { Refusal } from '../kernel/refusal.ts';
import { withArchived } from '../models/asker.ts';
import type { Asker } from '../models/define.ts';
import { count, read, search, searchRead } from '../models/read.ts';
import { declaredModels, findModel } from '../models/registry.ts';
import { asking, mayUse } from '../models/rights.ts';
import { initials, initialsColour } from '../preferences/initials.ts';
import { readForm, type FormScreen } from '../records/form.ts';
import { placeAt } from '../records/places.ts';
import { call } from '../records/save.ts';
import { aboveOf } from '../access/limits.ts';
import { TECHNICAL } from '../access/names.ts';
import type { Caller } from '../store/caller.ts';
import { readHistory, type History } from './history.ts';
import { heldGroups, offeredGroups, startingGroups } from './offered-groups.ts';
import { rightsChoices, type RightsChoices } from './rights-choices.ts';

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
  /** Null where the reader may not see links. */
  history: History | null;
}

/** A user's form, ready to be drawn. */
export interface UserScreen extends FormScreen {
  portrait: { initials: string; tint: number; picture: string | null };
  state: 'new' | 'active' | null;
  counts: Counts | null;
  rights: RightsChoices;
  /** Whether the reader may send links, print letters and give a password. */
  helpable: boolean;
  /** The reader's own account. */
  oneself: boolean;
  /** Null for a new person, and where the reader may not know. */
  security: Security | null;
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
    history: await readHistory(asker, id),
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

/** Whether the asker may do more for the person than read. */
async function isHelpable(asker: Asker, { id, archived, may }: FormScreen): Promise<boolean> {
  if (id === null || archived || !may.write) return false;
  return (await aboveOf(asker, [id])).length === 0;
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
      helpable: await isHelpable(asker, form),
      oneself: id === asker.person.id,
      counts: id === null ? null : await readCounts(asker, id),
      security: id === null ? null : await readSecurity(asker, id),
    };
  });
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
