// The words of a mail as they are written: plain text in paragraphs, lines that start with "- " as a
// list, `{name}` where a value goes. Read once, filled for each reader; a value is never read again.
import { markup, type Html } from './html.ts';

/** What a placeholder is filled with; with `href` it can be followed. */
export interface Value {
  text: string;
  href?: string;
}

/** Values by the name of their placeholder. */
export type Values = Readonly<Record<string, Value>>;

/** Words as a person writes them. */
export interface Words {
  subject: string;
  body: string;
}

/** What stands as it is, in both forms, or the place of a value. */
type Piece = { text: string; shown: Html } | { name: string };
type Line = readonly Piece[];

/** A part of the body. `link` is the place of the button. */
export type Block = { kind: 'paragraph' | 'list'; lines: readonly Line[] } | { kind: 'link' };

/** Words that have been read. */
export interface Template {
  subject: Line;
  blocks: readonly Block[];
}

const address = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/;

/** A link in running text. */
export function anchor(text: string, href: string): Html {
  return markup`<a class="link" href="${href}">${text}</a>`;
}

/** Addresses that were written out in the words can be followed. */
function literal(text: string): Html[] {
  return text.split(address).map((part, i) => (i % 2 === 1 ? anchor(part, part) : markup`${part}`));
}

const placeholder = /\{([^{}]+)\}/;

function readLine(text: string): Line {
  // Splitting by a group leaves the names at the odd places.
  return text
    .split(placeholder)
    .map((part, i) =>
      i % 2 === 1 ? { name: part.trim() } : { text: part, shown: markup`${literal(part)}` },
    )
    .filter((piece) => !('text' in piece) || piece.text !== '');
}

const isItem = (line: string) => line.startsWith('- ');

/** A chunk without blank lines: what stands before, in and behind lists, and the link on its own line. */
function readChunk(chunk: string): Block[] {
  const blocks: { kind: 'paragraph' | 'list' | 'link'; lines: Line[] }[] = [];
  for (const line of chunk.split('\n').map((one) => one.trim())) {
    const kind = line === '{link}' ? 'link' : isItem(line) ? 'list' : 'paragraph';
    if (blocks.at(-1)?.kind !== kind) blocks.push({ kind, lines: [] });
    blocks.at(-1)!.lines.push(readLine(kind === 'list' ? line.slice(2).trim() : line));
  }
  return blocks.map(({ kind, lines }) => (kind === 'link' ? { kind } : { kind, lines }));
}

/** Reads words. Whatever stands in braces is a placeholder. */
export function readWords({ subject, body }: Words): Template {
  const chunks = body.trim().split(/\n(?:[ \t]*\n)+/);
  return { subject: readLine(subject), blocks: chunks.flatMap(readChunk) };
}

/** The names of the placeholders in these lines, as often as they occur. */
export function namesIn(lines: readonly Line[]): string[] {
  return lines.flat().flatMap((piece) => ('name' in piece ? [piece.name] : []));
}

/** The lines of a block; the link's place has none. */
export function linesOf(block: Block): readonly Line[] {
  return block.kind === 'link' ? [] : block.lines;
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

function valueOf(name: string, values: Values): Value {
  const value = values[name];
  if (!value) throw new Error(`no value for {${name}}`);
  return value;
}

/** The line as plain text. What is written from the right is kept from turning what stands around it. */
export function lineAsText(line: Line, values: Values): string {
  const shown = (text: string) => (rightToLeft.test(text) ? `\u2068${text}\u2069` : text);
  return line
    .map((piece) => ('name' in piece ? shown(valueOf(piece.name, values).text) : piece.text))
    .join('');
}

/** The line as HTML. */
export function lineAsHtml(line: Line, values: Values): Html {
  const parts = line.map((piece) => {
    if (!('name' in piece)) return piece.shown;
    const { text, href } = valueOf(piece.name, values);
    if (href !== undefined) return anchor(text, href);
    return rightToLeft.test(text) ? markup`<bdi>${text}</bdi>` : markup`${text}`;
  });
  return markup`${parts}`;
}

const WIDTH = 76;

/** A line broken at spaces, so that plain readers show it whole; addresses are never broken. */
export function wrap(text: string, indent = ''): string {
  if (indent.length + text.length <= WIDTH) return text;
  let wrapped = '';
  // Counts the space before a word too.
  const whole = WIDTH - indent.length + 1;
  let room = whole;
  for (const word of text.split(' ')) {
    const fits = word.length < room || wrapped === '';
    if (wrapped !== '') wrapped += fits ? ' ' : `\n${indent}`;
    room = (fits ? room : whole) - word.length - 1;
    wrapped += word;
  }
  return wrapped;
}

/** The block as text; `link` is what stands in the link's place. */
export function blockAsText(block: Block, values: Values, link: string): string {
  if (block.kind === 'link') return link;
  const lines = block.lines.map((line) => lineAsText(line, values));
  if (block.kind === 'paragraph') return lines.map((line) => wrap(line)).join('\n');
  return lines.map((line) => `- ${wrap(line, '  ')}`).join('\n');
}

/** The block as HTML; `link` is what stands in the link's place. */
export function blockAsHtml(block: Block, values: Values, link: Html): Html {
  if (block.kind === 'link') return link;
  const lines = block.lines.map((line) => lineAsHtml(line, values));
  if (block.kind === 'list')
    return markup`<ul>
      ${lines.map((line) => markup`<li>${line}</li>`)}
    </ul>`;
  return markup`<p>${lines.map((line, i) => (i === 0 ? line : markup`<br />${line}`))}</p>`;
}
