// The HTML of a mail that somebody wrote, reduced to what a mail needs: nothing in it runs.
import type { IOptions } from 'sanitize-html';
import { Refusal } from '../kernel/refusal.ts';

const LONGEST = 500_000;

const options: IOptions = {
  allowedTags: [
    ...['h1', 'h2', 'h3', 'h4', 'p', 'div', 'span', 'br', 'hr', 'strong', 'b', 'em', 'i', 'u', 's'],
    ...['a', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'small', 'sub', 'sup', 'img'],
    ...['table', 'thead', 'tbody', 'tr', 'td', 'th'],
  ],
  allowedAttributes: {
    a: ['href', 'title'],
    img: ['src', 'alt', 'width', 'height'],
    td: ['colspan', 'rowspan', 'align'],
    th: ['colspan', 'rowspan', 'align'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
};

/** The body, safe to show and to send. Throws Refusal `text_too_long`. */
export async function cleanBody(html: string): Promise<string> {
  if (html.length > LONGEST)
    throw new Refusal('text_too_long', {
      ...{ status: 422, field: 'body_html' },
      values: { most: LONGEST },
    });
  const { default: sanitize } = await import('sanitize-html');
  return sanitize(html.replaceAll('\0', ''), options);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** The body as plain text, for readers that show no HTML. */
export function textOf(html: string): string {
  return html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<li\b[^>]*>/gi, '- ')
    .replace(/<\/(?:p|div|h\d|li|tr|blockquote|pre)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (_all, name: string) => ENTITIES[name]!)
    .replace(/&#(\d{1,7});/g, (_all, code: string) => String.fromCodePoint(Number(code) % 0x110000))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
