// The tenant's own settings: what an administrator of the co-operative decides.
import { Refusal } from '../kernel/refusal.ts';
import { loadedLanguages } from '../languages/load.ts';
import { HAND_POLICIES } from '../passwords/by-hand.ts';
import { canonicalTimeZone } from '../preferences/time-zones.ts';
import { inTransaction, mustBelongTo, SETTINGS, type Caller } from '../store/caller.ts';
import { oneLine } from '../preferences/checks.ts';
import * as store from './settings.store.ts';

/** What the form sends; numbers as typed. */
export interface SettingsWish {
  title: string;
  language: string;
  timeZone: string;
  colour: string;
  passwordMinLength: string;
  sessionIdleHours: string;
  sessionAbsoluteDays: string;
  resetHours: string;
  invitationDays: string;
  handPasswords: string;
}

/** The settings as the form shows them. Throws Refusal `not_allowed` (403). */
export async function readSettings(caller: Caller): Promise<SettingsWish> {
  const { tenant } = mustBelongTo(caller, SETTINGS);
  const { resetHours, invitationHours, handPasswords } = await store.readLinks(caller);
  return {
    title: tenant.title,
    language: tenant.language,
    timeZone: tenant.timeZone,
    colour: await store.readColour(caller),
    resetHours: String(resetHours),
    invitationDays: String(Math.round(invitationHours / 2.4) / 10),
    handPasswords,
    passwordMinLength: String(tenant.passwordMinLength),
    sessionIdleHours: String(Math.round(tenant.sessionIdleMinutes / 6) / 10),
    sessionAbsoluteDays: String(Math.round(tenant.sessionAbsoluteMinutes / 144) / 10),
  };
}

/** A number between two bounds, comma or dot. Throws Refusal `number_between`. */
function between(text: string, least: number, most: number, field: string): number {
  const value = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !(value >= least && value <= most))
    throw new Refusal('number_between', { field, values: { least, most } });
  return value;
}

/** The same for a whole number. */
function whole(text: string, least: number, most: number, field: string): number {
  const value = between(text, least, most, field);
  if (Number.isInteger(value)) return value;
  throw new Refusal('number_between', { field, values: { least, most } });
}

/** How long links live, and what passwords by hand are good for. Throws Refusal `number_between`, `choice_invalid`. */
function readLinks({ resetHours, invitationDays, handPasswords }: SettingsWish) {
  const policy = HAND_POLICIES.find((one) => one === handPasswords);
  if (!policy) throw new Refusal('choice_invalid', { status: 422, field: 'handPasswords' });
  return {
    reset_hours: whole(resetHours, 1, 168, 'resetHours'),
    invitation_hours: Math.round(between(invitationDays, 0.1, 90, 'invitationDays') * 24),
    hand_passwords: policy,
  };
}

/**
 * Saves the settings. Throws Refusal `not_allowed` (403), `title_missing`, `text_too_long`,
 * `language_not_loaded`, `time_zone_unknown`, `colour_invalid`, `number_between`, `choice_invalid`.
 */
export async function saveSettings(caller: Caller, wish: SettingsWish): Promise<void> {
  mustBelongTo(caller, SETTINGS);
  const title = oneLine(wish.title);
  if (title === '') throw new Refusal('title_missing', { field: 'title' });
  if (title.length > 200)
    throw new Refusal('text_too_long', { field: 'title', values: { most: 200 } });
  const timeZone = canonicalTimeZone(wish.timeZone);
  if (timeZone === undefined) throw new Refusal('time_zone_unknown', { field: 'timeZone' });
  const colour = wish.colour.toLowerCase();
  if (!/^#[0-9a-f]{6}$/.test(colour)) throw new Refusal('colour_invalid', { field: 'colour' });
  const passwordMinLength = whole(wish.passwordMinLength, 8, 64, 'passwordMinLength');
  const idle = between(wish.sessionIdleHours, 0.1, 8_760, 'sessionIdleHours');
  const absolute = between(wish.sessionAbsoluteDays, 0.1, 365, 'sessionAbsoluteDays');
  const links = readLinks(wish);
  await inTransaction(caller, async (inside) => {
    if (!(await loadedLanguages(inside)).includes(wish.language))
      throw new Refusal('language_not_loaded', {
        field: 'language',
        values: { code: wish.language },
      });
    await store.write(inside, {
      title,
      language: wish.language,
      time_zone: timeZone,
      password_min_length: passwordMinLength,
      session_idle_minutes: Math.round(idle * 60),
      session_absolute_minutes: Math.round(absolute * 1_440),
      ...links,
    });
    await store.writeCompany(inside, { name: title, colour });
  });
}
