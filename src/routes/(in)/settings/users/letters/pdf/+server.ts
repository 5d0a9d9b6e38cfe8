// Access letters as a file.
import { printLetters } from '#server/letters/letters.ts';
import { readPicked } from '#server/records/acts.ts';
import { answer, readForm } from '#lib/server/answers.ts';
import { readerOf } from '#lib/server/records.ts';
import type { RequestHandler } from './$types.js';

export const POST: RequestHandler = (event) =>
  answer(event, async () => {
    const form = await readForm(event);
    const pdf = await printLetters(await readerOf(event), readPicked(form.names('')));
    return new Response(new Uint8Array(pdf), {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': 'inline; filename="letters.pdf"',
        'cache-control': 'no-store',
      },
    });
  });
