// Names of records for boxes that search while one types.
import { json } from '@sveltejs/kit';
import { lookUp } from '#server/records/lookup.ts';
import { answer } from '#lib/server/answers.ts';
import { readerOf } from '#lib/server/records.ts';
import type { RequestHandler } from './$types.js';

export const GET: RequestHandler = (event) =>
  answer(event, async () => {
    const text = event.url.searchParams.get('q') ?? '';
    return json(await lookUp(await readerOf(event), event.params.model, text));
  });
