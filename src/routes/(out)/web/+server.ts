// The old address of the applications, as bookmarks and links in mails have it.
import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';

export const GET: RequestHandler = () => redirect(303, '/home');
