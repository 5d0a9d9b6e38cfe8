// A model inside a statement: its alias, its delegate's, and its fields as SQL.
import { sql, type RawBuilder } from 'kysely';
import type { Asker, Model, ModelField } from './define.ts';
import { findModel, targetOf } from './registry.ts';
import { inLanguageOf } from './translated.ts';

/** A piece of SQL. */
export type Sql = RawBuilder<unknown>;

/** A model as it stands in one statement. */
export interface Frame {
  asker: Asker;
  model: Model;
  alias: string;
  /** The row of the delegate, joined. */
  delegate: Frame | null;
  /** Shared by all frames of a statement, so that no alias comes twice. */
  counter: { last: number };
}

/** A frame for the model in the same statement as `beside`, or in a new one. */
export function frameOf(asker: Asker, model: Model, beside?: Frame): Frame {
  const counter = beside?.counter ?? { last: 0 };
  const alias = `t${++counter.last}`;
  const delegate = model.delegates
    ? frameOf(asker, findModel(model.delegates.to), { counter } as Frame)
    : null;
  return { asker, model, alias, delegate, counter };
}

/** A column of the frame's own row. */
export function column(frame: Frame, name: string): Sql {
  return sql.ref(`${frame.alias}.${name}`);
}

/** `from …`, joined with the delegate. */
export function from(frame: Frame): Sql {
  const { model, asker, alias, delegate } = frame;
  const rows = model.source ? model.source(asker) : sql.table(model.table!);
  const own = sql`from ${rows} as ${sql.ref(alias)}`;
  if (!delegate) return own;
  const link = model.all.get(model.delegates!.field)!;
  return sql`${own} join ${sql.table(delegate.model.table!)} as ${sql.ref(delegate.alias)}
    on ${column(delegate, 'tenant')} = ${column(frame, 'tenant')}
    and ${column(delegate, 'id')} = ${column(frame, link.column ?? link.name)}`;
}

/** Whether rows of the model carry the tenant. */
export function isTenants(model: Model): boolean {
  return model.table !== undefined && !model.shared;
}

/** The frame's rows are the asker's tenant's: said beside row-level security, so that indexes serve. */
export function ofTenant(frame: Frame): Sql {
  return isTenants(frame.model)
    ? sql`${column(frame, 'tenant')} = ${frame.asker.tenant.id}`
    : sql`true`;
}

/** The frame whose row holds the field: the delegate's for a delegated one. */
export function homeOf(frame: Frame, field: ModelField): Frame {
  return field.delegated ? frame.delegate! : frame;
}

/** The value of a column field as SQL, in the type of its column; translated ones in the asker's language. */
export function valueOf(frame: Frame, field: ModelField): Sql {
  const home = homeOf(frame, field);
  if (field.sql)
    return sql`(${field.sql({ column: (name) => column(home, name), asker: frame.asker })})`;
  const stored = column(home, field.column ?? field.name);
  if (!('translated' in field) || !field.translated) return stored;
  return inLanguageOf(frame.asker, stored);
}

/** The name records of the model go by. */
export function nameOf(frame: Frame): Sql {
  return valueOf(frame, frame.model.all.get('display_name')!);
}

/** The link of an x2many field: the other side's rows that belong to the frame's row. */
export function linked(frame: Frame, field: ModelField, other: Frame): Sql {
  const home = homeOf(frame, field);
  const id = column(home, 'id');
  if (field.kind === 'one2many') {
    const back = other.model.all.get(field.by)!;
    return sql`${valueOf(other, back)} = ${id}`;
  }
  if (field.kind !== 'many2many') throw new Error(`${field.name} is no list`);
  if (field.ids)
    return sql`${column(other, 'id')} in ${field.ids({
      column: (name) => column(home, name),
      asker: frame.asker,
    })}`;
  const { table, own, other: far } = field.pairs!;
  return sql`${column(other, 'id')} in (select ${sql.ref(far)} from ${sql.table(table)}
    where tenant = ${frame.asker.tenant.id} and ${sql.ref(own)} = ${id})`;
}

/** The other end of a relational field in the same statement, and what ties it to the frame's row. */
export function across(frame: Frame, field: ModelField): { other: Frame; tie: Sql } {
  const other = frameOf(frame.asker, targetOf(field), frame);
  const tie =
    field.kind === 'many2one'
      ? sql`${column(other, 'id')} = ${valueOf(frame, field)}`
      : linked(frame, field, other);
  return { other, tie: sql`${ofTenant(other)} and ${tie}` };
}

export const isText = (field: ModelField) =>
  field.kind === 'char' || field.kind === 'text' || field.kind === 'html';

/** What to sort by, first to last: text as a reader's eye sorts it, a record by its model's own order. */
export function sortKeys(
  frame: Frame,
  field: ModelField,
  depth = 0,
): { key: Sql; turns: boolean }[] {
  if (field.kind !== 'many2one') {
    const value = valueOf(frame, field);
    return [{ key: isText(field) ? sql`${value} collate "und-x-icu"` : value, turns: false }];
  }
  const { other, tie } = across(frame, field);
  if (depth >= 2) return [{ key: valueOf(frame, field), turns: false }];
  return orderTerms(other.model).flatMap(({ field: name, descending }) => {
    const inner = other.model.all.get(name)!;
    return sortKeys(other, inner, depth + 1).map(({ key, turns }) => ({
      key: sql`(select ${key} ${from(other)} where ${tie})`,
      turns: turns !== descending,
    }));
  });
}

/** The model's own order, read. */
export function orderTerms({ order = 'id' }: Model): { field: string; descending: boolean }[] {
  return order.split(',').map((part) => {
    const [field = '', direction] = part.trim().split(/\s+/);
    return { field, descending: direction === 'desc' };
  });
}

/** A many2one as clients read it: number and name; the name of an unreadable record is shown too. */
export function pair(frame: Frame, field: ModelField): Sql {
  const { other, tie } = across(frame, field);
  return sql`(select jsonb_build_array(${column(other, 'id')}, coalesce(${nameOf(other)}, ''))
    ${from(other)} where ${tie})`;
}
