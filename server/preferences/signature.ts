// The e-mail signature: rich text from the person, cleaned to a short list of elements; and its plain
// form for a page without scripts.
import { Refusal } from '../kernel/refusal.ts';
import type { IFrame, IOptions, Tag } from 'sanitize-html';

/** Most characters of a signature, once cleaned. */
const LONGEST = 10_000;
/** Most characters that are cleaned at all: deep nesting costs more than its length. */
const LONGEST_UNCLEANED = 5 * LONGEST;

/** Elements we drop that stood on a line, or in a cell, of their own. */
const LINE_END =
  /<\/(?:address|article|blockquote|center|d[dlt]|div|footer|h[1-6]|pre|section|table|tr)\s*>/gi;
const CELL_END = /<\/t[dh]\s*>/gi;

/** Keeps the address of a link that is whole; a path would lead nowhere in a mail. */
function readLink(tagName: string, { href = '' }: Record<string, string>): Tag {
  const address = href.replace(/[\t\n\r]+/g, '').trim();
  if (!URL.canParse(address)) return { tagName, attribs: {} };
  return { tagName, attribs: { href: address, rel: 'noopener nofollow' } };
}

/** Of a link without an address only the text stays. */
function leadsNowhere({ tag, attribs }: IFrame): 'excludeTag' | false {
  return tag === 'a' && !attribs.href ? 'excludeTag' : false;
}

const allowed: IOptions = {
  allowedTags: ['p', 'br', 'strong', 'em', 'u', 'a', 'ul', 'ol', 'li'],
  allowedAttributes: { a: ['href', 'rel'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  transformTags: { b: 'strong', i: 'em', a: readLink },
  exclusiveFilter: leadsNowhere,
};

/** Whether nothing would be seen of it: no text outside elements. */
function isBlank(html: string): boolean {
  return /^(?:<[^<>]*>|[\s\u200b-\u200d\u2060])*$/.test(html);
}

/** Takes away the breaks where a paragraph or a list ends anyway, and around the whole. */
function tidy(html: string): string {
  let text = html
    .replace(/(<\/(?:p|ul|ol)>)\s*(?:<br \/>\s*)+/g, '$1')
    .replace(/^(?:\s|<br \/>)+/, '')
    .trimEnd();
  while (text.endsWith('<br />')) text = text.slice(0, -'<br />'.length).trimEnd();
  return text;
}

/**
 * The signature with nothing but paragraphs, line breaks, bold, italic, underlined, lists, and links
 * to http, https and mailto addresses (ASVS 1.3.1); '' when nothing would be seen of it. Cleaning
 * what is clean changes nothing. Throws Refusal `signature_too_long` (`most` characters).
 */
export async function cleanSignature(html: string): Promise<string> {
  if (html.length > LONGEST_UNCLEANED) refuseLength();
  const { default: sanitize } = await import('sanitize-html');
  const read = (dirty: string) => {
    const marked = dirty.replaceAll('\0', '').replace(LINE_END, '$&<br>').replace(CELL_END, '$& ');
    return tidy(sanitize(marked, allowed));
  };
  let clean = read(html);
  // Odd nesting is put right by the second reading.
  for (let round = 1, again = read(clean); again !== clean; round += 1, again = read(clean))
    // What never settles was made to confuse: its text is enough.
    clean = round < 5 ? again : textToSignature(signatureToText(again));
  if (isBlank(clean)) return '';
  if (clean.length > LONGEST) refuseLength();
  return clean;
}

function refuseLength(): never {
  throw new Refusal('signature_too_long', { field: 'signature', values: { most: LONGEST } });
}

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot);/g, (entity) => ENTITIES[entity]!);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** An address as people write it, to tell whether a link's text says it already. */
function spoken(address: string): string {
  const plain = address
    .replace(/<[^<>]*>/g, '')
    .trim()
    .toLowerCase();
  return plain.replace(/^(?:mailto:|https?:\/\/)/, '').replace(/\/$/, '');
}

/** A link as its text, with the address behind it in angle brackets unless the text says it. */
function linkAsText(_whole: string, href: string, label: string): string {
  if (spoken(href) === spoken(label)) return label;
  return `${label} &lt;${href.replace(/^mailto:/, '')}&gt;`;
}

/** A cleaned signature as plain text: paragraphs as lines, items with a dash, links with their address. */
export function signatureToText(html: string): string {
  const text = html
    .replace(/[\t\n\r ]+/g, ' ')
    .replace(/<a href="([^"]*)"[^<>]*>(.*?)<\/a>/g, linkAsText)
    .replace(/<li>\s*(?:<p>)?/g, '\n- ')
    .replace(/(?:<\/p>)?\s*<\/li>|<\/?[uo]l>/g, '\n')
    .replace(/<br \/>|<\/p>/g, '\n')
    .replace(/<[^<>]*>/g, '');
  return plainLines(decode(text)).replace(/\n+(?=- )/g, '\n');
}

/** One kind of line end; within a line one space, as HTML shows it; at most one empty line. */
function plainLines(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/[\t ]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/**
 * Plain text as a signature: an empty line parts paragraphs, a line break stays one, nothing
 * becomes a link.
 */
export function textToSignature(text: string): string {
  const plain = plainLines(text);
  if (plain === '') return '';
  return plain
    .split('\n\n')
    .map((lines) => `<p>${escape(lines).replaceAll('\n', '<br />')}</p>`)
    .join('');
}
