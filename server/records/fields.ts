// Which fields a screen shows to whom.
import { TECHNICAL } from '../access/names.ts';
import type { Asker, Model, ModelField } from '../models/define.ts';
import { isRelational, isStanding, targetOf } from '../models/registry.ts';
import { mayUse, seesField } from '../models/rights.ts';

/** One part of a form. The first has no name: it stands above the tabs. */
export interface Part {
  tab: string | null;
  fields: string[];
}

/** Whether the field can be shown to the asker at all. */
export function isShown(asker: Asker, field: ModelField): boolean {
  if ((field.secret && !field.acted) || !seesField(asker, field)) return false;
  if (field.technical && !asker.person.groups.has(TECHNICAL)) return false;
  // The company goes without saying for people who work in one.
  if ('to' in field && field.to === 'res.company' && asker.person.companyIds.length < 2)
    return false;
  return (
    !isRelational(field) || field.kind === 'many2one' || mayUse(asker, targetOf(field), 'read')
  );
}

function ownFields(model: Model): string[] {
  return [...model.all.values()]
    .filter(({ name, kind, delegated, stored }) => {
      const plain = !delegated && !isStanding(name) && kind !== 'binary';
      return plain && (stored || kind === 'many2many');
    })
    .map(({ name }) => name);
}

/** Names of the fields of the list, or of all that can be a column. */
export function namesOf(asker: Asker, model: Model, of: 'list' | 'all'): string[] {
  const declared = model.list ?? [model.label, ...ownFields(model).slice(0, 5)];
  const rest = of === 'all' ? [...model.all.keys()] : [];
  return [...new Set([...declared, ...rest])].filter((name) => {
    const field = model.all.get(name);
    if (!field || field.secret || field.kind === 'binary' || field.kind === 'html') return false;
    return isShown(asker, field);
  });
}

/** The parts of the form with the fields that the asker may see; empty parts are left out. */
export function partsOf(asker: Asker, model: Model): Part[] {
  const declared = model.form ?? [{ fields: ownFields(model) }];
  return declared
    .map(({ tab = null, fields }) => ({
      tab,
      fields: fields.filter((name) => {
        const field = model.all.get(name);
        return field !== undefined && isShown(asker, field);
      }),
    }))
    .filter(({ fields }) => fields.length > 0);
}

/** Whether a field can be written on a screen: it has a place to go, or an act that takes it. */
export function isEditable(model: Model, field: ModelField): boolean {
  if (field.readonly || field.kind === 'one2many') return false;
  if (field.acted) return model.acts?.write !== undefined;
  if (field.kind === 'many2many') return field.pairs !== undefined;
  return !field.sql && (model.table !== undefined || model.acts?.write !== undefined);
}
