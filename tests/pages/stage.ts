// The stage for stories in a browser: a server, a tenant with all languages, and a look at what is stored.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { known } from '#server/languages/known.ts';
import { loadLanguage } from '#server/languages/load.ts';
import type { Caller, Member } from '#server/store/caller.ts';
import type { Newcomer } from '#server/users/create.ts';
import { startServer } from '../server.ts';
import { openWorld } from '../world.ts';

/** What a person has stored, for looking behind the screen. */
interface Stored {
  email: string | null;
  timeZone: string | null;
  signature: string;
  notificationType: string;
}

export interface Stage {
  caller: Caller;
  /** The data folder of its server. */
  folder: string;
  /** The full address of a path, with the tenant named on public paths. */
  address(path: string): string;
  person(newcomer: Newcomer): Promise<Member>;
  stored(login: string): Promise<Stored>;
  /** Makes the last proof of the password eleven minutes old. */
  ageProofs(login: string): Promise<void>;
  chooseTimeZone(page: Page, zone: string): Promise<void>;
  writeSignature(page: Page, text: string): Promise<void>;
  /** What the server logged as a failure so far. */
  complaints(): string[];
  /** All that the server said so far. */
  said(): string;
  close(): Promise<void>;
}

/** Opens the stage. The tenant is called by `?db=` on public paths, by the session elsewhere. */
export async function openStage(
  env: NodeJS.ProcessEnv = {},
  wish: { name?: string } = {},
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'huis-stage-'));
  const world = await openWorld();
  const { caller } = await world.tenant({ language: 'fr_BE', ...wish });
  for (const { code } of known) await loadLanguage(caller, code);
  const server = await startServer({ DATABASE_URL: world.store.url, HUIS_DATA: folder, ...env });
  const isPublic = (path: string) => path === '/' || path.startsWith('/web/login');
  const user = (login: string) =>
    caller.db
      .selectFrom('users')
      .where('users.tenant', '=', caller.tenant.id)
      .where('login', '=', login);
  return {
    caller,
    folder,
    address: (path) => {
      const url = new URL(path, server.url);
      if (isPublic(path)) url.searchParams.set('db', caller.tenant.name);
      return url.href;
    },
    person: (newcomer) => world.person(caller, { language: 'fr_BE', ...newcomer }),
    stored: async (login) => {
      const row = await user(login)
        .innerJoin('partners as p', (on) =>
          on.onRef('p.tenant', '=', 'users.tenant').onRef('p.id', '=', 'users.partner_id'),
        )
        .select(['p.email', 'p.time_zone', 'users.signature', 'users.notification_type'])
        .executeTakeFirstOrThrow();
      return {
        email: row.email,
        timeZone: row.time_zone,
        signature: row.signature,
        notificationType: row.notification_type,
      };
    },
    ageProofs: async (login) => {
      const { id } = await user(login).select('id').executeTakeFirstOrThrow();
      await caller.db
        .updateTable('sessions')
        .set({ proven_at: new Date(Date.now() - 11 * 60_000) })
        .where('tenant', '=', caller.tenant.id)
        .where('user_id', '=', id)
        .execute();
    },
    chooseTimeZone: async (page, zone) => {
      const list = page.locator('select[name="timeZone"]');
      if (await list.isVisible()) return void (await list.selectOption(zone));
      const box = page.getByRole('combobox', { name: /Fuseau horaire/ });
      await box.click();
      await box.fill(zone);
      await page
        .getByRole('option', { name: new RegExp(zone) })
        .first()
        .click();
    },
    writeSignature: async (page, text) => {
      const editor = page.locator('[contenteditable="true"]');
      const plain = page.locator('textarea[name^="signature"]');
      await editor
        .or(plain.filter({ visible: true }))
        .first()
        .waitFor();
      await ((await editor.count()) ? editor : plain).first().fill(text);
    },
    complaints: () =>
      server
        .output()
        .split('\n')
        .filter((line) => /"level":(40|50)/.test(line)),
    said: () => server.output(),
    close: async () => {
      await server.stop();
      await world.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
