// The applications and their menus: a written list. What a person may not use is not in their list.
import { ACCESS_RIGHTS, belongsTo, INTERNAL, SETTINGS, type Caller } from '../store/caller.ts';
import type { Key } from '#locales/words.ts';

/** An entry of a menu: a page, or a drop-down of pages. */
interface MenuEntry {
  label: Key;
  href?: string;
  children?: { label: Key; href: string }[];
}

/** An application a person may open. */
export interface Application {
  id: string;
  label: Key;
  href: string;
  icon: 'messages' | 'todos' | 'settings';
  menus: MenuEntry[];
}

/** An entry with who may see it; without a group, whoever sees the application. `test`: in test databases. */
interface ListedEntry extends MenuEntry {
  group?: string;
  children?: { label: Key; href: string; group?: string; test?: true }[];
}

interface Listed extends Omit<Application, 'menus'> {
  group: string;
  menus: ListedEntry[];
}

const all: readonly Listed[] = [
  {
    id: 'messages',
    label: 'app.messages',
    href: '/my/messages',
    icon: 'messages',
    group: INTERNAL,
    menus: [],
  },
  { id: 'todos', label: 'app.todos', href: '/my/todos', icon: 'todos', group: INTERNAL, menus: [] },
  {
    id: 'settings',
    label: 'app.settings',
    href: '/settings',
    icon: 'settings',
    group: ACCESS_RIGHTS,
    menus: [
      { label: 'menu.settings.general', href: '/settings', group: SETTINGS },
      {
        label: 'menu.settings.people',
        children: [
          { label: 'menu.settings.users', href: '/settings/users' },
          { label: 'menu.settings.groups', href: '/settings/groups' },
          { label: 'menu.settings.companies', href: '/settings/companies', group: SETTINGS },
          { label: 'menu.settings.links', href: '/settings/links' },
        ],
      },
      {
        label: 'menu.settings.translations',
        group: SETTINGS,
        children: [{ label: 'menu.settings.languages', href: '/settings/languages' }],
      },
      {
        label: 'menu.settings.technical',
        children: [
          { label: 'menu.settings.emails', href: '/settings/technical/emails', group: SETTINGS },
          {
            label: 'menu.settings.mail-servers',
            href: '/settings/technical/mail-servers',
            group: SETTINGS,
          },
          {
            label: 'menu.settings.mail-templates',
            href: '/settings/technical/mail-templates',
            group: SETTINGS,
          },
          {
            label: 'menu.settings.test-mailbox',
            href: '/settings/technical/test-mailbox',
            group: SETTINGS,
            test: true,
          },
          { label: 'menu.settings.models', href: '/settings/technical/models' },
          { label: 'menu.settings.access-rights', href: '/settings/technical/access-rights' },
          { label: 'menu.settings.record-rules', href: '/settings/technical/record-rules' },
          {
            label: 'menu.settings.api-keys',
            href: '/settings/technical/api-keys',
            group: SETTINGS,
          },
        ],
      },
    ],
  },
];

/** The entries of these that the caller may use, without those that are empty for them. */
function menusFor(caller: Caller, menus: readonly ListedEntry[]): MenuEntry[] {
  const may = ({ group, test }: { group?: string; test?: true }) =>
    (group === undefined || belongsTo(caller, group)) && (!test || caller.tenant.test);
  return menus.filter(may).flatMap(({ label, href, children }) => {
    const own = children?.filter(may).map((child) => ({ label: child.label, href: child.href }));
    return href || own?.length ? [{ label, href, children: own }] : [];
  });
}

/** The applications the caller may open, in the order of the menu; each opens at its first page for them. */
export function applicationsFor(caller: Caller): Application[] {
  return all
    .filter(({ group }) => belongsTo(caller, group))
    .map(({ id, label, href, icon, menus }) => {
      const own = menusFor(caller, menus);
      const hrefs = own.flatMap((entry) => [
        ...(entry.href ? [entry.href] : []),
        ...(entry.children ?? []).map((child) => child.href),
      ]);
      const first = hrefs.includes(href) ? href : (hrefs[0] ?? href);
      return { id, label, href: first, icon, menus: own };
    });
}
