// Saving a user's form: rights, fields and picture in one transaction, and the invitation of a new person.
import { askerOf, withArchived } from '../models/asker.ts';
import type { Asker } from '../models/define.ts';
import { read } from '../models/read.ts';
import { findModel } from '../models/registry.ts';
import { prepare } from '../models/rights.ts';
import { looksLikeEmail } from '../preferences/checks.ts';
import { savePictureOf } from '../preferences/picture.ts';
import { placeAt } from '../records/places.ts';
import { call, changesOf, editableFields, type Posted } from '../records/save.ts';
import { inTransaction, type Caller } from '../store/caller.ts';
import { send } from './invite.ts';
import { heldGroups, offeredGroups } from './offered-groups.ts';
import { commandsFor } from './rights-choices.ts';

type Typed = Record<string, unknown>;

/** What the form changes, by field. */
async function valuesOf(asker: Asker, id: number | null, posted: Posted): Promise<Typed> {
  const groups = await offeredGroups(asker);
  const chosen = commandsFor(groups, await heldGroups(asker, id), posted.typed);
  const values = await changesOf(asker, editableFields(asker, findModel('res.users')), posted);
  const boxes = (values.groups_id ?? []) as unknown[];
  return chosen.length > 0 ? { ...values, groups_id: [...chosen, ...boxes] } : values;
}

/** Makes the person. Who signs in with an address and gives no other is written to at that one. */
async function make(asker: Asker, values: Typed): Promise<number> {
  const { login, email } = values;
  const given = typeof login === 'string' && !email && looksLikeEmail(login.trim());
  const list = [given ? { ...values, email: login } : values];
  const silent = { no_reset_password: true };
  return (await call(asker, findModel('res.users'), 'create', list, silent)) as number;
}

/**
 * Saves a person's form; answers their number, a new one for null, and whether they are sent an invitation.
 * All or nothing. Throws what saving any record throws, and the refusals of pictures.
 */
export async function saveUser(
  outside: Caller,
  id: number | null,
  posted: Posted,
): Promise<{ id: number; invited: boolean }> {
  return inTransaction(outside, async (inside) => {
    const { caller, model } = placeAt(inside, '/settings/users');
    const asker = askerOf(caller);
    await prepare(asker);
    const values = await valuesOf(asker, id, posted);
    const saved = id ?? (await make(asker, values));
    if (id !== null && Object.keys(values).length > 0)
      await call(caller, model, 'write', [[id], values]);
    const picture = await posted.file('picture');
    if (picture) await savePicture(asker, saved, picture);
    const invites = id === null && posted.typed.invite === 'on';
    const sent = invites ? await send(asker, [saved]) : null;
    return { id: saved, invited: sent !== null && sent.batch !== null };
  });
}

async function savePicture(asker: Asker, id: number, bytes: Uint8Array): Promise<void> {
  const [row] = await read(withArchived(asker), findModel('res.users'), [id], {
    fields: ['partner_id'],
    plainIds: true,
  });
  // Whoever may change the person may change how they look; writing nothing asks just that.
  await call(asker, findModel('res.users'), 'check_access', [[id], 'write']);
  await savePictureOf(asker, Number(row!.partner_id), bytes);
}
