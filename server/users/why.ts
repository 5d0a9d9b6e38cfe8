// Why somebody may or may not do something, asked from their form.
import { explain, type Explanation } from '../access/explain.ts';
import { Refusal } from '../kernel/refusal.ts';
import { isRowId } from '../kernel/row-id.ts';
import { askerOf, withArchived } from '../models/asker.ts';
import { modelsFor } from '../models/describe.ts';
import { read } from '../models/read.ts';
import { declaredModels, findModel } from '../models/registry.ts';
import { prepare } from '../models/rights.ts';
import { ACCESS_RIGHTS, mustBelongTo, type Caller } from '../store/caller.ts';

/** The page: whom it is about, what can be asked, and the answer to what was. */
export interface Why {
  name: string;
  models: { name: string; label: string }[];
  answer: Explanation | null;
  /** The record's number cannot be one. */
  wrong: boolean;
}

/**
 * What the person with this number may do with a model, or with one of its records. Throws Refusal
 * `not_allowed` (403), `page_unknown` (404), `access_rule` (403).
 */
export async function whyMay(
  outside: Caller,
  id: number,
  { model, record }: { model: string | null; record: string },
): Promise<Why> {
  const caller = mustBelongTo(outside, ACCESS_RIGHTS);
  const asker = withArchived(askerOf(caller));
  await prepare(asker);
  const fields = ['name', 'login'];
  const [row] = await read(asker, findModel('res.users'), [id], { fields });
  if (!row) throw new Refusal('page_unknown', { status: 404 });
  const asked = declaredModels().some(({ name }) => name === model) ? model : null;
  const number = record.trim() === '' ? undefined : Number(record);
  const wrong = number !== undefined && !isRowId(number);
  return {
    name: String(row.name),
    models: await modelsFor(caller),
    answer:
      asked === null || wrong
        ? null
        : await explain(caller, { login: String(row.login), model: asked, id: number }),
    wrong,
  };
}
