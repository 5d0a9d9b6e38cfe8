// What a database may do before anybody has decided anything: the base groups, and the rights and rules
// that the models are declared with. Each is offered once a database, so that an administrator who
// changes or deletes one is not overruled by the next version (decision 0014).
import { declaredModels } from '../models/registry.ts';
import type { Model } from '../models/define.ts';
import { inTransaction, type Caller } from '../store/caller.ts';
import type { Store } from '../store/open.ts';
import { baseCategories, baseGroups } from './base-groups.ts';
import * as store from './install.store.ts';

/** A declared right as the row it becomes. */
function rightsOf({ id, name, rights }: Model): store.Right[] {
  return Object.entries(rights).map(([group, letters]) => ({
    name: `${name} ${group === '*' ? 'everybody' : group}`,
    model_id: id,
    group: group === '*' ? null : group,
    ...store.flags(letters),
  }));
}

/** A declared rule as the row it becomes. */
function rulesOf({ id, rules = [] }: Model): store.Rule[] {
  return rules.map(({ name, domain, groups, operations = 'rwcu' }) => ({
    name,
    model_id: id,
    domain_force: domain,
    groups: [...groups],
    ...store.flags(operations),
  }));
}

function everything() {
  const models = declaredModels();
  return {
    categories: baseCategories,
    groups: baseGroups,
    rights: models.flatMap(rightsOf),
    rules: models.flatMap(rulesOf),
  };
}

type Offer = ReturnType<typeof everything>;

/** What each part of the offer is remembered as. */
function marksOf({ categories, groups, rights, rules }: Offer): string[] {
  return [
    ...categories.map(({ externalId }) => `category ${externalId}`),
    ...groups.map(({ externalId }) => `group ${externalId}`),
    ...rights.map(({ name }) => `right ${name}`),
    ...rules.map(({ name }) => `rule ${name}`),
  ];
}

/** The part of the offer that was not made before. */
function newIn(offer: Offer, made: ReadonlySet<string>): Offer {
  return {
    categories: offer.categories.filter(({ externalId }) => !made.has(`category ${externalId}`)),
    groups: offer.groups.filter(({ externalId }) => !made.has(`group ${externalId}`)),
    rights: offer.rights.filter(({ name }) => !made.has(`right ${name}`)),
    rules: offer.rules.filter(({ name }) => !made.has(`rule ${name}`)),
  };
}

/** Brings the caller's tenant what it was not offered yet; a second time changes nothing. */
export async function installAccess(outside: Caller): Promise<void> {
  await inTransaction(outside, async (caller) => {
    const offer = everything();
    const made = new Set(await store.lockOffered(caller));
    const fresh = newIn(offer, made);
    await store.insertCategories(caller, fresh.categories);
    await store.insertGroups(caller, fresh.groups);
    await store.insertRights(caller, fresh.rights);
    await store.insertRules(caller, fresh.rules);
    await store.noteOffered(caller, [...new Set([...made, ...marksOf(offer)])]);
  });
}

/** Numbers of the tenants that were made by an older version and lack something of the offer. */
export async function tenantsToBring({ installation }: Pick<Store, 'installation'>) {
  return store.lacking(installation, marksOf(everything()));
}
