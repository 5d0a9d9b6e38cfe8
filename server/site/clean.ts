// The HTML of a co-operative's own pages, reduced to what a simple page needs. Cleaned each time it
// is shown, so that a body is safe however it came into the table (ASVS 1.3.1).
import sanitizeHtml from 'sanitize-html';

/** Only an address of our own site or with one of these schemes is a link. */
const SCHEMES = ['http', 'https', 'mailto', 'tel'];

const options: sanitizeHtml.IOptions = {
  allowedTags: ['h2', 'h3', 'p', 'ul', 'ol', 'li', 'a', 'strong', 'em', 'br'],
  allowedAttributes: { a: ['href', 'rel'] },
  allowedSchemes: SCHEMES,
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  transformTags: {
    // The page has its own h1; a bold or slanting of older editors stays one.
    h1: 'h2',
    b: 'strong',
    i: 'em',
    a: (tagName, { href = '' }) => {
      const away: sanitizeHtml.Attributes = /^https?:/i.test(href) ? { rel: 'noopener' } : {};
      return { tagName, attribs: { href, ...away } };
    },
  },
};

/** A stored page body, in: HTML from anywhere; out: HTML of a few plain elements, safe to show. */
export function cleanPage(html: string): string {
  return sanitizeHtml(html, options);
}
