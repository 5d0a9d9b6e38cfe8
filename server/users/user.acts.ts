// What res.users does beyond the generic verbs: the verbs that change accounts (change.acts.ts), one's own
// reading, and the methods that clients know.
import { Refusal } from '../kernel/refusal.ts';
import { heldSecret } from '../kernel/secrets.ts';
import { wordsFor } from '../kernel/words.ts';
import { asSystem } from '../models/asker.ts';
import type { Act, Asker, Handed, Model } from '../models/define.ts';
import { fieldLabel } from '../models/describe.ts';
import { read } from '../models/read.ts';
import { findField } from '../models/registry.ts';
import { mustReach } from '../models/rights.ts';
import { verbs } from '../models/verbs.ts';
import { changeOwn } from '../passwords/change.ts';
import { MIN_LENGTH_FLOOR } from '../passwords/policy.ts';
import { INTERNAL } from '../store/caller.ts';
import { groupNamesOf } from '../access/memberships.ts';
import { TECHNICAL } from '../access/names.ts';
import { changeActs } from './change.acts.ts';
import { send } from './invite.ts';

/** Whether the asker reads of themselves what everybody may, whatever their rights. */
function readsOwn({ asker, model, ids, named }: Handed): boolean {
  const { fields } = named;
  if (ids.length !== 1 || ids[0] !== asker.person.id || !Array.isArray(fields)) return false;
  return fields.every(
    (name) => name === 'id' || (typeof name === 'string' && model.all.get(name)?.own !== undefined),
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The only record that a method of one record was called on. Throws Refusal `arguments_wrong`. */
function single(ids: readonly number[]): number {
  if (ids.length === 1) return ids[0]!;
  throw new Refusal('arguments_wrong', { status: 422, values: { detail: 'ids' } });
}

/**
 * External ids of the user's groups. Whoever is not internal may ask only about themselves. `group_no_one`
 * shows technical pages, which programs have none of: over the wire nobody is in it, as in Odoo.
 */
async function groupsSeen({ asker, model }: Handed, id: number): Promise<ReadonlySet<string>> {
  const { person } = asker;
  if (id !== person.id && !person.groups.has(INTERNAL))
    throw new Refusal('not_allowed', { status: 403 });
  if (id !== person.id) await read(asker, model, [id], { fields: ['id'] });
  const names = new Set(await groupNamesOf(asker, id));
  names.delete(TECHNICAL);
  return names;
}

/** `base.a,!base.b`: in one of the first, in none of the second. */
function meets(groups: ReadonlySet<string>, spec: string): boolean {
  const names = spec.split(',').map((name) => name.trim());
  const refused = names.filter((name) => name.startsWith('!')).map((name) => name.slice(1));
  const wanted = names.filter((name) => name !== '' && !name.startsWith('!'));
  if (refused.some((name) => groups.has(name))) return false;
  return wanted.length === 0 || wanted.some((name) => groups.has(name));
}

/** An action of Odoo's web client that opens a list. */
function window(name: string, to: string, domain: unknown[]) {
  return {
    type: 'ir.actions.act_window',
    name,
    res_model: to,
    view_mode: 'list,form',
    views: [
      [false, 'list'],
      [false, 'form'],
    ],
    domain,
    context: { create: false, delete: false },
    target: 'current',
  };
}

async function groupsOf({ asker, model, ids }: Handed): Promise<unknown[]> {
  const [row] = await read(asker, model, [single(ids)], { fields: ['groups_id'] });
  return (row?.groups_id ?? []) as unknown[];
}

const labelOf = (asker: Asker, model: Model, name: string) =>
  fieldLabel(asker.language, model, findField(model, name));

/** Opens what a stat button of the form counts. */
function shows(field: string, to: string, by: string): Act {
  return {
    ids: true,
    reads: true,
    run: async (handed) =>
      window(labelOf(handed.asker, handed.model, field), to, [[by, 'in', await groupsOf(handed)]]),
  };
}

/** Mails links as a program asks: an invitation where its context says `create_user`. All or nobody. */
async function resetPasswords({ asker, ids }: Handed) {
  const { without } = await send(asker, ids, asker.context.create_user ? 'invitation' : 'reset');
  const [first] = without;
  if (first)
    throw new Refusal('person_without_email', { status: 409, values: { name: first.name } });
  const { t } = wordsFor(asker.language);
  const message = t('users.links-sent', { count: ids.length });
  return {
    type: 'ir.actions.client',
    tag: 'display_notification',
    params: { type: 'info', title: t('users.send-reset'), message, sticky: false },
  };
}

/** The text as a pattern that means itself. */
const literally = (name: string) => name.replace(/[\\%_]/g, '\\$&');

/**
 * All acts of res.users. Beside what `changeActs` throws: `not_allowed` (403) for groups of others, the
 * refusals of `changeOwn`, those of `send`, and `person_without_email` (409).
 */
export const userActs: Readonly<Record<string, Act>> = {
  ...changeActs,
  read: {
    ...verbs.read!,
    run: (handed) => {
      const { asker, model } = handed;
      if (!readsOwn(handed)) return verbs.read!.run(handed);
      mustReach(asker, model, 'read');
      return verbs.read!.run({ ...handed, asker: asSystem(asker, 'a person’s own preferences') });
    },
  },
  name_search: {
    ...verbs.name_search!,
    run: async (handed) => {
      const { name, operator = 'ilike', args, domain = args } = handed.named;
      const wanted = (operator === 'ilike' || operator === '=') && text(name) !== '';
      // What is no domain is handed on as it is, for the verb to refuse.
      if (!wanted || (domain && !Array.isArray(domain))) return verbs.name_search!.run(handed);
      const login = ['login', '=ilike', literally(text(name))];
      const exact = {
        name: '',
        args: undefined,
        domain: [...((domain || []) as unknown[]), login],
      };
      const found = await verbs.name_search!.run({
        ...handed,
        named: { ...handed.named, ...exact },
      });
      return (found as unknown[]).length > 0 ? found : verbs.name_search!.run(handed);
    },
  },
  change_password: {
    params: ['old_passwd', 'new_passwd'],
    alone: true,
    run: async ({ asker, named }) => {
      const change = { current: text(named.old_passwd), password: text(named.new_passwd) };
      await changeOwn(asker, heldSecret(), change);
      return true;
    },
  },
  has_group: {
    ids: true,
    params: ['group_ext_id'],
    reads: true,
    run: async (handed) => {
      const name = text(handed.named.group_ext_id);
      const { id } = handed.asker.person;
      return (await groupsSeen(handed, handed.ids.length === 0 ? id : single(handed.ids))).has(
        name,
      );
    },
  },
  has_groups: {
    ids: true,
    params: ['group_spec'],
    reads: true,
    run: async (handed) => {
      const { id } = handed.asker.person;
      const groups = await groupsSeen(handed, handed.ids.length === 0 ? id : single(handed.ids));
      return meets(groups, text(handed.named.group_spec));
    },
  },
  context_get: {
    reads: true,
    run: async ({ asker, model }) => {
      const { id } = asker.person;
      const powerful = asSystem(asker, 'a person’s own preferences');
      const [row] = await read(powerful, model, [id], { fields: ['lang', 'tz'] });
      return { lang: row?.lang || asker.tenant.language, tz: row?.tz ?? false, uid: id };
    },
  },
  action_get: {
    reads: true,
    run: async ({ asker: { person }, model }) => ({
      ...window(model.name, model.name, []),
      views: [[false, 'form']],
      view_mode: 'form',
      res_id: person.id,
      target: 'new',
    }),
  },
  preference_save: {
    ids: true,
    reads: true,
    run: async () => ({ type: 'ir.actions.client', tag: 'reload_context' }),
  },
  get_password_policy: {
    reads: true,
    run: async ({ asker: { tenant } }) => ({
      minlength: Math.max(tenant.passwordMinLength, MIN_LENGTH_FLOOR),
    }),
  },
  action_reset_password: { ids: true, run: resetPasswords },
  action_show_groups: shows('groups_count', 'res.groups', 'id'),
  action_show_accesses: shows('accesses_count', 'ir.model.access', 'group_id'),
  action_show_rules: shows('rules_count', 'ir.rule', 'groups'),
};
