// What became of somebody's links and what was done to their account, for those who help.
import { searchRead } from '../models/read.ts';
import { findModel } from '../models/registry.ts';
import { mayUse } from '../models/rights.ts';
import type { Asker } from '../models/define.ts';
import type { EventKind } from './events.ts';
import * as store from './events.store.ts';

/** A link as its helper sees it; moments are ISO date-times. */
interface LinkRow {
  id: number;
  purpose: string;
  way: string;
  state: string;
  /** Null: whoever asked at the sign-in page, or holds a link. */
  askedBy: string | null;
  createdAt: string;
}

/** Something that was done to the account. */
export interface EventRow {
  id: number;
  kind: EventKind;
  data: Record<string, string>;
  actor: string | null;
  address: string;
  createdAt: Date;
}

/** The newest of both. */
export interface History {
  links: LinkRow[];
  events: EventRow[];
  /** Whether they asked for a new password and mail has not left yet. */
  waits: boolean;
}

const SHOWN = 10;

/** The history of a person's account; null for askers who may not see links. */
export async function readHistory(asker: Asker, userId: number): Promise<History | null> {
  const model = findModel('huis.link');
  if (!mayUse(asker, model, 'read')) return null;
  const rows = await searchRead(asker, model, {
    domain: [['user_id', '=', userId]],
    fields: ['purpose', 'way', 'state', 'asked_by', 'create_date'],
    limit: SHOWN,
  });
  return {
    links: rows.map((row) => ({
      id: row.id,
      purpose: String(row.purpose),
      way: String(row.way),
      state: String(row.state),
      askedBy: Array.isArray(row.asked_by) ? String(row.asked_by[1]) : null,
      createdAt: `${String(row.create_date).replace(' ', 'T')}Z`,
    })),
    events: await store.newestOf(asker, userId, SHOWN),
    waits: await store.hasAsked(asker, userId),
  };
}
