// A new person in a tenant, from the console or the set-up page.
import { join, resolveGroups } from '../access/groups.ts';
import { Refusal } from '../kernel/refusal.ts';
import { hashNew } from '../passwords/give.ts';
import * as checks from '../preferences/checks.ts';
import { inTransaction, INTERNAL, PORTAL, type Caller } from '../store/caller.ts';
import * as store from './create.store.ts';

/** What is known of the newcomer. Without a password they set one through a link. */
export interface Newcomer {
  login: string;
  name?: string;
  email?: string | null;
  language?: string | null;
  /** External ids or plain words; empty means an internal user, or a portal one with `portal`. */
  groups?: readonly string[];
  portal?: boolean;
  password?: string;
}

/**
 * Makes the person; answers their number. Throws Refusal `login_missing`, `login_taken`,
 * `email_invalid`, `language_not_loaded`, `group_unknown`, `user_type_unclear`, or one of the
 * password policy's.
 */
export async function createUser(caller: Caller, newcomer: Newcomer): Promise<number> {
  const login = checks.checkLogin(newcomer.login);
  const preset = checks.looksLikeEmail(login) ? login : null;
  const email = checks.checkEmail(newcomer.email ?? '', 'email') || preset;
  const name = checks.checkName(newcomer.name ?? '') || login;
  const { language: wished, password } = newcomer;
  const passwordHash =
    password === undefined
      ? null
      : await hashNew(caller, password, { login, name, email: email ?? null });
  return inTransaction(caller, async (inside) => {
    const language = wished ? await checks.checkLanguage(inside, wished, 'language') : null;
    const groups = await resolveGroups(inside, groupNames(newcomer));
    const id = await store.insertUser(inside, { login, name, email, language, passwordHash });
    if (id === null) throw new Refusal('login_taken', { field: 'login', status: 409 });
    await join(inside, id, groups);
    return id;
  });
}

function groupNames({ groups = [], portal }: Newcomer): readonly string[] {
  if (portal) return [PORTAL, ...groups];
  return groups.length > 0 ? groups : [INTERNAL];
}
