// Finding a record by a piece of its name: for boxes that search while one types, and for the button
// that searches where no script runs.
import { nameSearch } from '../models/read.ts';
import { findModel, isRelational, findField } from '../models/registry.ts';
import { asking } from '../models/rights.ts';
import { INTERNAL, mustBelongTo, type Caller } from '../store/caller.ts';
import { placeAt } from './places.ts';

/** Most names of one answer. */
const MOST = 20;

/** A choice as fields take it. */
export interface Choice {
  value: string;
  label: string;
}

/**
 * Records of the model whose name holds the text. Throws Refusal `not_allowed` or `access_model`
 * (403), `model_unknown` (404).
 */
export async function lookUp(outside: Caller, model: string, text: string): Promise<Choice[]> {
  const caller = mustBelongTo(outside, INTERNAL);
  return asking(caller, async (asker) => {
    const name = text.replaceAll('\0', '').trim().slice(0, 200);
    const found = await nameSearch(asker, findModel(model), { name, limit: MOST });
    return found.map(([id, label]) => ({ value: String(id), label }));
  });
}

/** The same for a field of the form at an address. */
export async function lookUpFor(outside: Caller, path: string, field: string, text: string) {
  const { model } = placeAt(outside, path);
  const found = findField(model, field);
  return isRelational(found) ? lookUp(outside, found.to, text) : [];
}
