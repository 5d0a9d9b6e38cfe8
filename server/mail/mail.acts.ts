// What administrators do with mails: write their own, send now, try again, cancel. What the house posts they
// send or stop, but its words and addressees stay.
import { Refusal } from '../kernel/refusal.ts';
import { baseOf } from '../kernel/installation.ts';
import { newToken } from '../kernel/secrets.ts';
import { insertRecords, updateRecords, type Values } from '../models/change.ts';
import type { Act, Asker, Handed } from '../models/define.ts';
import { checkRows, read } from '../models/read.ts';
import { mustUse } from '../models/rights.ts';
import { areAddresses, addressesIn } from './addresses.ts';
import { cleanBody, textOf } from './clean-body.ts';
import * as store from './mail.store.ts';
import { senderOf } from './sender.ts';

/** Fields that whoever writes a mail fills in. */
const OWN = new Set([
  'subject',
  'email_from',
  'email_to',
  'email_cc',
  'reply_to',
  'recipient_ids',
  'scheduled_date',
  'body_html',
  'auto_delete',
]);

/** Only these are somebody's to write; what delivery says of a mail is not. */
function ownOnly(values: Values): Values {
  for (const field of Object.keys(values))
    if (!OWN.has(field) && !['id', 'display_name'].includes(field))
      throw new Refusal('field_readonly', { status: 422, field, values: { field } });
  return values;
}

function checkAddresses(values: Values): void {
  for (const field of ['email_from', 'email_to', 'email_cc', 'reply_to']) {
    const value = values[field];
    if (typeof value === 'string' && value.trim() !== '' && !areAddresses(value))
      throw new Refusal('email_invalid', { status: 422, field });
  }
}

async function checked(values: Values): Promise<Values> {
  ownOnly(values);
  checkAddresses(values);
  if (typeof values.body_html !== 'string') return values;
  return { ...values, body_html: await cleanBody(values.body_html) };
}

async function insertOne(asker: Asker, { model }: Handed, values: Values): Promise<number> {
  const clean = await checked(values);
  const { name, address } = await senderOf(asker);
  const messageId = `<${newToken()}@${new URL(baseOf(asker.tenant)).hostname}>`;
  const [own] = addressesIn(clean.email_from as string);
  const [id] = await insertRecords(asker, model, [
    {
      ...clean,
      subject: clean.subject || '',
      body_html: clean.body_html || '',
      email_from: own ?? `"${name.replace(/["\\]/g, '')}" <${address}>`,
      author_id: asker.person.partnerId,
      message_id: messageId,
    },
  ]);
  await store.settle(asker, [id!], textOf(String(clean.body_html || '')));
  return id!;
}

async function create(handed: Handed): Promise<number[]> {
  const { asker, model, named } = handed;
  mustUse(asker, model, 'create');
  const ids: number[] = [];
  for (const values of named.vals_list as Values[])
    ids.push(await insertOne(asker, handed, values));
  return ids;
}

/** Throws Refusal `mail_is_ours` (409) for a mail of the house, `mail_is_gone` (409) for one that has gone. */
async function mustBeOpen(asker: Asker, ids: readonly number[]): Promise<void> {
  const rows = await store.facts(asker, ids);
  if (rows.some(({ kind }) => kind !== null)) throw new Refusal('mail_is_ours', { status: 409 });
  if (rows.some(({ state, taken }) => taken || state === 'sent' || state === 'received'))
    throw new Refusal('mail_is_gone', { status: 409 });
}

async function write({ asker, model, ids, named }: Handed): Promise<boolean> {
  mustUse(asker, model, 'write');
  await checkRows(asker, model, ids, 'write');
  const values = await checked(named.vals as Values);
  await mustBeOpen(asker, ids);
  await updateRecords(asker, model, ids, values);
  const body = typeof values.body_html === 'string' ? textOf(values.body_html) : undefined;
  await store.settle(asker, ids, body);
  return true;
}

/** A copy of a mail that somebody wrote; those of the house hold what is one person's. */
async function copy(handed: Handed): Promise<number[]> {
  const { asker, model, ids, named } = handed;
  mustUse(asker, model, 'create');
  await checkRows(asker, model, ids, 'read');
  const rows = await store.facts(asker, ids);
  if (rows.some(({ kind }) => kind !== null)) throw new Refusal('mail_is_ours', { status: 409 });
  const fields = [...OWN].filter((field) => field !== 'scheduled_date');
  const made: number[] = [];
  for (const { id: _id, ...values } of await read(asker, model, ids, { fields, plainIds: true }))
    made.push(await insertOne(asker, handed, { ...values, ...((named.default ?? {}) as Values) }));
  return made;
}

/** An act on mails whose rights are those of writing them. */
function deed(work: (asker: Asker, ids: number[]) => Promise<void>): Act {
  return {
    ids: true,
    run: async ({ asker, model, ids }) => {
      mustUse(asker, model, 'write');
      await checkRows(asker, model, ids, 'write');
      await work(asker, ids);
      return true;
    },
  };
}

/** Throws Refusal `mail_link_gone` (409): a mail that has failed or was cancelled forgot its link. */
async function again(asker: Asker, ids: number[]): Promise<void> {
  const rows = await store.facts(asker, ids);
  const ended = rows.filter(({ state }) => state === 'exception' || state === 'cancel');
  if (ended.some(({ linked }) => linked)) throw new Refusal('mail_link_gone', { status: 409 });
  await store.again(
    asker,
    ended.map(({ id }) => id),
  );
}

export const mailActs: Readonly<Record<string, Act>> = {
  create: { run: create },
  write: { ids: true, params: ['vals'], run: write },
  copy: { ids: true, params: ['default?'], run: copy },
  /** Now, whatever was planned; also what has failed or was cancelled. */
  send: deed(async (asker, ids) => {
    await again(asker, ids);
    await store.now(asker, ids);
  }),
  mark_outgoing: deed(again),
  cancel: deed(store.cancel),
};
