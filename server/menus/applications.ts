// The applications and their menus: a written list. What a person may not use is not in their list.
import { belongsTo, INTERNAL, SETTINGS, type Caller } from '../store/caller.ts';
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

interface Listed extends Application {
  group: string;
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
    group: SETTINGS,
    menus: [
      { label: 'menu.settings.general', href: '/settings' },
      {
        label: 'menu.settings.translations',
        children: [{ label: 'menu.settings.languages', href: '/settings/languages' }],
      },
      {
        label: 'menu.settings.technical',
        children: [{ label: 'menu.settings.api-keys', href: '/settings/technical/api-keys' }],
      },
    ],
  },
];

/** The applications the caller may open, in the order of the menu. */
export function applicationsFor(caller: Caller): Application[] {
  return all
    .filter(({ group }) => belongsTo(caller, group))
    .map(({ id, label, href, icon, menus }) => ({ id, label, href, icon, menus }));
}
