// The menu as clients walk it: numbered records, or one map from the root down.
import { wordsFor } from '../kernel/words.ts';
import { numberOf } from '../models/registry.ts';
import type { Caller } from '../store/caller.ts';
import { applicationsFor } from './applications.ts';

/** An entry with the number it always has; `action` is the page it opens. */
export interface Menu {
  id: number;
  name: string;
  complete_name: string;
  parent_id: number | null;
  sequence: number;
  action: string | null;
}

/** The caller's applications and their menus, each after the one it lies below. */
export function menusFor(caller: Caller): Menu[] {
  const { t } = wordsFor(caller.language);
  const list: Menu[] = [];
  const add = (path: string, label: Parameters<typeof t>[0], href?: string, above?: Menu) => {
    const name = t(label);
    const menu = {
      id: numberOf(`ir.ui.menu ${path}`),
      name,
      complete_name: above ? `${above.complete_name}/${name}` : name,
      parent_id: above?.id ?? null,
      sequence: list.length + 1,
      action: href ?? null,
    };
    list.push(menu);
    return menu;
  };
  for (const application of applicationsFor(caller)) {
    const top = add(application.id, application.label, application.href);
    for (const entry of application.menus) {
      const middle = add(`${application.id}/${entry.label}`, entry.label, entry.href, top);
      for (const child of entry.children ?? [])
        add(`${application.id}/${entry.label}/${child.label}`, child.label, child.href, middle);
    }
  }
  return list;
}

/** The same as Odoo's web client asks for it: by number, `root` first. */
export function loadMenus(caller: Caller): Record<string, unknown> {
  const list = menusFor(caller);
  const below = (id: number | null) =>
    list.filter(({ parent_id }) => parent_id === id).map((menu) => menu.id);
  const topOf = (menu: Menu): number => {
    const above = list.find(({ id }) => id === menu.parent_id);
    return above ? topOf(above) : menu.id;
  };
  const entries = list.map((menu) => [
    String(menu.id),
    {
      id: menu.id,
      name: menu.name,
      children: below(menu.id),
      appID: topOf(menu),
      xmlid: '',
      actionID: false,
      actionModel: false,
      actionPath: menu.action ?? false,
    },
  ]);
  const root = { id: 'root', name: 'root', children: below(null), appID: false, xmlid: '' };
  return { root, ...(Object.fromEntries(entries) as object) };
}
