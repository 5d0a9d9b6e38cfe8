// How strong a new password would be, for whoever came with a living link.
import { answer } from '#lib/server/answers.ts';
import { tellStrengthByLink } from '#lib/server/link-page.ts';
import type { RequestHandler } from './$types.js';

export const POST: RequestHandler = (event) => answer(event, () => tellStrengthByLink(event));
