// A new tenant with its company, groups, rights and first language: one transaction, all or nothing.
import { installAccess } from '../access/install.ts';
import { baseAddress } from '../kernel/config.ts';
import { Refusal } from '../kernel/refusal.ts';
import { findLanguage } from '../languages/known.ts';
import { FIRST_LANGUAGE, loadLanguage } from '../languages/load.ts';
import { SETTINGS, type Caller, type Tenant } from '../store/caller.ts';
import type { Store } from '../store/open.ts';
import { isTenantName } from '../store/tenants.ts';
import { systemCaller } from './system-caller.ts';
import { createUser, type Newcomer } from '../users/create.ts';
import { oneLine } from '../preferences/checks.ts';
import { fillSite } from './site.ts';
import * as store from './create.store.ts';

/** What a new database is to be. */
export interface NewTenant {
  name: string;
  title?: string;
  url?: string | null;
  language?: string | null;
  administrator: Omit<Newcomer, 'groups' | 'portal' | 'language'>;
}

function checkLanguage(wished: string | null | undefined): string {
  if (!wished) return FIRST_LANGUAGE;
  const language = findLanguage(wished);
  if (!language)
    throw new Refusal('language_unknown', { field: 'language', values: { code: wished } });
  return language.code;
}

/**
 * Makes the tenant, its first administrator and what comes with it, and runs `more` in the same
 * transaction. Throws Refusal `database_name_invalid`, `database_exists` (409), `setting_invalid`,
 * `language_unknown`, or one of `createUser`'s.
 */
export async function createTenant<T = void>(
  { installation }: Pick<Store, 'installation'>,
  wish: NewTenant,
  more?: (caller: Caller, administratorId: number) => Promise<T>,
): Promise<{ tenant: Tenant; administratorId: number; extra: T | undefined }> {
  if (!isTenantName(wish.name)) throw new Refusal('database_name_invalid', { field: 'database' });
  const language = checkLanguage(wish.language);
  const url = wish.url ? baseAddress('url', wish.url) : null;
  const title = oneLine(wish.title ?? '').slice(0, 200) || wish.name;
  const made = await installation.transaction().execute(async (db) => {
    const tenant = await store.insertTenant(db, { name: wish.name, title, url, language });
    if (!tenant)
      throw new Refusal('database_exists', {
        status: 409,
        field: 'database',
        values: { name: wish.name },
      });
    const caller = systemCaller(tenant, db);
    await store.insertCompany(caller, title);
    await installAccess(caller);
    await fillSite(caller);
    await loadLanguage(caller, FIRST_LANGUAGE);
    if (language !== FIRST_LANGUAGE) await loadLanguage(caller, language);
    const administratorId = await createUser(caller, {
      ...wish.administrator,
      language,
      groups: [SETTINGS],
    });
    return { tenant, administratorId, extra: await more?.(caller, administratorId) };
  });
  // A help, not a need: what is made stays made.
  await store.lookAtYoungTables(installation).catch(() => undefined);
  return made;
}
