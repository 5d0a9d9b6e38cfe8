// What clients send for a person or an organisation, checked as the pages check it.
import { Refusal } from '../kernel/refusal.ts';
import type { Values } from '../models/change.ts';
import { checkEmail, checkLanguage, checkTimeZone, oneLine } from '../preferences/checks.ts';
import { removePictureOf, savePictureOf } from '../preferences/picture.ts';
import { cleanPage } from '../site/clean.ts';
import type { Caller } from '../store/caller.ts';

/**
 * The values with address, language, time zone, names and notes as they are stored. What is no text
 * is left for the registry to refuse. Throws Refusal `email_invalid`, `language_not_loaded`, `time_zone_unknown`.
 */
export async function checkPartnerValues(caller: Caller, values: Values): Promise<Values> {
  const checks: Record<string, (text: string) => string | Promise<string>> = {
    name: oneLine,
    firstname: oneLine,
    lastname: oneLine,
    email: (text) => checkEmail(text, 'email'),
    lang: (code) => (code === '' ? '' : checkLanguage(caller, code, 'lang')),
    tz: (name) => (name === '' ? '' : checkTimeZone(name, 'tz')),
    comment: cleanPage,
  };
  const { company_type: type, ...checked } = values;
  // Another word for `is_company`.
  if (type !== undefined && checked.is_company === undefined)
    checked.is_company = type === 'company';
  for (const [name, check] of Object.entries(checks)) {
    const value = checked[name];
    if (typeof value === 'string') checked[name] = await check(value);
  }
  return checked;
}

/**
 * Stores the picture that came as base64 for these partners, or takes theirs away for `false`.
 * Throws Refusal `value_invalid` (422), `picture_too_large` (413), `picture_dimensions`, `picture_unreadable`.
 */
export async function keepPicture(
  caller: Caller,
  partnerIds: readonly number[],
  value: unknown,
): Promise<void> {
  if (value === false || value === null || value === '') {
    for (const id of partnerIds) await removePictureOf(caller, id);
    return;
  }
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/=\s]*$/.test(value))
    throw new Refusal('value_invalid', {
      ...{ status: 422, field: 'image_1920' },
      values: { model: 'res.partner', field: 'image_1920', value: '' },
    });
  const bytes = Buffer.from(value, 'base64');
  for (const id of partnerIds) await savePictureOf(caller, id, bytes);
}
