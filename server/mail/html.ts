// HTML into which values are put as text: whatever they hold, they are shown, never obeyed.

/** Markup that may be put into other markup as it stands. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = string | number | Html | readonly Html[];

const special = /[&<>"']/;

/** A text as HTML shows it, in content and in quoted attributes. */
export function escape(text: string): string {
  if (!special.test(text)) return text;
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function markupOf(part: Part): string {
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(({ markup }) => markup).join('');
  return escape(String(part));
}

/**
 * Template tag: texts and numbers are escaped, what this tag made is not. (Under the name `html` it would be
 * re-formed.)
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0]!;
  for (let i = 0; i < parts.length; i += 1) text += markupOf(parts[i]!) + strings[i + 1]!;
  return new Html(text);
}
