// Who may do what: rights by model, rules by row, groups by field (Odoo's way of granting). Read once
// a change, kept in memory under the tenant's stamp.
import { sql } from 'kysely';
import { Refusal } from '../kernel/refusal.ts';
import type { Caller, Member, Person } from '../store/caller.ts';
import { askerOf, inOne } from './asker.ts';
import type { Asker, Model, ModelField, Operation } from './define.ts';
import { readRule, type Expression } from './rule-text.ts';
import { modelById } from './registry.ts';

/** A granted right: to a group, or to everybody. */
export interface Grant {
  id: number;
  name: string;
  group: string | null;
  operations: readonly Operation[];
}

/** A record rule; without groups it is global. */
export interface Rule {
  id: number;
  name: string;
  groups: readonly string[];
  operations: readonly Operation[];
  /** As its administrator wrote it. */
  text: string;
  domain: Expression;
}

/** All rights of a tenant, by model. */
export interface Rights {
  grants: ReadonlyMap<string, readonly Grant[]>;
  rules: ReadonlyMap<string, readonly Rule[]>;
}

interface Flags {
  perm_read: boolean;
  perm_write: boolean;
  perm_create: boolean;
  perm_unlink: boolean;
}
interface GrantRow extends Flags {
  id: number;
  name: string;
  model_id: number;
  group: string | null;
}
interface RuleRow extends Flags {
  id: number;
  name: string | null;
  model_id: number;
  domain_force: string;
  groups: string[];
}

interface Kept {
  stamp: string;
  rights: Rights;
}

/** Tenants whose rights are kept; the one read longest ago makes room. */
const MOST_KEPT = 2_000;
const kept = new Map<number, Kept>();

function keep(tenantId: number, loaded: Kept): void {
  kept.delete(tenantId);
  kept.set(tenantId, loaded);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
}

const operationsOf = (row: Flags): Operation[] =>
  (['read', 'write', 'create', 'unlink'] as const).filter((verb) => row[`perm_${verb}`]);

function byModel<R extends { model_id: number }, T>(rows: R[], make: (row: R) => T) {
  const map = new Map<string, T[]>();
  for (const row of rows) {
    const name = modelById(row.model_id)?.name;
    if (name === undefined) continue;
    const made = map.get(name);
    if (made) made.push(make(row));
    else map.set(name, [make(row)]);
  }
  return map;
}

async function load({ db, tenant }: Caller): Promise<Kept> {
  const { rows } = await sql<{ stamp: string; grants: GrantRow[]; rules: RuleRow[] }>`
    select (select stamp from rights_stamps where tenant = ${tenant.id}) as stamp,
      (select coalesce(jsonb_agg(to_jsonb(a) || jsonb_build_object('group', g.external_id)), '[]')
        from model_access a left join groups g on g.tenant = a.tenant and g.id = a.group_id
        where a.tenant = ${tenant.id} and a.active) as grants,
      (select coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object('groups', array(
          select g.external_id from record_rule_groups l join groups g
            on g.tenant = l.tenant and g.id = l.group_id
          where l.tenant = r.tenant and l.rule_id = r.id))), '[]')
        from record_rules r where r.tenant = ${tenant.id} and r.active) as rules`.execute(db);
  const { stamp, grants, rules } = rows[0]!;
  return {
    stamp,
    rights: {
      grants: byModel(grants, (row) => ({ ...row, operations: operationsOf(row) })),
      rules: byModel(rules, (row) => ({
        id: row.id,
        name: row.name ?? '',
        groups: row.groups,
        operations: operationsOf(row),
        text: row.domain_force,
        domain: readRule(row.domain_force),
      })),
    },
  };
}

/**
 * The tenant's rights, kept in memory under the stamp that came with the person: a change gives
 * another stamp, which the very next call of every process reads.
 */
export async function readRights(caller: Caller & { person: Person }): Promise<Rights> {
  const known = kept.get(caller.tenant.id);
  if (known?.stamp === caller.person.rightsStamp) return known.rights;
  const loaded = await load(caller);
  // A stamp read inside a transaction that may yet be undone is random: nobody else will meet it.
  keep(caller.tenant.id, loaded);
  return loaded.rights;
}

const ready = new WeakMap<Person, Rights>();

/** Reads the rights once for a call, so that the rest can ask without waiting. */
export async function prepare(asker: Asker): Promise<void> {
  ready.set(asker.person, await readRights(asker));
}

/** Runs `work` in one transaction as an asker whose rights are read: for screens, which call verbs of their own. */
export function asking<T>(member: Member, work: (asker: Asker) => Promise<T>): Promise<T> {
  return inOne(askerOf(member), async (asker) => {
    await prepare(asker);
    return work(asker);
  });
}

/** The rights that `prepare` read for this person. */
export function rightsOf({ person }: Asker): Rights {
  const rights = ready.get(person);
  if (!rights) throw new Error('rights are asked for before they are read');
  return rights;
}

/** Whether the API key spoken with reaches so far. */
function withinLimits({ person: { limits } }: Asker, model: Model, operation: Operation): boolean {
  if (!limits) return true;
  if (limits.readOnly && operation !== 'read') return false;
  return limits.models === null || limits.models.includes(model.name);
}

/** Throws Refusal `key_reach` (403) where the API key spoken with does not reach. */
export function mustReach(asker: Asker, model: Model, operation: Operation): void {
  if (!withinLimits(asker, model, operation))
    throw new Refusal('key_reach', { status: 403, values: { model: model.name } });
}

/** The grants that let the asker do this: any one is enough, none means no. */
export function grantsFor(asker: Asker, model: Model, operation: Operation): Grant[] {
  return (rightsOf(asker).grants.get(model.name) ?? []).filter(
    ({ group, operations }) =>
      operations.includes(operation) && (group === null || asker.person.groups.has(group)),
  );
}

/** Whether the asker holds the right on the model, whatever its rows. */
export function mayUse(asker: Asker, model: Model, operation: Operation): boolean {
  if (asker.system !== undefined) return true;
  return withinLimits(asker, model, operation) && grantsFor(asker, model, operation).length > 0;
}

/** Throws Refusal `access_model` (403) naming the groups that would allow it. */
export function mustUse(asker: Asker, model: Model, operation: Operation): void {
  if (mayUse(asker, model, operation)) return;
  const groups = (rightsOf(asker).grants.get(model.name) ?? [])
    .filter(({ operations }) => operations.includes(operation))
    .map(({ group }) => group ?? '*');
  throw new Refusal('access_model', {
    status: 403,
    values: { model: model.name, operation, groups: [...new Set(groups)].join(', ') || '–' },
  });
}

/** The rules that bind the asker: the global ones, and those of groups that are theirs. */
export function rulesFor(asker: Asker, model: Model, operation: Operation) {
  const concerned = (rightsOf(asker).rules.get(model.name) ?? []).filter(({ operations }) =>
    operations.includes(operation),
  );
  return {
    global: concerned.filter(({ groups }) => groups.length === 0),
    ofGroups: concerned.filter(({ groups }) => groups.some((g) => asker.person.groups.has(g))),
  };
}

/** Whether the field is for the asker at all. */
export function seesField(asker: Asker, { groups }: ModelField): boolean {
  if (asker.system !== undefined || groups === undefined) return true;
  return groups.some((group) => asker.person.groups.has(group));
}

/** Throws Refusal `access_field` (403) for a field of groups that the asker is not in. */
export function mustSeeField(
  asker: Asker,
  model: Model,
  field: ModelField,
  operation: Operation,
): void {
  if (seesField(asker, field)) return;
  throw new Refusal('access_field', {
    status: 403,
    values: { model: model.name, field: field.name, operation, user: asker.person.id },
  });
}
