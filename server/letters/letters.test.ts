// Access letters: the code on the page is read from the file itself and followed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import jsQR from 'jsqr';
import sharp from 'sharp';
import { contents, drawings, scan } from '#tests/letter.ts';
import { openWorld, type World } from '#tests/world.ts';
import { loadLanguage } from '../languages/load.ts';
import { readLink } from '../links/links.ts';
import { listNotices } from '../notices/notices.ts';
import type { Caller, Member } from '../store/caller.ts';
import { copyLink } from '../users/copy-link.ts';
import { windowLines } from './address.ts';
import { offerLetters, printLetters } from './letters.ts';

let world: World;
let caller: Caller;
let admin: Member;
/** Access rights, not settings. */
let clerk: Member;
let count = 0;

before(async () => {
  world = await openWorld();
  ({ caller, administrator: admin } = await world.tenant());
  for (const code of ['fr_BE', 'nl_BE', 'de_DE']) await loadLanguage(caller, code);
  clerk = await person({ groups: ['access_rights'] });
});
after(() => world.close());

async function person(wish: object = {}): Promise<Member> {
  const login = `p${(count += 1)}`;
  return world.person(caller, { login, name: `Łukasz Ñandú Kovácsőrsi ${count}`, ...wish });
}
const id = ({ person }: Member) => person.id;

test('each page holds the code of its person’s link, which lives as long as an invitation', async () => {
  const people = [
    await person({ language: 'fr_BE' }),
    await person({ language: 'nl_BE' }),
    await person({ language: 'de_DE' }),
  ];
  const pdf = await printLetters(clerk, people.map(id));
  const pages = drawings(pdf);
  assert.equal(pages.length, 3);
  assert.equal(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length, 3);
  for (const [i, page] of pages.entries()) {
    const address = scan(page);
    assert.equal(address.origin + address.pathname, 'http://localhost:8069/web/signup');
    assert.equal(address.searchParams.get('db'), caller.tenant.name);
    const link = await readLink(caller, address.searchParams.get('token')!);
    assert.deepEqual([link.userId, link.purpose], [id(people[i]!), 'invitation']);
  }
  const rows = await caller.db
    .selectFrom('links')
    .select(['way', 'created_at', 'expires_at'])
    .where('user_id', '=', id(people[0]!))
    .execute();
  assert.equal(rows[0]!.way, 'letter');
  assert.equal(rows[0]!.expires_at.getTime() - rows[0]!.created_at.getTime(), 144 * 3_600_000);
});

test('letters leave a trace and a notice, and the fonts hold the letters of Europe', async () => {
  const who = await person();
  const pdf = await printLetters(admin, [id(who)]);
  assert.equal((await listNotices(who))[0]!.kind, 'letter_printed');
  const events = await caller.db
    .selectFrom('account_events')
    .select(['kind', 'actor_id'])
    .where('user_id', '=', id(who))
    .execute();
  assert.deepEqual(events, [{ kind: 'letter_printed', actor_id: id(admin) }]);
  assert.match(pdf.toString('latin1'), /DejaVuSansCondensed/);
  // What a glyph means is written down for copying: the name is there, letter by letter.
  const meanings = contents(pdf)
    .filter((text) => text.includes('beginbfrange') || text.includes('beginbfchar'))
    .join('');
  for (const letter of 'ŁÑúáő')
    assert.match(meanings, new RegExp(letter.codePointAt(0)!.toString(16).padStart(4, '0'), 'i'));
});

test('the window shows name and place, and a country when it is another one', () => {
  const from = { countryCode: 'BE' } as never;
  const place = { street: 'Rue Haute 1 ', street2: '', zip: '1000', city: 'Bruxelles' };
  const to = (countryCode: string | null, names: Record<string, string> | null) =>
    ({ ...place, countryCode, country: names }) as never;
  const belgian = to('BE', { fr_FR: 'Belgique' });
  assert.deepEqual(windowLines('Marie', belgian, from, 'fr_BE'), [
    ...['Marie', 'Rue Haute 1', '1000 Bruxelles'],
  ]);
  const french = to('FR', { fr_FR: 'France', en_US: 'France' });
  assert.equal(windowLines('Marie', french, from, 'fr_BE').at(-1), 'FRANCE');
  assert.equal(windowLines('Marie', to(null, null), from, 'fr_BE').length, 3);
});

test('not for oneself, nor for people above, archived or gone: neither letters nor links', async () => {
  const good = await person();
  const gone = await person();
  await caller.db.updateTable('users').set({ active: false }).where('id', '=', id(gone)).execute();
  const tries: [Member, Member, string][] = [
    [clerk, admin, 'person_above'],
    [clerk, clerk, 'link_own'],
    [admin, admin, 'link_own'],
    [admin, gone, 'user_archived'],
    [good, await person(), 'not_allowed'],
  ];
  for (const [who, whom, code] of tries) {
    await assert.rejects(printLetters(who, [id(good), id(whom)]), { code }, code);
    await assert.rejects(offerLetters(who, [id(whom)]), { code }, code);
    await assert.rejects(copyLink(who, id(whom)), { code }, code);
  }
  assert.deepEqual(await listNotices(good), []);
});

test('a copied link is shown with a code that leads to the same, and is told', async () => {
  const who = await person();
  const first = await copyLink(clerk, id(who));
  const made = await copyLink(clerk, id(who));
  const { qr } = made;
  const side = qr.size * 4;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"
    viewBox="0 0 ${qr.size} ${qr.size}" shape-rendering="crispEdges"><rect width="100%" height="100%"
    fill="#fff"/><path d="${qr.path}"/></svg>`;
  const { data } = await sharp(Buffer.from(svg))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  assert.equal(jsQR(new Uint8ClampedArray(data), side, side)?.data, made.address);
  const token = new URL(made.address).searchParams.get('token')!;
  assert.equal((await readLink(caller, token)).userId, id(who));
  const old = new URL(first.address).searchParams.get('token')!;
  await assert.rejects(readLink(caller, old), { code: 'link_dead' });
  assert.equal((await listNotices(who))[0]!.kind, 'link_copied');
});
