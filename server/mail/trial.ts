// Trying words out before anybody gets them: a look at the mail, and one sent to oneself.
import { baseOf } from '../kernel/installation.ts';
import { Refusal } from '../kernel/refusal.ts';
import { wordsFor } from '../kernel/words.ts';
import { mustBelongTo, SETTINGS, type Caller, type Member } from '../store/caller.ts';
import { compose, type Composed, type Ingredients } from './compose.ts';
import { kinds } from './kinds.ts';
import { readLetterhead } from './letterhead.ts';
import { BLOTTED } from './live.ts';
import { logoPart, showsLogo, withLogoFrom } from './logo-part.ts';
import { postComposed } from './post.ts';
import { readersOf, type Reader } from './readers.ts';
import { mailLeaves } from './ready.ts';
import { readWords, type Words } from './wording.ts';
import { checkWords, type Place } from './wordings.ts';

const DAY = 86_400_000;

/** What the words are filled with while nothing has happened. */
function samples({ person, now }: Member, language: string): Ingredients['values'] {
  return {
    ...{ when: now(), ends: new Date(now().getTime() + 7 * DAY), by: person.name },
    ...{ from: 'old@example.org', to: 'new@example.org' },
    ...{ device: 'Firefox, Windows', address: '203.0.113.7' },
    key: wordsFor(language).t('mail.sample-key'),
  };
}

/** A link that leads nowhere: no token was ever made for it. */
function deadLink({ tenant, now }: Caller): Ingredients['link'] {
  const shown = `${baseOf(tenant)}/web/signup?db=${tenant.name}&token=${BLOTTED}`;
  return { shown, expiresAt: new Date(now().getTime() + DAY) };
}

interface Tried {
  mail: Composed;
  reader: Reader;
}

async function tryOut(caller: Caller, { kind, language }: Place, typed: Words): Promise<Tried> {
  const me = mustBelongTo(caller, SETTINGS);
  const words = readWords(checkWords(kind, typed));
  const [[self], head] = await Promise.all([
    readersOf(caller, [me.person.id]),
    readLetterhead(caller, [kind]),
  ]);
  if (!self) throw new Refusal('sign_in_first', { status: 401 });
  const reader = { ...self, language };
  const link = kinds[kind].link ? deadLink(caller) : undefined;
  const values = samples(me, language);
  return { mail: compose(caller, head, { kind, reader, values, link, words }), reader };
}

/**
 * The mail as it would be with these words, the logo drawn into it.
 * Throws Refusal `not_allowed` (403) and what `checkWords` throws.
 */
export async function previewWords(caller: Caller, place: Place, typed: Words): Promise<Composed> {
  const { mail } = await tryOut(caller, place, typed);
  if (!showsLogo(mail.html)) return mail;
  const logo = await logoPart(caller);
  const drawn = `data:${logo?.contentType};base64,${logo?.content.toString('base64')}`;
  return { ...mail, html: withLogoFrom(mail.html, logo ? drawn : '') };
}

/**
 * Posts the mail with these words to the caller's own address, marked as a trial. Answers the address, and
 * whether mail leaves this database at all.
 * Throws Refusal `not_allowed` (403), `trial_address_missing` and what `checkWords` throws.
 */
export async function sendTrial(
  caller: Caller,
  place: Place,
  typed: Words,
): Promise<{ to: string; leaves: boolean }> {
  const { mail, reader } = await tryOut(caller, place, typed);
  if (reader.email === '') throw new Refusal('trial_address_missing');
  const { t } = wordsFor(place.language);
  const subject = t('mail.trial', { subject: mail.subject });
  await postComposed(caller, { kind: place.kind, reader }, { ...mail, subject });
  return { to: reader.email, leaves: await mailLeaves(caller) };
}
