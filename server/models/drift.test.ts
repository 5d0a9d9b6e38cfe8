// What is declared against what is migrated: neither makes the other, so something must compare them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { models } from '#server/catalogue.ts';
import { openWorld, type World } from '#tests/world.ts';
import type { ModelField } from './define.ts';
import { declaredModels } from './registry.ts';

let world: World;
let columns: Map<string, { type: string; nullable: boolean }>;

before(async () => {
  world = await openWorld();
  const { rows } = await sql<{ table: string; column: string; type: string; nullable: boolean }>`
    select table_name as table, column_name as column, data_type as type,
      is_nullable = 'YES' as nullable
    from information_schema.columns where table_schema = 'public'`.execute(
    world.store.installation,
  );
  columns = new Map(rows.map((row) => [`${row.table}.${row.column}`, row]));
});
after(() => world.close());

/** Types of columns that a kind of field may be kept in. */
const fitting: Partial<Record<ModelField['kind'], readonly string[]>> = {
  boolean: ['boolean'],
  integer: ['integer'],
  float: ['double precision', 'integer'],
  date: ['date'],
  datetime: ['timestamp with time zone'],
  char: ['text'],
  text: ['text'],
  html: ['text'],
  selection: ['text'],
  binary: ['bytea'],
  many2one: ['integer'],
};

function typesOf(field: ModelField): readonly string[] {
  return 'translated' in field && field.translated ? ['jsonb'] : (fitting[field.kind] ?? []);
}

const own = () =>
  declaredModels().flatMap((model) =>
    [...model.all.values()]
      .filter(({ delegated }) => !delegated)
      .map((field) => ({ model, field, where: `${model.name}.${field.name}` })),
  );

test('every model is declared once, and fields lead to models that exist', () => {
  const names = new Set(models.map(({ name }) => name));
  assert.equal(names.size, models.length);
  assert.equal(new Set(declaredModels().map(({ id }) => id)).size, models.length);
  const lost = own().filter(({ field }) => 'to' in field && !names.has(field.to));
  assert.deepEqual(
    lost.map(({ where }) => where),
    [],
  );
});

test('every stored field has a column of a fitting type', () => {
  const offences = own()
    .filter(({ model, field }) => model.table && field.stored)
    .flatMap(({ model, field, where }) => {
      const column = columns.get(`${model.table}.${field.column ?? field.name}`);
      if (!column) return [`${where} has no column`];
      return typesOf(field).includes(column.type) ? [] : [`${where} in a ${column.type}`];
    });
  assert.deepEqual(offences, []);
});

test('columns for searching and tables of pairs are there', () => {
  const wanted = own().flatMap(({ model, field }) => [
    ...('folded' in field && field.folded ? [`${model.table}.${field.folded}`] : []),
    ...(field.kind === 'many2many' && field.pairs
      ? [field.pairs.own, field.pairs.other, 'tenant'].map(
          (name) => `${field.pairs!.table}.${name}`,
        )
      : []),
    ...(model.searchedColumn ? [`${model.table}.${model.searchedColumn}`] : []),
  ]);
  assert.deepEqual(
    wanted.filter((name) => !columns.has(name)),
    [],
  );
});

test('one2many fields are pointed back at by the field they name', () => {
  const offences = own().flatMap(({ model, field, where }) => {
    if (field.kind !== 'one2many') return [];
    const back = declaredModels()
      .find(({ name }) => name === field.to)
      ?.all.get(field.by);
    return back?.kind === 'many2one' && back.to === model.name ? [] : [where];
  });
  assert.deepEqual(offences, []);
});

test('labels, searches, orders, lists and forms name fields that exist', () => {
  const offences = declaredModels().flatMap((model) => {
    const named = [
      model.label,
      ...(model.searched ?? []),
      ...(model.order ?? 'id').split(',').map((part) => part.trim().split(' ')[0]!),
      ...(model.list ?? []),
      ...(model.form ?? []).flatMap(({ fields }) => fields),
    ];
    return named.filter((name) => !model.all.has(name)).map((name) => `${model.name}.${name}`);
  });
  assert.deepEqual(offences, []);
});

test('every model has rights: without them nobody would see it', () => {
  for (const { name, rights } of models) assert.ok(Object.keys(rights).length > 0, name);
});
