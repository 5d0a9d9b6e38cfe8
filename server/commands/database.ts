// huis database: makes, lists, copies and deletes the databases of the installation.
import { Refusal } from '../kernel/refusal.ts';
import { makeRescue } from '../links/links.ts';
import type { Caller } from '../store/caller.ts';
import { listTenants } from '../store/tenants.ts';
import { copyForTest } from '../tenants/copy.ts';
import { createTenant } from '../tenants/create.ts';
import { deleteTenant } from '../tenants/delete.ts';
import { DEMO_LOGIN, demoFacts, fillDemo } from '../tenants/demo.ts';
import { group, readArguments, WrongUsage, type Command } from './command.ts';
import { addressOf } from './operator.ts';

const options = {
  title: { type: 'string' },
  url: { type: 'string' },
  language: { type: 'string' },
  login: { type: 'string', default: 'admin' },
  email: { type: 'string' },
  name: { type: 'string' },
  'password-stdin': { type: 'boolean' },
  demo: { type: 'boolean' },
} as const;

const create: Command = {
  name: 'create',
  usage: `huis database create NAME [--title T] [--url U] [--language fr_BE] [--login L]
                     [--email E] [--name N] [--password-stdin] [--demo]`,
  async run(args, { say, withApp, readPassword }) {
    const { values, named } = readArguments(args, ['NAME'], options);
    const { login, email, name, demo, 'password-stdin': asked, ...facts } = values;
    const password = asked ? await readPassword() : undefined;
    const administrator = { login, email, name, password };
    const wish = { ...(demo && demoFacts), ...facts, name: named[0], administrator };
    const fill = async (caller: Caller) => {
      if (demo) await fillDemo(caller);
      return asked ? null : makeRescue(caller, login);
    };
    await withApp(async (app) => {
      const { tenant, extra: path } = await createTenant(app.store, wish, fill);
      say(`Database '${tenant.name}' (${tenant.title}) is made; '${login}' administers it.`);
      if (demo) say(`Be one of its people: huis user link ${tenant.name} ${DEMO_LOGIN}`);
      if (!path) return;
      say('The administrator sets a password here, once, within 24 hours:');
      say(addressOf(app, tenant, path));
    });
  },
};

const copy: Command = {
  name: 'copy',
  usage: 'huis database copy FROM TO --test [--url U]',
  async run(args, { say, withApp }) {
    const { values, named } = readArguments(args, ['FROM', 'TO'], {
      test: { type: 'boolean' },
      url: { type: 'string' },
    });
    if (!values.test)
      throw new WrongUsage('--test is missing: only copies to practise on are made.');
    const [from, to] = named;
    await withApp(async (app) => {
      const tenant = await copyForTest(app.store, { from, to, url: values.url });
      say(`Database '${to}' (${tenant.title}) is made: a copy of '${from}' to practise on.`);
      say(
        'No message leaves it. API keys, sessions, links, mails and mail passwords stayed behind.',
      );
      say(addressOf(app, tenant, `/web/login?${new URLSearchParams({ db: to })}`));
    });
  },
};

type Row = Awaited<ReturnType<typeof listTenants>>[number];

function asJson(tenants: Row[]): string {
  const rows = tenants.map(({ name, title, url, createdAt, test, copiedFrom }) => ({
    ...{ name, title, url, createdAt, test, copiedFrom },
  }));
  return JSON.stringify(rows, null, 2);
}

function asTable(tenants: Row[]): string {
  const rows = tenants.map(({ name, title, url, createdAt, test, copiedFrom }) => [
    name,
    createdAt.toISOString().slice(0, 10),
    test ? `test of ${copiedFrom ?? '?'}` : '-',
    url ?? '-',
    title,
  ]);
  const lines = [['NAME', 'MADE ON', 'TEST', 'ADDRESS', 'TITLE'], ...rows];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...lines.map((line) => line[i]!.length)));
  return lines
    .map((line) => line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  '))
    .join('\n');
}

const list: Command = {
  name: 'list',
  usage: 'huis database list [--json]',
  async run(args, { say, withApp }) {
    const { values } = readArguments(args, [], { json: { type: 'boolean' } });
    const tenants = await withApp(({ store }) => listTenants(store));
    say(values.json ? asJson(tenants) : asTable(tenants));
  },
};

const remove: Command = {
  name: 'delete',
  usage: 'huis database delete NAME --yes',
  async run(args, { say, withApp }) {
    const { values, named } = readArguments(args, ['NAME'], { yes: { type: 'boolean' } });
    const [name] = named;
    if (!values.yes) throw new Refusal('deletion_unconfirmed', { values: { name } });
    await withApp(({ store }) => deleteTenant(store, name));
    say(`Database '${name}' is deleted.`);
  },
};

export const database = group('database', [create, list, copy, remove]);
