// Partners through the registry: names, trees, pictures, and what archiving one must not do.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { openWorld, type World } from '#tests/world.ts';
import { execute } from '../models/execute.ts';
import type { Member } from '../store/caller.ts';

let world: World;
let admin: Member;
before(async () => {
  world = await openWorld();
  ({ administrator: admin } = await world.tenant());
});
after(() => world.close());

const call = (method: string, ...args: unknown[]) =>
  execute(admin, { model: 'res.partner', method, args, kwargs: {} });
const create = (values: Record<string, unknown>) => call('create', values) as Promise<number>;
async function read(id: number, ...fields: string[]) {
  const rows = (await call('read', [id], fields)) as Record<string, unknown>[];
  return rows[0]!;
}

test('a contact goes by the name of its organisation too, also when that changes', async () => {
  const above = await create({ name: 'Les Abeilles', company_type: 'company' });
  const id = await create({ name: 'Ana Maya', parent_id: above });
  assert.equal((await read(id, 'display_name')).display_name, 'Les Abeilles, Ana Maya');
  assert.equal((await read(above, 'is_company')).is_company, true);
  await call('write', [above], { name: 'Les Bourdons' });
  const after = await read(id, 'complete_name', 'commercial_partner_id', 'firstname', 'lastname');
  assert.equal(after.complete_name, 'Les Bourdons, Ana Maya');
  assert.deepEqual(after.commercial_partner_id, [above, 'Les Bourdons']);
  assert.deepEqual([after.firstname, after.lastname], ['Ana', 'Maya']);
});

test('nobody lies below themselves', async () => {
  const a = await create({ name: 'A' });
  const b = await create({ name: 'B', parent_id: a });
  const c = await create({ name: 'C', parent_id: b });
  await assert.rejects(call('write', [a], { parent_id: c }), { code: 'value_refused' });
  await assert.rejects(call('write', [a], { parent_id: a }), { code: 'value_refused' });
});

test('a picture goes in as base64 and comes out in every size, redrawn', async () => {
  const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#00f' } })
    .png()
    .toBuffer();
  const id = await create({ name: 'Pia Pixel', image_1920: png.toString('base64') });
  const seen = await read(id, 'image_1920', 'image_128', 'avatar_128');
  const drawn = Buffer.from(String(seen.image_128), 'base64');
  assert.equal((await sharp(drawn).metadata()).format, 'webp');
  assert.equal(seen.avatar_128, seen.image_128);
  await assert.rejects(call('write', [id], { image_1920: 'bm90IGEgcGljdHVyZQ==' }), {
    code: 'picture_unreadable',
  });
  await assert.rejects(call('write', [id], { image_1920: '<svg/>' }), { code: 'value_invalid' });
  await call('write', [id], { image_1920: false });
  assert.equal((await read(id, 'image_1920')).image_1920, false);
});

test('the partner of an active user is not archived', async () => {
  await assert.rejects(call('write', [admin.person.partnerId], { active: false }), {
    code: 'partner_has_user',
  });
});

test('a company is renamed from either side', async () => {
  const company = (method: string, ...args: unknown[]) =>
    execute(admin, { model: 'res.company', method, args, kwargs: {} });
  const id = admin.person.companyId;
  await company('write', [id], { name: 'Le Grand Pot' });
  const [named] = (await company('read', [id], ['name'])) as { name: string }[];
  assert.equal(named!.name, 'Le Grand Pot');
  const { db, tenant } = admin;
  const stored = await db
    .selectFrom('companies')
    .select('name')
    .where('tenant', '=', tenant.id)
    .executeTakeFirstOrThrow();
  assert.equal(stored.name, 'Le Grand Pot');
  await db
    .updateTable('companies')
    .set({ name: 'Le Petit Pot' })
    .where('tenant', '=', tenant.id)
    .execute();
  const partner = (await company('read', [id], ['name'])) as { name: string }[];
  assert.equal(partner[0]!.name, 'Le Petit Pot');
});
