// What clients send for an account, parted by who stores it.
import { Refusal } from '../kernel/refusal.ts';
import type { Values } from '../models/change.ts';
import { readCommands, type Command } from '../models/commands.ts';
import type { Asker } from '../models/define.ts';
import { checkPartnerValues } from '../partners/partner.values.ts';
import { checkLogin } from '../preferences/checks.ts';
import { cleanSignature } from '../preferences/signature.ts';

/** Values of an account, checked and parted. */
export interface Parted {
  /** What the registry stores. */
  plain: Values;
  /** Commands on groups; null when groups are left alone. */
  groups: Command[] | null;
  /** A new password as it was typed. */
  password: string | null;
  /** Base64, or false for none; undefined leaves the picture alone. */
  picture: unknown;
}

/** The forms' own fields for groups: `in_group_7` and, one of several, `sel_groups_7_8_9`. */
const ONE_GROUP = /^in_group_(\d{1,9})$/;
const ONE_OF = /^sel_groups_(\d{1,9}(?:_\d{1,9})*)$/;

function formCommands(name: string, value: unknown): Command[] | null {
  const one = ONE_GROUP.exec(name);
  if (one) return [{ do: value ? 'link' : 'unlink', id: Number(one[1]) }];
  const several = ONE_OF.exec(name)?.[1]?.split('_').map(Number);
  if (!several) return null;
  const chosen = Number(value) || null;
  const others = several.filter((id) => id !== chosen);
  return [
    ...others.map((id): Command => ({ do: 'unlink', id })),
    ...(chosen ? [{ do: 'link', id: chosen } as Command] : []),
  ];
}

/** Throws Refusal `password_missing`: no account loses its password this way. */
function readPassword(value: unknown, field: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new Refusal('password_missing', { status: 422, field });
}

function passwordOf(values: Values): string | null {
  if ('password' in values) return readPassword(values.password, 'password');
  const { new_password: given } = values;
  const left = given === undefined || given === false || given === null || given === '';
  return left ? null : readPassword(given, 'new_password');
}

/**
 * Checks what came for an account. Throws Refusal `login_missing`, `text_too_long`, `email_invalid`,
 * `language_not_loaded`, `time_zone_unknown`, `signature_too_long`, `password_missing`, `arguments_wrong`.
 */
export async function partValues(asker: Asker, given: Values): Promise<Parted> {
  const plain: Values = {};
  let groups: Command[] | null = null;
  for (const [name, value] of Object.entries(given)) {
    const commands = name === 'groups_id' ? readCommands(value) : formCommands(name, value);
    if (commands) groups = [...(groups ?? []), ...commands];
    else if (!['password', 'new_password', 'image_1920'].includes(name)) plain[name] = value;
  }
  const checked = await checkPartnerValues(asker, plain);
  if (typeof checked.login === 'string') checked.login = checkLogin(checked.login);
  if (typeof checked.signature === 'string')
    checked.signature = await cleanSignature(checked.signature);
  if (checked.signature === false || checked.signature === null) checked.signature = '';
  return { plain: checked, groups, password: passwordOf(given), picture: given.image_1920 };
}
