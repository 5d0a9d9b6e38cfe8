// The verbs that change: create, write, unlink. Rights are asked before and after, so that nobody
// writes a row out of their own reach, nor into it.
import { sql } from 'kysely';
import { asSystem, inOne } from './asker.ts';
import { readCommands, type Command } from './commands.ts';
import { allowedRows, isRuled } from './condition.ts';
import { contextDefaults, ownDefaults } from './defaults.ts';
import type { Asker, Model, ModelField } from './define.ts';
import { Refusal } from '../kernel/refusal.ts';
import { column, frameOf, from, isTenants, ofTenant, type Sql } from './frame.ts';
import { checkRows } from './read.ts';
import { findField, findModel, isStanding, targetOf } from './registry.ts';
import { mustSeeField, mustUse } from './rights.ts';
import { settled, stored } from './values.ts';

/** Values by field, as clients send them. */
export type Values = Record<string, unknown>;

/** Values parted by where they go. */
interface Parted {
  columns: [ModelField, unknown][];
  delegated: Values;
  lists: [ModelField, Command[]][];
}

/** Throws Refusal `field_unknown`, `access_field`, `field_readonly`. */
function part(asker: Asker, model: Model, values: Values): Parted {
  const parted: Parted = { columns: [], delegated: {}, lists: [] };
  for (const [name, value] of Object.entries(values)) {
    if (isStanding(name)) continue;
    const field = findField(model, name);
    mustSeeField(asker, model, field, 'write');
    if (field.delegated) parted.delegated[name] = value;
    else if (field.acted || field.secret)
      throw new Refusal('field_readonly', { status: 422, field: name, values: { field: name } });
    else if (field.kind === 'one2many' || (field.kind === 'many2many' && field.pairs))
      parted.lists.push([field, readCommands(value)]);
    // What is computed is not stored: Odoo passes over it, and so do we.
    else if (field.stored) parted.columns.push([field, value]);
  }
  return parted;
}

function mustBeTable(model: Model): string {
  if (!isTenants(model))
    throw new Refusal('access_model', {
      status: 403,
      values: { model: model.name, operation: 'write', groups: '–' },
    });
  return model.table!;
}

async function assignments(
  asker: Asker,
  model: Model,
  columns: [ModelField, unknown][],
  isNew: boolean,
) {
  return Promise.all(
    columns.map(async ([field, value]) => {
      const name = field.column ?? field.name;
      const before = isNew ? null : sql.ref(`${model.table!}.${name}`);
      return [name, await stored(asker, model, field, value, before)] as [string, Sql];
    }),
  );
}

function audit(asker: Asker, model: Model, isNew: boolean): [string, Sql][] {
  if (!model.all.get('write_date')) return [];
  const { id } = asker.person;
  const now = asker.now();
  const changed: [string, Sql][] = [
    ['updated_at', sql`${now}`],
    ['updated_by', sql`${id}`],
  ];
  return isNew ? [...changed, ['created_at', sql`${now}`], ['created_by', sql`${id}`]] : changed;
}

/** Throws Refusal `value_required` (422) for a field that must be set and is not. */
function mustBeWhole(model: Model, columns: [ModelField, unknown][], isNew: boolean): void {
  const given = new Map(columns.map(([field, value]) => [field.name, value]));
  const unset = (value: unknown) =>
    value === undefined || value === null || value === false || value === '';
  for (const field of model.all.values()) {
    if (!field.required || !field.stored || field.delegated || field.kind === 'boolean') continue;
    if (!given.has(field.name) && (!isNew || field.madeFrom?.some((name) => given.get(name))))
      continue;
    if (
      field.name === model.delegates?.field ||
      (!given.has(field.name) && field.default !== undefined)
    )
      continue;
    const value = given.get(field.name);
    if (unset(value) || (typeof value === 'string' && value.trim() === ''))
      throw new Refusal('value_required', {
        status: 422,
        field: field.name,
        values: { model: model.name, field: field.name },
      });
  }
}

// ── Create ──────────────────────────────────────────────────────────────────────────────────────

/**
 * What a record stores in its delegate. Columns are the delegate's by full powers: one is part of the
 * other. Lists lead to other records, so they are changed as the asker and nobody more.
 */
function partDelegated(asker: Asker, model: Model, values: Values) {
  const delegate = findModel(model.delegates!.to);
  const powerful = asSystem(asker, `the ${delegate.name} of a ${model.name}`);
  const isList = (name: string) => findField(delegate, name).kind.endsWith('2many');
  const own = Object.entries(values).filter(([name]) => !isList(name));
  const { lists } = part(
    asker,
    delegate,
    Object.fromEntries(Object.entries(values).filter(([name]) => isList(name))),
  );
  return { delegate, powerful, own: Object.fromEntries(own), lists };
}

async function insertDelegate(asker: Asker, model: Model, parted: Parted): Promise<void> {
  const { field: name } = model.delegates!;
  const link = model.all.get(name)!;
  const given = parted.columns.find(([field]) => field.name === name)?.[1];
  const { delegate, powerful, own, lists } = partDelegated(asker, model, parted.delegated);
  if (given) {
    if (Object.keys(own).length > 0)
      await updateRecords(powerful, delegate, [given as number], own);
    return applyLists(asker, delegate, [given as number], lists);
  }
  const [id] = await insertRecords(powerful, delegate, [own]);
  await applyLists(asker, delegate, [id!], lists);
  parted.columns = [...parted.columns.filter(([field]) => field.name !== name), [link, id]];
}

async function insertOne(asker: Asker, model: Model, values: Values): Promise<number> {
  const table = mustBeTable(model);
  const whole = { ...(await ownDefaults(asker, model)), ...values };
  const parted = part(asker, model, whole);
  mustBeWhole(model, parted.columns, true);
  if (model.delegates) await insertDelegate(asker, model, parted);
  const set = [
    ...audit(asker, model, true),
    ...(await assignments(asker, model, parted.columns, true)),
  ];
  const { rows } = await sql<{ id: number }>`
    insert into ${sql.table(table)} (${sql.join([sql.ref('tenant'), ...set.map(([name]) => sql.ref(name))])})
    values (${sql.join([sql`${asker.tenant.id}`, ...set.map(([, value]) => value)])})
    returning id`.execute(asker.db);
  const { id } = rows[0]!;
  await applyLists(asker, model, [id], parted.lists);
  return id;
}

/**
 * The plain verb, acts passed over: for the acts that take it over. Answers the new numbers. `also`
 * stores what the act keeps elsewhere, before the rules look at the new rows.
 */
export async function insertRecords(
  asker: Asker,
  model: Model,
  list: readonly Values[],
  also?: (ids: number[]) => Promise<void>,
) {
  mustUse(asker, model, 'create');
  const ids: number[] = [];
  for (const values of list) ids.push(await insertOne(asker, model, values));
  await also?.(ids);
  if (ids.length > 0) await checkRows(asker, model, ids, 'create');
  return ids;
}

/**
 * Makes records; answers their numbers. All or none.
 * Throws Refusal `access_model`, `access_rule`, `access_field`, `field_unknown`, `value_*`.
 */
export async function create(asker: Asker, model: Model, given: readonly Values[]) {
  return inOne(asker, async (inside) => {
    const defaults = contextDefaults(inside, model);
    const list = given.map((values) => settled(model, { ...defaults, ...values }));
    const act = model.acts?.create;
    if (!act) return insertRecords(inside, model, list);
    return (await act.run({
      asker: inside,
      model,
      ids: [],
      named: { vals_list: list },
    })) as number[];
  });
}

// ── Write ───────────────────────────────────────────────────────────────────────────────────────

async function updateColumns(asker: Asker, model: Model, ids: readonly number[], parted: Parted) {
  const table = mustBeTable(model);
  mustBeWhole(model, parted.columns, false);
  const set = [
    ...audit(asker, model, false),
    ...(await assignments(asker, model, parted.columns, false)),
  ];
  if (set.length === 0) return;
  await sql`update ${sql.table(table)}
    set ${sql.join(set.map(([name, value]) => sql`${sql.ref(name)} = ${value}`))}
    where tenant = ${asker.tenant.id} and id = any(${ids}::integer[])`.execute(asker.db);
}

async function updateDelegates(asker: Asker, model: Model, ids: readonly number[], values: Values) {
  const link = model.all.get(model.delegates!.field)!;
  const { rows } = await sql<{ id: number }>`
    select distinct ${sql.ref(link.column ?? link.name)} as id from ${sql.table(model.table!)}
    where tenant = ${asker.tenant.id} and id = any(${ids}::integer[])`.execute(asker.db);
  const delegates = rows.map(({ id }) => id);
  const { delegate, powerful, own, lists } = partDelegated(asker, model, values);
  await updateRecords(powerful, delegate, delegates, own);
  await applyLists(asker, delegate, delegates, lists);
}

/** The plain verb, acts passed over: for the acts that take it over; `also` as in `insertRecords`. */
export async function updateRecords(
  asker: Asker,
  model: Model,
  ids: readonly number[],
  values: Values,
  also?: () => Promise<void>,
): Promise<void> {
  mustUse(asker, model, 'write');
  const parted = part(asker, model, values);
  if (ids.length === 0) return;
  await checkRows(asker, model, ids, 'write');
  await updateColumns(asker, model, ids, parted);
  if (Object.keys(parted.delegated).length > 0)
    await updateDelegates(asker, model, ids, parted.delegated);
  await applyLists(asker, model, ids, parted.lists);
  await also?.();
  if (isRuled(frameOf(asker, model), 'write')) await checkRows(asker, model, ids, 'write');
}

/**
 * Changes records, all or none.
 * Throws Refusal `record_missing`, `access_model`, `access_rule`, `access_field`, `field_unknown`, `value_*`.
 */
export async function write(asker: Asker, model: Model, ids: readonly number[], given: Values) {
  const values = settled(model, given);
  await inOne(asker, async (inside) => {
    const act = model.acts?.write;
    if (!act) return updateRecords(inside, model, ids, values);
    await act.run({ asker: inside, model, ids: [...ids], named: { vals: values } });
  });
}

// ── Unlink ──────────────────────────────────────────────────────────────────────────────────────

/** The plain verb, acts passed over. What hangs on a delegate stays: the partner survives its user. */
export async function deleteRecords(asker: Asker, model: Model, ids: readonly number[]) {
  mustUse(asker, model, 'unlink');
  if (ids.length === 0) return;
  const table = mustBeTable(model);
  await checkRows(asker, model, ids, 'unlink');
  await sql`delete from ${sql.table(table)}
    where tenant = ${asker.tenant.id} and id = any(${ids}::integer[])`.execute(asker.db);
}

/** Deletes records, all or none. Throws Refusal `record_missing`, `record_in_use` (409), the rights' refusals. */
export async function unlink(asker: Asker, model: Model, ids: readonly number[]): Promise<void> {
  await inOne(asker, async (inside) => {
    const act = model.acts?.unlink;
    if (!act) return deleteRecords(inside, model, ids);
    await act.run({ asker: inside, model, ids: [...ids], named: {} });
  });
}

// ── Lists ───────────────────────────────────────────────────────────────────────────────────────

async function applyLists(
  asker: Asker,
  model: Model,
  ids: readonly number[],
  lists: readonly [ModelField, Command[]][],
): Promise<void> {
  for (const [field, commands] of lists)
    for (const command of commands)
      for (const id of ids)
        await (field.kind === 'one2many' ? applyBack : applyPairs)(asker, field, id, command);
}

/** Records at the other end that the asker may see: nobody links what they cannot read. */
async function mustRead(asker: Asker, target: Model, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  mustUse(asker, target, 'read');
  await checkRows(asker, target, ids, 'read');
}

async function applyPairs(asker: Asker, field: ModelField, id: number, command: Command) {
  if (field.kind !== 'many2many' || !field.pairs) return;
  const target = targetOf(field);
  const { table, own, other } = field.pairs;
  const tenant = asker.tenant.id;
  const drop = (condition: Sql) =>
    sql`delete from ${sql.table(table)} where tenant = ${tenant} and ${sql.ref(own)} = ${id}
      and ${condition}`.execute(asker.db);
  const add = async (ids: readonly number[]) => {
    await mustRead(asker, target, ids);
    await sql`insert into ${sql.table(table)} (tenant, ${sql.ref(own)}, ${sql.ref(other)})
      select ${tenant}, ${id}, unnest(${ids}::integer[]) on conflict do nothing`.execute(asker.db);
  };
  switch (command.do) {
    case 'create':
      return add(await create(asker, target, [command.values]));
    case 'update':
      return write(asker, target, [command.id], command.values);
    case 'delete':
      return unlink(asker, target, [command.id]);
    case 'unlink':
      return void (await drop(sql`${sql.ref(other)} = ${command.id}`));
    case 'link':
      return add([command.id]);
    case 'replace':
      await drop(sql`not ${sql.ref(other)} = any(${command.ids}::integer[])`);
      return add(command.ids);
  }
}

async function applyBack(asker: Asker, field: ModelField, id: number, command: Command) {
  if (field.kind !== 'one2many') return;
  const target = targetOf(field);
  const back = target.all.get(field.by)!;
  const goes = (gone: readonly number[]) =>
    back.required || ('onDelete' in back && back.onDelete === 'cascade')
      ? unlink(asker, target, gone)
      : write(asker, target, gone, { [field.by]: false });
  switch (command.do) {
    case 'create':
      return void (await create(asker, target, [{ ...command.values, [field.by]: id }]));
    case 'update':
      return write(asker, target, [command.id], command.values);
    case 'delete':
      return unlink(asker, target, [command.id]);
    case 'unlink':
      return goes([command.id]);
    case 'link':
      return write(asker, target, [command.id], { [field.by]: id });
    case 'replace': {
      const now = await backIds(asker, field, id);
      const gone = now.filter((one) => !command.ids.includes(one));
      const fresh = command.ids.filter((one) => !now.includes(one));
      if (gone.length > 0) await goes(gone);
      if (fresh.length > 0) await write(asker, target, fresh, { [field.by]: id });
    }
  }
}

async function backIds(asker: Asker, field: ModelField & { by: string }, id: number) {
  const frame = frameOf(asker, targetOf(field));
  const back = frame.model.all.get(field.by)!;
  const { rows } = await sql<{ id: number }>`select ${column(frame, 'id')} as id ${from(frame)}
    where ${ofTenant(frame)} and ${column(frame, back.column ?? back.name)} = ${id}
      and ${allowedRows(frame, 'read')}`.execute(asker.db);
  return rows.map((row) => row.id);
}
