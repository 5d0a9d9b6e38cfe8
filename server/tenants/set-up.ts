// The first database: a one-time address on the console, and the page behind it.
import type { Config } from '../kernel/config.ts';
import { Refusal } from '../kernel/refusal.ts';
import { hashToken, newToken } from '../kernel/secrets.ts';
import type { Tenant } from '../store/caller.ts';
import type { Store } from '../store/open.ts';
import { anyTenant } from '../store/tenants.ts';
import { createTenant } from './create.ts';
import * as store from './set-up.store.ts';

/** How long a set-up address lives, in milliseconds. */
const LASTS = 24 * 3_600_000;

/** Makes a new set-up address, ending the older one; null when there is a database already. */
export async function offerSetUp(
  opened: Store,
  config: Pick<Config, 'url'>,
): Promise<string | null> {
  if (await anyTenant(opened)) return null;
  const token = newToken();
  await store.replaceAddress(opened.installation, hashToken(token), new Date(Date.now() + LASTS));
  return `${config.url}/set-up?token=${token}`;
}

/** Throws Refusal `set_up_over` (410) unless the token is the living one and there is no database. */
export async function checkSetUp(opened: Store, token: string): Promise<void> {
  const living = await store.isLiving(opened.installation, hashToken(token));
  if (!living || (await anyTenant(opened))) throw new Refusal('set_up_over', { status: 410 });
}

/** What the set-up page asks. */
export interface SetUp {
  database: string;
  title: string;
  language: string;
  name: string;
  login: string;
  password: string;
  repeated: string;
}

/**
 * Makes the first database and its administrator; the address is spent with it.
 * Throws Refusal `set_up_over` (410), `passwords_differ`, `password_missing`, or one of
 * `createTenant`'s.
 */
export async function setUp(opened: Store, token: string, wish: SetUp): Promise<Tenant> {
  await checkSetUp(opened, token);
  if (wish.password === '') throw new Refusal('password_missing', { field: 'password' });
  if (wish.password !== wish.repeated) throw new Refusal('passwords_differ', { field: 'repeated' });
  const { tenant } = await createTenant(
    opened,
    {
      name: wish.database.trim().toLowerCase(),
      title: wish.title,
      language: wish.language || null,
      administrator: { login: wish.login, name: wish.name, password: wish.password },
    },
    async ({ db }) => {
      if (!(await store.spend(db, hashToken(token))))
        throw new Refusal('set_up_over', { status: 410 });
    },
  );
  return tenant;
}
