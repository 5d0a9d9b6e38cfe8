// Odoo's search domains: from what a client sends to a tree. Prefix operators, adjacent terms joined by and.
import { Refusal } from '../kernel/refusal.ts';

/** Comparisons a term may use. */
// prettier-ignore
export const OPERATORS = new Set([
  '=', '!=', '<>', '<', '<=', '>', '>=', '=?', 'like', 'ilike', 'not like', 'not ilike', '=like',
  '=ilike', 'in', 'not in', 'child_of', 'parent_of', 'any', 'not any',
]);

/** One comparison: a path of field names, an operator, a value. */
export interface Term {
  path: string;
  operator: string;
  value: unknown;
}

/** A domain as a tree. */
export type Tree =
  { all: Tree[] } | { some: Tree[] } | { not: Tree } | { term: Term } | { always: boolean };

/** Most terms and operators of one domain: more is somebody playing. */
const MOST = 2_000;

function invalid(detail: unknown): Refusal {
  const shown = JSON.stringify(detail)?.slice(0, 200) ?? 'undefined';
  return new Refusal('domain_invalid', { status: 422, values: { domain: shown } });
}

function readTerm(token: unknown): Tree {
  if (!Array.isArray(token) || token.length !== 3) throw invalid(token);
  const [path, operator, value] = token as [unknown, unknown, unknown];
  if (typeof operator !== 'string' || !OPERATORS.has(operator)) throw invalid(token);
  if (path === 1 || path === 0) {
    if (operator !== '=' || value !== 1) throw invalid(token);
    return { always: path === 1 };
  }
  if (typeof path !== 'string' || path === '' || path.length > 200) throw invalid(token);
  return { term: { path, operator: operator === '<>' ? '!=' : operator, value } };
}

/**
 * Reads a domain: a list of terms and of `&`, `|` (two operands) and `!` (one), written before their
 * operands. Throws Refusal `domain_invalid` (422).
 */
export function readDomain(domain: unknown): Tree {
  if (domain === null || domain === undefined || domain === false) return { all: [] };
  if (!Array.isArray(domain) || domain.length > MOST) throw invalid(domain);
  const stack: Tree[] = [];
  const take = () => {
    const operand = stack.pop();
    if (!operand) throw invalid(domain);
    return operand;
  };
  for (let i = domain.length - 1; i >= 0; i--) {
    const token: unknown = domain[i];
    if (token === '!') stack.push({ not: take() });
    else if (token === '&') stack.push({ all: [take(), take()] });
    else if (token === '|') stack.push({ some: [take(), take()] });
    else stack.push(readTerm(token));
  }
  return { all: stack.reverse() };
}

/** Whether a top-level term asks for `active` itself, which ends the implicit filter. */
export function asksActive(tree: Tree): boolean {
  if ('term' in tree) return tree.term.path === 'active';
  if ('all' in tree) return tree.all.some(asksActive);
  if ('some' in tree) return tree.some.some(asksActive);
  return 'not' in tree && asksActive(tree.not);
}
