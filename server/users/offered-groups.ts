// The groups that an administrator gives on a user's form, and which of them somebody holds.
import { withArchived } from '../models/asker.ts';
import type { Asker } from '../models/define.ts';
import { read, searchRead } from '../models/read.ts';
import { findModel } from '../models/registry.ts';
import { INTERNAL } from '../store/caller.ts';
import type { OfferedGroup } from './rights-choices.ts';

type Pair = [id: number, name: string];

/** All groups, sorted as their applications are. */
export async function offeredGroups(asker: Asker): Promise<OfferedGroup[]> {
  const [categories, groups] = [
    await searchRead(asker, findModel('ir.module.category'), { fields: ['exclusive'] }),
    await searchRead(asker, findModel('res.groups'), {
      fields: ['name', 'category_id', 'trans_implied_ids'],
    }),
  ];
  const rank = new Map(categories.map(({ id }, i) => [id, i]));
  const exclusive = new Set(categories.filter((row) => row.exclusive).map(({ id }) => id));
  const place = (row: OfferedGroup) => rank.get(row.category?.id ?? 0) ?? categories.length;
  return groups
    .map((row): OfferedGroup => {
      const pair = row.category_id as Pair | false;
      return {
        id: row.id,
        name: row.name as string,
        category:
          (pair && { id: pair[0], name: pair[1], exclusive: exclusive.has(pair[0]) }) || null,
        implies: row.trans_implied_ids as number[],
      };
    })
    .sort((a, b) => place(a) - place(b));
}

/** Those that the person holds; none for a new one. */
export async function heldGroups(asker: Asker, id: number | null): Promise<Set<number>> {
  if (id === null) return new Set();
  const [row] = await read(withArchived(asker), findModel('res.users'), [id], {
    fields: ['groups_id'],
  });
  return new Set((row?.groups_id ?? []) as number[]);
}

/** A new person starts as somebody who works here. */
export async function startingGroups(asker: Asker, groups: readonly OfferedGroup[]) {
  const [row] = await searchRead(asker, findModel('ir.model.data'), {
    domain: [['complete_name', '=', INTERNAL]],
    fields: ['res_id'],
    limit: 1,
  });
  const group = groups.find(({ id }) => id === row?.res_id);
  return new Set(group ? [group.id, ...group.implies] : []);
}
