// The page of a mail: the form's fields, how far it has come, why it did not get further, and its body.
import { Refusal } from '../kernel/refusal.ts';
import { wordsFor } from '../kernel/words.ts';
import { asking } from '../models/rights.ts';
import { readForm, type FormScreen } from '../records/form.ts';
import { placeAt } from '../records/places.ts';
import { call } from '../records/save.ts';
import { checkRows } from '../models/read.ts';
import { mustBelongTo, SETTINGS, type Caller } from '../store/caller.ts';
import * as store from './mail.store.ts';
import { mailLeaves } from './ready.ts';

/** Where mails are listed. */
export const EMAILS = '/settings/technical/emails';

/** What can be done to mails with one button. */
export type MailDeed = 'send' | 'mark_outgoing' | 'cancel';

/** What is told of a mail beside its fields; null for a new one. */
interface MailFacts {
  state: 'outgoing' | 'sent' | 'received' | 'exception' | 'cancel';
  author: string | null;
  createdAt: Date;
  /** What went wrong and what to do about it, with the server's own words. */
  failure: { explanation: string; reason: string } | null;
  /** When the next try is due, for one that waits. */
  nextTry: Date | null;
  attachments: { id: number; name: string; size: number }[];
  /** Whether its fields may still be changed. */
  open: boolean;
  deeds: MailDeed[];
}

/** A mail's page, ready to be drawn. */
export interface MailScreen extends FormScreen {
  mail: MailFacts | null;
}

type Found = NonNullable<Awaited<ReturnType<typeof store.page>>>;

function deedsOf({ state, linked }: Found): MailDeed[] {
  if (state === 'outgoing') return ['send', 'cancel'];
  return (state === 'exception' || state === 'cancel') && !linked ? ['mark_outgoing'] : [];
}

function factsOf(language: string, found: Found): MailFacts {
  const { state, step, reason, kind, attempts, dueAt } = found;
  const explanation = step === null ? null : wordsFor(language).tell(`mail-failure.${step}`);
  const waits = state === 'outgoing' && (attempts > 0 || step !== null || dueAt > new Date());
  return {
    state,
    author: found.author,
    createdAt: found.createdAt,
    failure: explanation === null ? null : { explanation, reason: reason ?? '' },
    nextTry: waits ? dueAt : null,
    attachments: found.attachments,
    open: kind === null && state !== 'sent' && state !== 'received',
    deeds: deedsOf(found),
  };
}

/** The page of a mail, or of a new one for null. Throws what the form of any record throws. */
export async function readMail(
  outside: Caller,
  id: number | null,
  query: URLSearchParams,
): Promise<MailScreen> {
  const place = placeAt(outside, EMAILS);
  const form = await asking(place.caller, (asker) => readForm(asker, place, id, query));
  const found = id === null ? undefined : await store.page(place.caller, id);
  const mail = found ? factsOf(place.caller.language, found) : null;
  if (mail === null || mail.open) return { ...form, mail };
  const closed = ({ fields, ...part }: FormScreen['parts'][number]) => ({
    ...part,
    fields: fields.map((field) => ({ ...field, editable: false, choices: null })),
  });
  return { ...form, parts: form.parts.map(closed), mail };
}

/** Sends, tries again or cancels. Throws what those acts throw. */
export async function dealWith(outside: Caller, deed: MailDeed, ids: number[]): Promise<void> {
  const { caller, model } = placeAt(outside, EMAILS);
  await call(caller, model, deed, [ids]);
}

/** Whether to say that mail does not leave this database. Throws Refusal `not_allowed` (403). */
export async function mailStays(outside: Caller): Promise<boolean> {
  return !(await mailLeaves(mustBelongTo(outside, SETTINGS)));
}

/** What the frame of a body may do: nothing but look right. */
export const BODY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

/** The body of a mail as a page of its own; its link is blotted out for everybody. Throws Refusal `page_unknown`. */
export async function readBody(outside: Caller, id: number): Promise<string> {
  const { caller, model } = placeAt(outside, EMAILS);
  await asking(caller, (asker) => checkRows(asker, model, [id], 'read'));
  const found = await store.page(caller, id);
  if (!found) throw new Refusal('page_unknown', { status: 404 });
  return /<html[\s>]/i.test(found.html)
    ? found.html
    : `<!doctype html><meta charset="utf-8"><body style="font-family:sans-serif">${found.html}`;
}
