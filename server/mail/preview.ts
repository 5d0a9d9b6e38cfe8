// A mail as a page of its own, for the frame of a preview.
import { localeTag } from '#locales/words.ts';
import type { Composed } from './compose.ts';
import { markup, type Html } from './html.ts';

const STYLE = markup`<style>:root{color-scheme:light dark}body{margin:1rem;font:16px/1.5 system-ui,sans-serif}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:15px/1.5 ui-monospace,monospace}</style>`;

function page(lang: string, title: string, body: Html): string {
  return markup`<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>${STYLE}</head><body>${body}</body></html>`
    .markup;
}

/** The mail with its layout, the subject above it as programmes for mail show it. */
export function mailPage({ subject, html }: Composed): string {
  const bar = markup`<p style="margin:0;padding:12px 16px;background:#12161b;color:#e8ecf1;font:bold 16px/1.4 system-ui,sans-serif">${subject}</p>`;
  return html.replace(/<body[^>]*>/, (body) => body + bar.markup);
}

/** The mail as those see it who read plain text. */
export function textPage({ subject, text }: Composed, language: string): string {
  return page(
    localeTag(language),
    subject,
    markup`<p><strong>${subject}</strong></p><pre>${text}</pre>`,
  );
}

/** A sentence in place of a mail that cannot be drawn. */
export function messagePage(sentence: string, language: string): string {
  return page(localeTag(language), sentence, markup`<p role="alert">${sentence}</p>`);
}
