// The filters of a list, and the domain that they and the address come down to.
import type { ListFilter, Model, ModelField } from '../models/define.ts';
import { findField, targetOf } from '../models/registry.ts';
import type { Wish } from './wish.ts';

const archived: ListFilter = { name: 'archived', domain: [['active', '=', false]] };

/** The model's own filters; what can be archived can be looked for. */
export function filtersOf(model: Model): readonly ListFilter[] {
  const active = model.all.get('active');
  const own = model.filters ?? [];
  return active && !active.sql && !active.delegated ? [...own, archived] : own;
}

/** The field a path ends in. Throws Refusal `field_unknown` (422). */
export function lastField(model: Model, path: string): ModelField {
  const [first = '', ...rest] = path.split('.');
  const field = findField(model, first);
  return rest.length === 0 ? field : lastField(targetOf(field), rest.join('.'));
}

/** Filters that are on: those of one kind by or, the kinds by and. */
function chosenDomain(model: Model, names: readonly string[]): unknown[] {
  const kinds = new Map<string, ListFilter[]>();
  for (const filter of filtersOf(model))
    if (names.includes(filter.name)) {
      const kind = filter.among ?? filter.name;
      kinds.set(kind, [...(kinds.get(kind) ?? []), filter]);
    }
  return [...kinds.values()].flatMap((filters) => [
    ...Array<string>(filters.length - 1).fill('|'),
    ...filters.flatMap(({ domain }) => domain),
  ]);
}

/** The domain of a wish; the words searched for stand apart. */
export function domainOf(model: Model, { filters, where }: Pick<Wish, 'filters' | 'where'>) {
  return [...chosenDomain(model, filters), ...where.map(({ path, id }) => [path, 'in', [id]])];
}
