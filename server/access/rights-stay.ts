// The rights to change rights: they may go round, they may not go away.
import { Refusal } from '../kernel/refusal.ts';
import { findModel } from '../models/registry.ts';
import { SETTINGS, type Caller } from '../store/caller.ts';
import { readGroups } from './group-graph.ts';
import * as store from './right.store.ts';

/** Throws Refusal `rights_lost` (409) when Settings administrators could not change rights any more. After a change. */
export async function mustStayOpen(asker: Caller): Promise<void> {
  const graph = await readGroups(asker);
  const settings = graph.find(SETTINGS);
  const groups = settings === undefined ? [] : [...graph.closure([settings])];
  if (!(await store.mayChangeRights(asker, findModel('ir.model.access').id, groups)))
    throw new Refusal('rights_lost', { status: 409 });
}
