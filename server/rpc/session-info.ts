// What the web client learns of its session: who it is, where, and what the server is like.
import { execute } from '../models/execute.ts';
import { ACCESS_RIGHTS, belongsTo, INTERNAL, SETTINGS, type Member } from '../store/caller.ts';
import { BODY_LIMIT } from './limits.ts';
import { VERSION } from './version.ts';

interface Row {
  id: number;
  [field: string]: unknown;
}

async function read(caller: Member, model: string, ids: readonly number[], fields: string[]) {
  const call = { model, method: 'read', args: [ids, fields], kwargs: { load: '' } };
  return (await execute(caller, call)) as Row[];
}

/** Companies the person may work in, by number, as the switcher wants them. */
async function companiesOf(caller: Member) {
  const { companyId, companyIds } = caller.person;
  const rows = await read(caller, 'res.company', companyIds, ['name', 'parent_id']);
  const allowed = rows.map(({ id, name, parent_id }, sequence) => [
    id,
    { id, name, sequence, child_ids: [], parent_id: parent_id || false },
  ]);
  return {
    user_companies: {
      current_company: companyId,
      allowed_companies: Object.fromEntries(allowed),
      disallowed_ancestor_companies: {},
    },
    display_switch_company_menu: rows.length > 1,
    show_effect: true,
  };
}

/** The session's facts under the names Odoo 18 gives them. */
export async function sessionInfo(
  caller: Member,
  baseUrl: string,
): Promise<Record<string, unknown>> {
  const { person, tenant, language, timeZone } = caller;
  const internal = belongsTo(caller, INTERNAL);
  const [partner] = await read(caller, 'res.partner', [person.partnerId], ['write_date']);
  return {
    uid: person.id,
    is_system: belongsTo(caller, SETTINGS),
    is_admin: belongsTo(caller, ACCESS_RIGHTS),
    is_public: false,
    is_internal_user: internal,
    user_context: { lang: language, tz: timeZone, uid: person.id },
    db: tenant.name,
    user_settings: { id: person.id, user_id: { id: person.id } },
    server_version: VERSION.server_version,
    server_version_info: VERSION.server_version_info,
    support_url: '',
    name: person.name,
    username: person.login,
    partner_id: person.partnerId,
    partner_display_name: person.name,
    partner_write_date: partner?.write_date ?? false,
    'web.base.url': tenant.url ?? baseUrl,
    active_ids_limit: 20_000,
    max_file_upload_size: BODY_LIMIT,
    home_action_id: false,
    currencies: {},
    bundle_params: { lang: language },
    cache_hashes: {},
    view_info: {},
    profile_session: null,
    profile_collectors: null,
    profile_params: null,
    test_mode: false,
    ...(internal ? await companiesOf(caller) : {}),
  };
}
