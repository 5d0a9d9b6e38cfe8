// The colours of a tenant as a sheet of its own, kept by browsers for ever: another colour is
// another address.
import { error } from '@sveltejs/kit';
import { themeOf, themeSheet } from '#lib/ui/theme.ts';
import type { RequestHandler } from './$types.js';

export const GET: RequestHandler = ({ params }) => {
  if (!/^[0-9a-f]{6}$/.test(params.colour)) return error(404);
  return new Response(themeSheet(themeOf(`#${params.colour}`)), {
    headers: {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    },
  });
};
