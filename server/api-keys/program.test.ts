// Keys that programs make for themselves over the wire.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask } from '#tests/ask.ts';
import { openWorld, PASSWORD, type World } from '#tests/world.ts';
import { dayIn, daysAfter } from '../kernel/day.ts';
import type { Caller, Member } from '../store/caller.ts';
import { makeKey, type KeyWish } from './keys.ts';
import { recogniseKey } from './recognise.ts';

let world: World;
let visitor: Caller;
let anne: Member;
let ines: Member;

const wish: KeyWish = {
  name: 'Site web',
  lasts: '30',
  until: '',
  scope: 'all',
  models: [],
  readOnly: false,
  addresses: '',
  proof: PASSWORD,
};

before(async () => {
  world = await openWorld();
  const { caller, administrator } = await world.tenant();
  visitor = caller;
  anne = administrator;
  ines = await world.person(caller, { login: 'ines' });
});
after(() => world.close());

const keyOf = async (who: Member, more: Partial<KeyWish> = {}) =>
  (await makeKey(who, world.secret, { ...wish, ...more })).key;
const soon = () => daysAfter(dayIn('UTC', new Date()), 10);
const generate = (who: Member, key: string, more: unknown[] = ['rpc', 'Neuve', soon()]) =>
  ask(who, 'res.users.apikeys', 'generate', [key, ...more]);
const lives = async (key: unknown) => {
  const use = { protocol: 'json2', model: 'res.users', method: 'read' } as const;
  return (await recogniseKey(visitor, world.secret, String(key), use)) !== null;
};

test('a key makes another, and puts one out', async () => {
  const old = await keyOf(anne);
  const made = await generate(anne, old);
  assert.ok(await lives(made));
  await ask(anne, 'res.users.apikeys', 'revoke', [made]);
  assert.equal(await lives(made), false);
  assert.ok(await lives(old));
});

test('it is for those who keep the settings, with a whole key of their own', async () => {
  await assert.rejects(generate(ines, await keyOf(ines)), { code: 'not_allowed' });
  await assert.rejects(generate(anne, await keyOf(ines)), { code: 'key_unknown' });
  await assert.rejects(generate(anne, 'huis_nothing'), { code: 'key_unknown' });
  await assert.rejects(generate(anne, await keyOf(anne, { scope: 'read' })), {
    code: 'not_allowed',
  });
  const limits = { keyId: 1, readOnly: false, models: ['res.users.apikeys'] };
  const limited = { ...anne, person: { ...anne.person, limits } };
  await assert.rejects(generate(limited, await keyOf(anne)), { code: 'not_allowed' });
});

test('its life is the tenant’s to allow', async () => {
  const key = await keyOf(anne);
  await assert.rejects(generate(anne, key, ['rpc', 'x', false]), { code: 'key_endless' });
  await assert.rejects(generate(anne, key, ['rpc', 'x', '2099-01-01']), {
    code: 'key_lives_too_long',
  });
  await assert.rejects(generate(anne, key, ['rpc', '', soon()]), { code: 'key_name_missing' });
});

test('nobody puts out the key of somebody else', async () => {
  const key = await keyOf(ines);
  await assert.rejects(ask(anne, 'res.users.apikeys', 'revoke', [key]), { code: 'key_unknown' });
  assert.ok(await lives(key));
});
