// The live address of a mail's link stands in the mail that leaves, and nowhere else: what is stored
// shows it blotted out.
import { escape } from './html.ts';

/** What stands for the token in a stored body. */
export const BLOTTED = '••••••••';

/** A link's address as a stored body shows it; an address without a token stays as it is. */
export function blotted(live: string): string {
  const token = new URL(live).searchParams.get('token');
  return token ? live.replace(token, BLOTTED) : live;
}

/**
 * A stored body with the live address in the places that composing made: a line of its own in the text, a
 * whole `href` and its words in the HTML. Nowhere else, so that no wording leads it to another site.
 */
export function withLive<B extends { html: string; text: string }>(body: B, live: string): B {
  const shown = blotted(live);
  const [dead, quick] = [escape(shown), escape(live)];
  return {
    ...body,
    html: body.html
      .replaceAll(`href="${dead}"`, () => `href="${quick}"`)
      .replaceAll(`>${dead}</a>`, () => `>${quick}</a>`),
    text: body.text
      .split('\n')
      .map((line) => (line === shown ? live : line))
      .join('\n'),
  };
}
