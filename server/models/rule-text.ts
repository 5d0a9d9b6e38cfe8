// Record rules are written as Odoo writes them: Python's list notation with a few names. This reads
// that text and nothing more; it is never run (decision: a small evaluator, no `eval`).
import { Refusal } from '../kernel/refusal.ts';

/** What a rule's text says, read but not yet valued. */
export type Expression =
  | { constant: string | number | boolean | null }
  | { list: Expression[] }
  | { name: string; path: string[] }
  | { sum: [Expression, Expression] }
  | { call: string; path: string[]; argument: string };

const NAMES = new Set(['user', 'company_id', 'company_ids', 'time']);
const WORDS: Record<string, boolean | null> = { True: true, False: false, None: null };
const DEEPEST = 40;
const LONGEST = 10_000;

const TOKEN =
  /\s*(?:(#[^\n]*\n?)|('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|(-?\d+(?:\.\d+)?)|([A-Za-z_]\w*)|([[\](),.+]))/y;

interface Token {
  kind: 'text' | 'number' | 'name' | 'sign';
  value: string;
}

function invalid(text: string): Refusal {
  return new Refusal('rule_invalid', { values: { rule: text.slice(0, 300) } });
}

function unquote(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(/\\(.)/g, (_all, char: string) => ({ n: '\n', t: '\t' })[char] ?? char);
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (!match) throw invalid(text);
    const [, comment, quoted, number, name, sign] = match;
    if (comment !== undefined) continue;
    if (quoted !== undefined) found.push({ kind: 'text', value: unquote(quoted) });
    else if (number !== undefined) found.push({ kind: 'number', value: number });
    else if (name !== undefined) found.push({ kind: 'name', value: name });
    else found.push({ kind: 'sign', value: sign! });
  }
  return found;
}

class Reader {
  readonly #text: string;
  readonly #tokens: Token[];
  #at = 0;

  constructor(text: string) {
    if (text.length > LONGEST) throw invalid(text);
    this.#text = text;
    this.#tokens = tokens(text);
  }

  #next(): Token {
    const token = this.#tokens[this.#at++];
    if (!token) throw invalid(this.#text);
    return token;
  }

  #skip(sign: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sign' || token.value !== sign) return false;
    this.#at++;
    return true;
  }

  whole(): Expression {
    const read = this.#sum(0);
    if (this.#at < this.#tokens.length) throw invalid(this.#text);
    return read;
  }

  #sum(depth: number): Expression {
    let left = this.#one(depth);
    while (this.#skip('+')) left = { sum: [left, this.#one(depth)] };
    return left;
  }

  #one(depth: number): Expression {
    if (depth > DEEPEST) throw invalid(this.#text);
    const { kind, value } = this.#next();
    if (kind === 'text') return { constant: value };
    if (kind === 'number') return { constant: Number(value) };
    if (kind === 'name') return this.#named(value);
    if (value === '[') return { list: this.#items(']', depth) };
    if (value === '(') return this.#bracketed(depth);
    throw invalid(this.#text);
  }

  /** A tuple, or an expression in brackets. */
  #bracketed(depth: number): Expression {
    if (this.#skip(')')) return { list: [] };
    const first = this.#sum(depth + 1);
    if (this.#skip(')')) return first;
    if (!this.#skip(',')) throw invalid(this.#text);
    return { list: [first, ...this.#items(')', depth)] };
  }

  #items(end: string, depth: number): Expression[] {
    const items: Expression[] = [];
    while (!this.#skip(end)) {
      items.push(this.#sum(depth + 1));
      if (this.#skip(end)) break;
      if (!this.#skip(',')) throw invalid(this.#text);
    }
    return items;
  }

  #named(name: string): Expression {
    if (Object.hasOwn(WORDS, name)) return { constant: WORDS[name]! };
    if (!NAMES.has(name)) throw invalid(this.#text);
    const path: string[] = [];
    while (this.#skip('.')) {
      const { kind, value } = this.#next();
      if (kind !== 'name') throw invalid(this.#text);
      path.push(value);
    }
    if (!this.#skip('(')) return { name, path };
    const argument = this.#next();
    if (argument.kind !== 'text' || !this.#skip(')')) throw invalid(this.#text);
    return { call: name, path, argument: argument.value };
  }
}

/** Reads the text of a rule's domain. Throws Refusal `rule_invalid`. */
export function readRule(text: string): Expression {
  return new Reader(text).whole();
}
