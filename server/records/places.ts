// Where the screens of a model live: a plain address for those in the menus, /records/<model> for all
// others, so that a new model has screens without a line here.
import { Refusal } from '../kernel/refusal.ts';
import { wordsFor } from '../kernel/words.ts';
import { modelLabel } from '../models/describe.ts';
import { declaredModels, findModel } from '../models/registry.ts';
import type { Model } from '../models/define.ts';
import {
  ACCESS_RIGHTS,
  belongsTo,
  INTERNAL,
  mustBelongTo,
  SETTINGS,
  type Caller,
  type Member,
} from '../store/caller.ts';
import type { Key } from '#locales/words.ts';

/** An address of its own. */
interface Plain {
  path: string;
  model: string;
  /** Who may open it, beside the rights on the model. */
  group: string;
  label: Key;
}

const plain: readonly Plain[] = [
  {
    path: '/settings/users',
    model: 'res.users',
    group: ACCESS_RIGHTS,
    label: 'menu.settings.users',
  },
  {
    path: '/settings/groups',
    model: 'res.groups',
    group: ACCESS_RIGHTS,
    label: 'menu.settings.groups',
  },
  {
    path: '/settings/companies',
    model: 'res.company',
    group: SETTINGS,
    label: 'menu.settings.companies',
  },
  {
    path: '/settings/links',
    model: 'huis.link',
    group: ACCESS_RIGHTS,
    label: 'menu.settings.links',
  },
  {
    path: '/settings/technical/models',
    model: 'ir.model',
    group: ACCESS_RIGHTS,
    label: 'menu.settings.models',
  },
  {
    path: '/settings/technical/access-rights',
    model: 'ir.model.access',
    group: ACCESS_RIGHTS,
    label: 'menu.settings.access-rights',
  },
  {
    path: '/settings/technical/record-rules',
    model: 'ir.rule',
    group: ACCESS_RIGHTS,
    label: 'menu.settings.record-rules',
  },
  {
    path: '/settings/technical/emails',
    model: 'mail.mail',
    group: SETTINGS,
    label: 'menu.settings.emails',
  },
  {
    path: '/settings/technical/mail-servers',
    model: 'ir.mail_server',
    group: SETTINGS,
    label: 'menu.settings.mail-servers',
  },
];

const GENERIC = '/records/';

/** Where a model's list is. */
export function addressOf(model: string): string {
  return plain.find((place) => place.model === model)?.path ?? `${GENERIC}${model}`;
}

/** Whether the caller may be led to the screens of a model, as far as groups go. */
export function mayOpen(caller: Caller, model: string): boolean {
  const group = plain.find((place) => place.model === model)?.group ?? INTERNAL;
  return belongsTo(caller, group);
}

/** The screens of a model, for somebody who may be there. */
export interface Place {
  caller: Member;
  model: Model;
  /** Address of the list: `/settings/users`. */
  base: string;
  /** What the list is called. */
  title: string;
}

/**
 * The place at an address. Throws Refusal `page_unknown` (404) where there is none, `not_allowed`
 * (403) or `sign_in_first` (401) for people who have no business there.
 */
export function placeAt(outside: Caller, path: string): Place {
  const known = plain.find((place) => place.path === path);
  const name = known?.model ?? (path.startsWith(GENERIC) ? path.slice(GENERIC.length) : '');
  if (!declaredModels().some((model) => model.name === name))
    throw new Refusal('page_unknown', { status: 404 });
  // The generic address of a model that has its own leads there, and asks the same.
  const place = known ?? plain.find(({ model }) => model === name);
  const caller = mustBelongTo(outside, place?.group ?? INTERNAL);
  const model = findModel(name);
  return {
    caller,
    model,
    base: addressOf(name),
    title: place ? wordsFor(caller.language).t(place.label) : modelLabel(caller.language, model),
  };
}
