// A call that only reads, made in one round trip for somebody who called before: the question who they
// are now travels in front of its first statement. Only when the answer is the very same as last time is
// the result told; in all other cases it is as if nothing had been tried.
import { askAboutKey, noteCall, type Door } from '../api-keys/recognise.ts';
import { execute, onlyReads, type Call } from '../models/execute.ts';
import { Ahead } from '../store/ahead.ts';
import type { Member } from '../store/caller.ts';
import { recall, stillHolds, type Asked } from '../store/reminders.ts';
import { memberFor, type Visit } from './visit.ts';

/** The result and who asked, who must be `userId` if that is given; undefined when the call must be made the ordinary way. */
export async function readAhead(
  visit: Visit,
  asked: Asked | undefined,
  call: Call,
  userId?: number,
): Promise<{ result: unknown; member: Member } | undefined> {
  const reminder = asked && recall(asked.name, new Date());
  if (!reminder || !onlyReads(call)) return undefined;
  const { speaker } = reminder;
  if (userId !== undefined && userId !== speaker.person.id) return undefined;
  const question = asked.question(speaker.tenant.id);
  const ahead = new Ahead(question, (answer) => stillHolds(reminder, answer));
  const member = memberFor(visit, speaker);
  try {
    const db = visit.app.store.ahead(speaker.tenant.id, ahead);
    const result = await execute({ ...member, db }, call);
    if (!ahead.holds) return undefined;
    visit.caller = member;
    return { result, member };
  } catch {
    // Whatever it was, the ordinary way says it properly.
    return undefined;
  }
}

/** The same for the bearer of a key, whose call is counted; undefined for a text that is no key. */
export async function readWithKey(
  visit: Visit,
  key: string,
  door: Door,
  call: Call,
  userId?: number,
) {
  const { store, secret } = visit.app;
  const from = { address: visit.address, now: new Date() };
  const asked = askAboutKey((id) => store.tenant(id), secret, key, door, from);
  const read = await readAhead(visit, asked, call, userId);
  if (read) noteCall(read.member, read.member.person, { ...call, protocol: visit.protocol });
  return read;
}
