// How to reach a co-operative, as its mails say it.
import type { Value } from './wording.ts';

/** What is stored of it. */
export interface Contact {
  email: string | null;
  phone: string | null;
  website: string | null;
}

/** A value on one line, with nothing that steers a mail header or the direction of writing. */
export function clean(text: string): string {
  const steering = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
  return text.replace(steering, ' ').trim();
}

/** A web address as people type it, made one that can be followed; undefined for anything else. */
function webAddress(typed: string): string | undefined {
  const whole = /^https?:\/\//i.test(typed) ? typed : `https://${typed}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  return url?.hostname.includes('.') && !url.username ? url.href : undefined;
}

/** The ways to reach the co-operative, the quickest first. */
export function waysTo({ email, phone, website }: Contact): Value[] {
  const href = website ? webAddress(website) : undefined;
  return [
    ...(email ? [{ text: clean(email), href: `mailto:${clean(email)}` }] : []),
    ...(phone ? [{ text: clean(phone), href: `tel:${phone.replace(/[^+\d]/g, '')}` }] : []),
    ...(website ? [{ text: clean(website), ...(href && { href }) }] : []),
  ];
}
