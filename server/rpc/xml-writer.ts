// Writes answers and faults of XML-RPC the way Python's own marshaller and Odoo's additions do.
import { WireError } from './wire-error.ts';

/** What XML 1.0 cannot hold; Odoo drops it too. */
// eslint-disable-next-line no-control-regex -- they are what is dropped
const UNPRINTABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

function text(value: string): string {
  return value
    .toWellFormed()
    .replace(UNPRINTABLE, '')
    .replace(/[&<>\r]/g, (character) =>
      character === '&'
        ? '&amp;'
        : character === '<'
          ? '&lt;'
          : character === '>'
            ? '&gt;'
            : '&#13;',
    );
}

function number(value: number): string {
  if (!Number.isInteger(value)) {
    if (!Number.isFinite(value))
      return `<value><double>${value > 0 ? 'inf' : value < 0 ? '-inf' : 'nan'}</double></value>\n`;
    return `<value><double>${value}</double></value>\n`;
  }
  if (value > 2_147_483_647 || value < -2_147_483_648)
    throw new WireError('builtins.OverflowError', 'int exceeds XML-RPC limits');
  return `<value><int>${value}</int></value>\n`;
}

function struct(value: object): string {
  const members = Object.entries(value).map(
    ([name, member]) => `<member>\n<name>${text(name)}</name>\n${write(member)}</member>\n`,
  );
  return `<value><struct>\n${members.join('')}</struct></value>\n`;
}

/** Throws WireError for what XML-RPC cannot hold: None, and numbers beyond 32 bits. */
function write(value: unknown): string {
  if (typeof value === 'string') return `<value><string>${text(value)}</string></value>\n`;
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return `<value><boolean>${value ? 1 : 0}</boolean></value>\n`;
  if (Array.isArray(value))
    return `<value><array><data>\n${value.map(write).join('')}</data></array></value>\n`;
  if (typeof value === 'object' && value !== null) return struct(value);
  throw new WireError('builtins.TypeError', 'cannot marshal None unless allow_none is enabled');
}

const OPENING = "<?xml version='1.0'?>\n<methodResponse>\n";

/** An answer. Throws WireError when it cannot be marshalled. */
export function writeAnswer(value: unknown): string {
  return `${OPENING}<params>\n<param>\n${write(value)}</param>\n</params>\n</methodResponse>\n`;
}

/** A fault: its code a number in version 2 of the endpoints, a text in the first. */
export function writeFault(faultCode: number | string, faultString: string): string {
  return `${OPENING}<fault>\n${struct({ faultCode, faultString })}</fault>\n</methodResponse>\n`;
}
