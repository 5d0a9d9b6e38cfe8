// What browsers and programs of today send, and what somebody would who means harm.
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
    [
      `${mozilla} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15`,
      { browser: 'Safari', system: 'macOS', kind: 'computer' },
    ],
    [
      `${mozilla} (iPad; CPU OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/156.0 Mobile/15E148 Safari/604.1`,
      { browser: 'Chrome', system: 'iPadOS', kind: 'tablet' },
    ],
    [
      `${mozilla} (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/147.0 Mobile/15E148 Safari/605.1.15`,
      { browser: 'Firefox', system: 'iOS', kind: 'phone' },
    ],
    [
      `${mozilla} (Android 16; Mobile; rv:147.0) Gecko/147.0 Firefox/147.0`,
      { browser: 'Firefox', system: 'Android', kind: 'phone' },
    ],
    [
      `${mozilla} (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36 EdgA/156.0.0.0`,
      { browser: 'Edge', system: 'Android', kind: 'phone' },
    ],
    [
      `${mozilla} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 OPR/121.0.0.0`,
      { browser: 'Opera', system: 'Windows', kind: 'computer' },
    ],
    [
      `${mozilla} (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Ubuntu Chromium/156.0.0.0 Chrome/156.0.0.0 Safari/537.36`,
      { browser: 'Chromium', system: 'Linux', kind: 'computer' },
    ],
    [
      `${mozilla} (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36`,
      { browser: 'Chrome', system: 'ChromeOS', kind: 'computer' },
    ],
    [`${mozilla} (compatible; Robot/1.0)`, { browser: null, system: null, kind: 'program' }],
    ['python-requests/2.32.3', { browser: null, system: null, kind: 'program' }],
    ['Python/3.13 aiohttp/3.11 (Linux)', { browser: null, system: 'Linux', kind: 'program' }],
    ['Odoo Firefox/1 importer', { browser: null, system: null, kind: 'program' }],
    ['curl/8.5.0', { browser: null, system: null, kind: 'program' }],
    ['', { browser: null, system: null, kind: 'program' }],
  ];
  for (const [agent, device] of cases) assert.deepEqual(describeDevice(agent), device, agent);
});

test('a hostile description costs no time', () => {
  const start = performance.now();
  for (let i = 0; i < 200; i++) describeDevice(`Version/${'1.'.repeat(200_000)} Safari`);
  assert.ok(performance.now() - start < 5_000);
});
