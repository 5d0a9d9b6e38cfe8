// Pages inside: who has signed in, and what their frame shows.
import type { RequestEvent } from '@sveltejs/kit';
import { applicationsFor } from '#server/menus/applications.ts';
import { known } from '#server/languages/known.ts';
import { initials, initialsColour } from '#server/preferences/initials.ts';
import { frameIn } from '#server/site/frame.ts';
import { belongsTo, INTERNAL, type Member } from '#server/store/caller.ts';
import { shownLanguages } from '#lib/profile/languages.ts';
import { answer, memberOf } from '#lib/server/answers.ts';
import type { LayoutServerLoad } from './$types.js';

function describePerson({ person }: Member, pictureDigest: string | null) {
  const { id, name, login, email, partnerId } = person;
  return {
    id,
    name,
    login,
    email,
    initials: initials(name),
    tint: initialsColour(name),
    picture: pictureDigest && `/picture/${partnerId}/128?v=${pictureDigest}`,
  };
}

/** People who do not work here keep the public frame around their pages. */
async function publicFrame({ locals }: RequestEvent, { tenant }: Member) {
  const [language, stored] = await Promise.all([locals.settleLanguage(), locals.frame()]);
  return {
    frame: frameIn(stored, language, tenant.language),
    languages: shownLanguages(known, (code) => stored.languages.includes(code)),
  };
}

export const load: LayoutServerLoad = (event) =>
  answer(event, async () => {
    const caller = memberOf(event);
    const { companyName, colour, unread, todos, pictureDigest } = await event.locals.inside();
    const internal = belongsTo(caller, INTERNAL);
    return {
      // Reading it here brings fresh counters to every page: this runs anew for each address.
      path: event.url.pathname,
      now: caller.now(),
      timeZone: caller.timeZone,
      internal,
      person: describePerson(caller, pictureDigest),
      applications: applicationsFor(caller),
      companyName,
      colour,
      unread,
      todos,
      outside: internal ? null : await publicFrame(event, caller),
    };
  });
