// The e-mail signature: rich text from the person, cleaned to a short list of elements; and its plain
// form for a page without scripts.
import { Refusal } from '../kernel/refusal.ts';
import type { IOptions } from 'sanitize-html';

const LONGEST = 10_000;

const allowed: IOptions = {
  allowedTags: ['p', 'br', 'strong', 'b', 'em', 'i', 'u', 'a', 'ul', 'ol', 'li'],
  allowedAttributes: { a: ['href', 'rel'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  transformTags: {
    b: 'strong',
    i: 'em',
    div: 'p',
    a: (_name, { href }) => ({
      tagName: 'a',
      attribs: { ...(href ? { href } : {}), rel: 'noopener nofollow' },
    }),
  },
};

/** Whether nothing would be seen of it: no text outside elements. */
function isBlank(html: string): boolean {
  return html.replace(/<[^>]*>|&nbsp;|\u00a0/g, '').trim() === '';
}

/**
 * The signature with nothing but the allowed elements; '' when nothing would be seen of it.
 * Throws Refusal `signature_too_long`.
 */
export async function cleanSignature(html: string): Promise<string> {
  if (html.length > 10 * LONGEST) refuseLength();
  const { default: sanitize } = await import('sanitize-html');
  let clean = sanitize(html, allowed).trim();
  // Odd nesting is put right by the second reading; cleaning what is clean changes nothing.
  for (let round = 0; round < 4; round++) {
    const again = sanitize(clean, allowed).trim();
    if (again === clean) break;
    clean = again;
  }
  if (clean.length > LONGEST) refuseLength();
  return isBlank(clean) ? '' : clean;
}

function refuseLength(): never {
  throw new Refusal('signature_too_long', { field: 'signature', values: { most: LONGEST } });
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': ' ',
};

function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|nbsp);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** A cleaned signature as plain text: paragraphs as lines, items with a dash, links with their address. */
export function signatureToText(html: string): string {
  const text = html
    .replace(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs, (_all, href: string, label: string) =>
      label === href || `mailto:${label}` === href ? label : `${label} &lt;${href}&gt;`,
    )
    .replace(/<li>/g, '- ')
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<\/(p|li|ul|ol)>/g, '\n')
    .replace(/<[^>]*>/g, '');
  return decode(text)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Plain text as a signature: an empty line parts paragraphs, a line break stays one. */
export function textToSignature(text: string): string {
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n{2,}/);
  if (paragraphs.length === 1 && paragraphs[0] === '') return '';
  return paragraphs.map((lines) => `<p>${escape(lines).replaceAll('\n', '<br />')}</p>`).join('');
}
