// Every kind of mail the house sends. Its words are `mail.<kind>.subject`, `.body`, where it holds a link
// `.button`, and where there is something to do if it was somebody else `.not-me`. A co-operative may put
// its own words in place of subject and body.

interface Kind {
  /** What its words are filled with, beside what every kind may use (`COMMON`). */
  variables: readonly string[];
  /** Whether it holds a one-time link, which its body shows as `{link}`. */
  link: boolean;
  /** Whether it ends with what to do if it was somebody else. */
  notMe: boolean;
}

/**
 * Variables of every kind. `sign_in`, `reset` and `account` are the addresses of the pages to sign in, to
 * ask for a new password and to look after one's keys; `contact` is how to reach the co-operative.
 */
export const COMMON = [
  'name',
  'login',
  'cooperative',
  'database',
  'site',
  'sign_in',
  'reset',
  'account',
  'contact',
] as const;

/**
 * The kinds. Posting fills the common variables, `link`, `life` (how long the link lives) and `inviter`
 * (who asks, unless given); whoever posts gives the others: a text in the reader's language, or a Date,
 * which is written in the reader's language and time zone.
 */
export const kinds = {
  /** Somebody asked for a new password. */
  password_reset: { variables: ['life', 'link'], link: true, notMe: true },
  /** The first password of somebody who works here. */
  invitation: { variables: ['inviter', 'life', 'link'], link: true, notMe: true },
  /** The same for people from outside. */
  portal_access: { variables: ['life', 'link'], link: true, notMe: true },
  /** By the person, or through a link. */
  password_changed: { variables: ['when'], link: false, notMe: true },
  /** Set by hand by an administrator, `by`. */
  password_given: { variables: ['by', 'when'], link: false, notMe: true },
  /** To the old address; its link undoes it. */
  email_changed: { variables: ['from', 'to', 'life', 'link'], link: true, notMe: true },
  /** To the new address, which counts once confirmed. */
  email_confirm: { variables: ['to', 'life', 'link'], link: true, notMe: true },
  /** `device`: browser and system in words; `address`: the internet address. */
  new_device: { variables: ['device', 'address', 'when'], link: false, notMe: true },
  /** `key`: what its owner calls it. */
  api_key_created: { variables: ['key', 'when'], link: false, notMe: true },
  /** `ends`: the day it stops working. */
  api_key_expiring: { variables: ['key', 'ends'], link: false, notMe: false },
  /** From the test button of a mail server. */
  test: { variables: ['when'], link: false, notMe: false },
} as const satisfies Record<string, Kind>;

/** The name of a kind of mail. */
export type MailKind = keyof typeof kinds;

/** The name of something that words are filled with. */
export type Variable = (typeof COMMON)[number] | (typeof kinds)[MailKind]['variables'][number];
