import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeDevice } from './devices.ts';

const mozilla = 'Mozilla/5.0';

test('today’s browsers are named as their owners know them', () => {
  const cases: [string, ReturnType<typeof describeDevice>][] = [
    [
      `${mozilla} (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0`,
      { browser: 'Firefox', system: 'Linux', kind: 'computer' },
    ],
    [
      `${mozilla} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`,
      { browser: 'Edge', system: 'Windows', kind: 'computer' },
    ],
    [
      `${mozilla} (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36`,
      { browser: 'Chrome', system: 'Android', kind: 'phone' },
    ],
    [
      `${mozilla} (Linux; Android 16; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/140.0 Safari/537.36`,
      { browser: 'Samsung Internet', system: 'Android', kind: 'tablet' },
    ],
    [
      `${mozilla} (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1`,
      { browser: 'Safari', system: 'iOS', kind: 'phone' },
    ],
    ['curl/8.5.0', { browser: null, system: null, kind: 'program' }],
    ['', { browser: null, system: null, kind: 'program' }],
  ];
  for (const [agent, device] of cases) assert.deepEqual(describeDevice(agent), device, agent);
});

test('a hostile description costs no time', () => {
  const start = performance.now();
  for (let i = 0; i < 200; i++) describeDevice(`Version/${'1.'.repeat(200_000)} Safari`);
  assert.ok(performance.now() - start < 500);
});
