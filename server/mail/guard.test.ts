// Which hosts a tenant's mail server may be at.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdInstallation } from '#server/kernel/installation.ts';
import { isRefusal } from '#server/kernel/refusal.ts';
import { addressFor, isInner } from './guard.ts';

const INNER = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.8.9.10',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.170',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '0:0:0:0:0:ffff:c0a8:0101',
  '64:ff9b::7f00:1',
  '64:ff9b::10.0.0.1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2002:c0a8:101::1',
  '3fff::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  'fd00:ec2::254',
  'not an address',
  '',
];

const PUBLIC = [
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '126.255.255.255',
  '128.0.0.1',
  '172.15.255.255',
  '172.32.0.1',
  '192.167.255.255',
  '192.169.0.1',
  '223.255.255.255',
  '::ffff:1.1.1.1',
  '64:ff9b::1.1.1.1',
  '2606:4700:4700::1111',
  '2a00:1450:4013:c07::6d',
];

test('inner addresses in every spelling are told from public ones', () => {
  assert.deepEqual(
    INNER.filter((address) => !isInner(address)),
    [],
  );
  assert.deepEqual(
    PUBLIC.filter((address) => isInner(address)),
    [],
  );
});

const hold = (mailHosts: string[]) => holdInstallation({ url: 'http://localhost', mailHosts });

const refused = async (host: string) =>
  addressFor(host).then(
    (address) => address,
    (error: unknown) => (isRefusal(error) ? error.code : String(error)),
  );

test('names and numbers that lead inside are refused, unless the operator named them', async () => {
  hold([]);
  for (const host of [
    'localhost',
    'LOCALHOST.',
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '[::1]',
    '::ffff:127.0.0.1',
    '169.254.169.254',
  ])
    assert.equal(await refused(host), 'mail_host_inner', host);
  assert.equal(await refused('nowhere.invalid'), 'mail_host_unknown');
  assert.equal(await refused('1.1.1.1'), '1.1.1.1');
  hold(['localhost', '10.9.8.7']);
  assert.equal(await refused('LocalHost.'), '127.0.0.1');
  assert.equal(await refused('10.9.8.7'), '10.9.8.7');
  assert.equal(await refused('127.0.0.1'), 'mail_host_inner', 'named is what is named');
  hold(['*']);
  assert.equal(await refused('127.0.0.1'), '127.0.0.1');
});
