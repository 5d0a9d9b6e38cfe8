// The scalars of XML-RPC, from text to plain data.
import { WireError } from './wire-error.ts';

function bad(what: string, text: string): WireError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new WireError('builtins.ValueError', `could not read ${what}: '${shown}'`);
}

function whole(text: string): number {
  const trimmed = text.trim();
  const value = Number(trimmed);
  if (!/^[+-]?\d{1,20}$/.test(trimmed) || !Number.isSafeInteger(value)) throw bad('int', text);
  return value;
}

function float(text: string): number {
  const value = Number(text.trim() || 'nothing');
  if (!Number.isFinite(value)) throw bad('double', text);
  return value;
}

function truth(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed !== '0' && trimmed !== '1') throw bad('boolean', text);
  return trimmed === '1';
}

/** `20260301T12:30:00`, with or without dashes, as Odoo writes moments: `2026-03-01 12:30:00`. */
function moment(text: string): string {
  const parts = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?Z?$/.exec(text.trim());
  if (!parts) throw bad('dateTime.iso8601', text);
  const [, year, month, day, ...time] = parts;
  return `${year}-${month}-${day} ${time.join(':')}`;
}

function base64(text: string): string {
  const packed = text.replace(/[\t\n\r ]+/g, '');
  // In steps, so that a long text needs no long regular expression.
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) throw bad('base64', text);
  return packed;
}

function nothing(text: string): null {
  if (text.trim() !== '') throw bad('nil', text);
  return null;
}

/** Readers by element name. */
export const scalars: ReadonlyMap<string, (text: string) => unknown> = new Map<
  string,
  (text: string) => unknown
>([
  ['int', whole],
  ['i1', whole],
  ['i2', whole],
  ['i4', whole],
  ['i8', whole],
  ['biginteger', whole],
  ['double', float],
  ['float', float],
  ['boolean', truth],
  ['string', (text) => text],
  ['dateTime.iso8601', moment],
  ['base64', base64],
  ['nil', nothing],
]);
