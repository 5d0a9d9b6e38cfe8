// System parameters: read and set by key, as Odoo's clients do, or record by record.
import { readConfig } from '../kernel/config.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Act, Handed } from '../models/define.ts';
import { mustBelongTo, SETTINGS, type Tenant } from '../store/caller.ts';
import * as store from './parameter.store.ts';

/** Numbers of what is mirrored: far from any that a table gives out. */
const MIRRORED = 2_147_483_000;
const LONGEST = 1_000_000;

/** The tenant's own settings as parameters. */
export function mirrored({ url, passwordMinLength }: Tenant) {
  return [
    { id: MIRRORED, key: 'web.base.url', value: url ?? readConfig().url },
    {
      id: MIRRORED + 1,
      key: 'auth_password_policy.minlength',
      value: String(passwordMinLength),
    },
  ];
}

function text(value: unknown, field: string): string {
  const plain = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (typeof plain !== 'string' || plain.trim() === '' || plain.includes('\0'))
    throw new Refusal('value_required', {
      ...{ status: 422, field },
      values: { model: 'ir.config_parameter', field },
    });
  if (plain.length > LONGEST)
    throw new Refusal('text_too_long', { status: 422, field, values: { most: LONGEST } });
  return plain;
}

/** Throws Refusal `field_readonly` for a key that mirrors a setting. */
function freeKey(tenant: Tenant, key: string): string {
  if (mirrored(tenant).some((one) => one.key === key))
    throw new Refusal('field_readonly', { status: 422, field: 'value', values: { field: key } });
  return key;
}

function noMirrored(ids: readonly number[]): void {
  if (ids.some((id) => id >= MIRRORED))
    throw new Refusal('field_readonly', {
      status: 422,
      field: 'value',
      values: { field: 'value' },
    });
}

async function getParam({ asker, named }: Handed): Promise<unknown> {
  const caller = mustBelongTo(asker, SETTINGS);
  const key = text(named.key, 'key');
  const own = mirrored(caller.tenant).find((one) => one.key === key);
  return own?.value ?? (await store.valueOf(caller, key)) ?? named.default ?? false;
}

/** Answers what was there before. An empty value takes the parameter away, as Odoo does. */
async function setParam({ asker, named }: Handed): Promise<unknown> {
  const caller = mustBelongTo(asker, SETTINGS);
  const key = freeKey(caller.tenant, text(named.key, 'key'));
  const { value } = named;
  const before = (await store.valueOf(caller, key)) ?? false;
  if (value === false || value === null || value === '') await store.remove(caller, key);
  else await store.put(caller, key, text(value, 'value'));
  return before;
}

export const parameterActs: Readonly<Record<string, Act>> = {
  get_param: { params: ['key', 'default?'], reads: true, run: getParam },
  set_param: { params: ['key', 'value'], run: setParam },
  create: {
    run: async ({ asker, named }) => {
      const caller = mustBelongTo(asker, SETTINGS);
      const ids: number[] = [];
      for (const { key, value } of named.vals_list as Record<string, unknown>[]) {
        const free = freeKey(caller.tenant, text(key, 'key'));
        ids.push(await store.insert(caller, free, text(value, 'value')));
      }
      return ids;
    },
  },
  write: {
    ids: true,
    params: ['vals'],
    run: async ({ asker, ids, named }) => {
      const caller = mustBelongTo(asker, SETTINGS);
      const { key, value } = named.vals as Record<string, unknown>;
      noMirrored(ids);
      const changes = {
        ...(key === undefined ? {} : { key: freeKey(caller.tenant, text(key, 'key')) }),
        ...(value === undefined ? {} : { value: text(value, 'value') }),
      };
      await store.update(caller, ids, changes);
      return true;
    },
  },
  unlink: {
    ids: true,
    run: async ({ asker, ids }) => {
      noMirrored(ids);
      await store.removeById(mustBelongTo(asker, SETTINGS), ids);
      return true;
    },
  },
};
