// Where Odoo 18 keeps its applications: bookmarks lead to ours.
import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';

export const GET: RequestHandler = () => redirect(303, '/home');
