// The generic verbs by the names and arguments that Odoo's clients call them with.
import { Refusal } from '../kernel/refusal.ts';
import { withArchived } from './asker.ts';
import { create, unlink, write, type Values } from './change.ts';
import { copyRecords } from './copy.ts';
import { defaultsFor } from './defaults.ts';
import type { Act, Handed, Operation } from './define.ts';
import { fieldsGet } from './describe.ts';
import { exportData } from './export.ts';
import { readGroup } from './group.ts';
import { checkRows, count, exists, nameSearch, read, search, searchRead } from './read.ts';
import { mayUse, mustUse } from './rights.ts';
import { readSpecification, webRead } from './web.ts';

/** Throws Refusal `arguments_wrong` (422). */
function wrong(detail: string): never {
  throw new Refusal('arguments_wrong', { status: 422, values: { detail } });
}

function texts(value: unknown, name: string): string[] | null {
  if (value === undefined || value === null || value === false) return null;
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) wrong(name);
  return value as string[];
}

function text(value: unknown, name: string): string | null {
  if (value === undefined || value === null || value === false) return null;
  return typeof value === 'string' ? value : wrong(name);
}

function whole(value: unknown, name: string): number {
  if (value === undefined || value === null || value === false) return 0;
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : wrong(name);
}

function values(value: unknown): Values {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) wrong('vals');
  return value as Values;
}

function searchOf({ named }: Handed) {
  return {
    domain: named.domain,
    offset: whole(named.offset, 'offset'),
    limit: whole(named.limit, 'limit'),
    order: text(named.order, 'order'),
  };
}

/** `_classic_read` gives a many2one as number and name; anything else as a number. */
const plainIds = ({ load }: Record<string, unknown>) =>
  load !== undefined && load !== '_classic_read';

const OPERATIONS = new Set(['read', 'write', 'create', 'unlink']);

function operationOf(named: Record<string, unknown>): Operation {
  if (!OPERATIONS.has(named.operation as string)) wrong('operation');
  return named.operation as Operation;
}

async function allows(handed: Handed): Promise<boolean> {
  const { asker, model, ids, named } = handed;
  const operation = operationOf(named);
  if (!mayUse(asker, model, operation)) return false;
  if (ids.length === 0) return true;
  try {
    await checkRows(asker, model, ids, operation);
    return true;
  } catch {
    return false;
  }
}

async function setActive({ asker, model, ids }: Handed, active: boolean): Promise<null> {
  if (!model.all.has('active')) wrong('active');
  await write(withArchived(asker), model, ids, { active });
  return null;
}

/** What every model answers to; a model's own acts come first. */
export const verbs: Readonly<Record<string, Act>> = {
  search: {
    params: ['domain', 'offset?', 'limit?', 'order?'],
    reads: true,
    run: (handed) => search(handed.asker, handed.model, searchOf(handed)),
  },
  search_count: {
    params: ['domain', 'limit?'],
    reads: true,
    run: ({ asker, model, named }) =>
      count(asker, model, named.domain, whole(named.limit, 'limit')),
  },
  search_read: {
    params: ['domain?', 'fields?', 'offset?', 'limit?', 'order?', 'load?'],
    reads: true,
    run: (handed) =>
      searchRead(handed.asker, handed.model, {
        ...searchOf(handed),
        fields: texts(handed.named.fields, 'fields'),
        plainIds: plainIds(handed.named),
      }),
  },
  read: {
    ids: true,
    params: ['fields?', 'load?'],
    reads: true,
    run: ({ asker, model, ids, named }) =>
      read(asker, model, ids, { fields: texts(named.fields, 'fields'), plainIds: plainIds(named) }),
  },
  name_search: {
    params: ['name?', 'args?', 'operator?', 'limit?', 'domain?'],
    reads: true,
    run: ({ asker, model, named }) =>
      nameSearch(asker, model, {
        name: text(named.name, 'name') ?? '',
        domain: named.domain ?? named.args,
        operator: text(named.operator, 'operator') ?? 'ilike',
        limit: named.limit === undefined ? 100 : whole(named.limit, 'limit'),
      }),
  },
  name_create: {
    params: ['name'],
    run: async ({ asker, model, named }) => {
      const label = model.all.get(model.label)!.readonly ? 'name' : model.label;
      const [id] = await create(asker, model, [{ [label]: named.name }]);
      const [row] = await read(asker, model, [id!], { fields: ['display_name'] });
      return [id, row?.display_name ?? ''];
    },
  },
  fields_get: {
    params: ['allfields?', 'attributes?'],
    reads: true,
    run: async ({ asker, model, named }) => {
      mustUse(asker, model, 'read');
      return fieldsGet(
        asker,
        model,
        texts(named.allfields, 'allfields'),
        texts(named.attributes, 'attributes'),
      );
    },
  },
  create: {
    params: ['vals_list'],
    run: async ({ asker, model, named }) => {
      const given = named.vals_list;
      const many = Array.isArray(given);
      const ids = await create(asker, model, (many ? given : [given]).map(values));
      return many ? ids : ids[0]!;
    },
  },
  write: {
    ids: true,
    params: ['vals'],
    run: async ({ asker, model, ids, named }) => {
      await write(asker, model, ids, values(named.vals));
      return true;
    },
  },
  unlink: {
    ids: true,
    run: async ({ asker, model, ids }) => {
      await unlink(asker, model, ids);
      return true;
    },
  },
  copy: {
    ids: true,
    params: ['default?'],
    run: ({ asker, model, ids, named }) =>
      copyRecords(asker, model, ids, named.default ? values(named.default) : {}),
  },
  exists: { ids: true, reads: true, run: ({ asker, model, ids }) => exists(asker, model, ids) },
  default_get: {
    params: ['fields_list'],
    reads: true,
    run: ({ asker, model, named }) => {
      mustUse(asker, model, 'create');
      return defaultsFor(asker, model, texts(named.fields_list, 'fields_list') ?? []);
    },
  },
  read_group: {
    params: ['domain', 'fields', 'groupby', 'offset?', 'limit?', 'orderby?', 'lazy?'],
    reads: true,
    run: ({ asker, model, named }) =>
      readGroup(asker, model, {
        domain: named.domain,
        fields: texts(named.fields, 'fields') ?? [],
        groupby: texts(named.groupby, 'groupby') ?? [],
        offset: whole(named.offset, 'offset'),
        limit: whole(named.limit, 'limit'),
        orderby: text(named.orderby, 'orderby'),
        lazy: named.lazy !== false,
      }),
  },
  export_data: {
    ids: true,
    params: ['fields_to_export'],
    reads: true,
    run: ({ asker, model, ids, named }) =>
      exportData(asker, model, ids, texts(named.fields_to_export, 'fields_to_export') ?? []),
  },
  check_access_rights: {
    params: ['operation', 'raise_exception?'],
    reads: true,
    run: async ({ asker, model, named }) => {
      const operation = operationOf(named);
      if (named.raise_exception === false) return mayUse(asker, model, operation);
      mustUse(asker, model, operation);
      return null;
    },
  },
  has_access: { ids: true, params: ['operation'], reads: true, run: allows },
  check_access: {
    ids: true,
    params: ['operation'],
    reads: true,
    run: async ({ asker, model, ids, named }) => {
      const operation = operationOf(named);
      mustUse(asker, model, operation);
      if (ids.length > 0) await checkRows(asker, model, ids, operation);
      return null;
    },
  },
  get_metadata: {
    ids: true,
    reads: true,
    run: async ({ asker, model, ids }) => {
      const names = ['create_uid', 'create_date', 'write_uid', 'write_date'];
      const fields = names.filter((name) => model.all.has(name));
      const rows = await read(asker, model, ids, { fields: fields.length ? fields : ['id'] });
      return rows.map((row) => ({ ...row, xmlid: false, xmlids: [], noupdate: false }));
    },
  },
  web_read: {
    ids: true,
    params: ['specification'],
    reads: true,
    run: ({ asker, model, ids, named }) =>
      webRead(asker, model, ids, readSpecification(named.specification)),
  },
  web_search_read: {
    params: ['domain', 'specification', 'offset?', 'limit?', 'order?', 'count_limit?'],
    reads: true,
    run: async (handed) => {
      const { asker, model, named } = handed;
      const ids = await search(asker, model, searchOf(handed));
      const records = await webRead(asker, model, ids, readSpecification(named.specification));
      const most = whole(named.count_limit, 'count_limit');
      return { length: await count(asker, model, named.domain, most), records };
    },
  },
  web_save: {
    ids: true,
    params: ['vals', 'specification', 'next_id?'],
    run: async ({ asker, model, ids, named }) => {
      const vals = values(named.vals);
      const specification = readSpecification(named.specification);
      if (ids.length > 0) await write(asker, model, ids, vals);
      const saved = ids.length > 0 ? ids : await create(asker, model, [vals]);
      const next = whole(named.next_id, 'next_id');
      return webRead(asker, model, next ? [next] : saved, specification);
    },
  },
  web_read_group: {
    params: ['domain', 'fields', 'groupby', 'limit?', 'offset?', 'orderby?', 'lazy?'],
    reads: true,
    run: async (handed) => {
      const groups = (await verbs.read_group!.run(handed)) as unknown[];
      const { limit, offset } = handed.named;
      if (!limit && !offset) return { groups, length: groups.length };
      const all = { ...handed, named: { ...handed.named, limit: undefined, offset: undefined } };
      return { groups, length: ((await verbs.read_group!.run(all)) as unknown[]).length };
    },
  },
  action_archive: { ids: true, run: (handed) => setActive(handed, false) },
  action_unarchive: { ids: true, run: (handed) => setActive(handed, true) },
  toggle_active: {
    ids: true,
    run: async (handed) => {
      if (!handed.model.all.has('active')) wrong('active');
      const rows = await read(handed.asker, handed.model, handed.ids, { fields: ['active'] });
      for (const active of [true, false]) {
        const ids = rows.filter((row) => row.active !== active).map(({ id }) => id);
        if (ids.length > 0) await setActive({ ...handed, ids }, active);
      }
      return null;
    },
  },
};
