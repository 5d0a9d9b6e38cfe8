// The XML reader takes what clients send and refuses in milliseconds what only an attacker would.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { readXmlCall } from './xml-body.ts';
import { WireError } from './wire-error.ts';

const call = (params: string) =>
  `<?xml version="1.0"?><methodCall><methodName>execute_kw</methodName><params>${params}</params></methodCall>`;
const one = (value: string) => call(`<param><value>${value}</value></param>`);

async function read(document: string | Buffer, pieces = 7) {
  const bytes = Buffer.from(document);
  const chunks = [];
  for (let at = 0; at < bytes.length; at += pieces) chunks.push(bytes.subarray(at, at + pieces));
  const read = await readXmlCall(Readable.from(chunks, { objectMode: true }));
  if (read instanceof WireError) throw read;
  return read;
}
const valueOf = async (value: string) => (await read(one(value))).params[0];

async function refusedSoon(document: string, within = 5_000) {
  const start = performance.now();
  await assert.rejects(read(document, 65_536), { name: 'WireError' });
  assert.ok(performance.now() - start < within, 'refused in time');
}

test('every scalar is read, in whatever pieces it comes', async () => {
  assert.equal(await valueOf('<int> -12 </int>'), -12);
  assert.equal(await valueOf('<i4>7</i4>'), 7);
  assert.equal(await valueOf('<i8>9007199254740991</i8>'), 9_007_199_254_740_991);
  assert.equal(await valueOf('<double>1.5e3</double>'), 1_500);
  assert.equal(await valueOf('<boolean>1</boolean>'), true);
  assert.equal(await valueOf('<string>é &amp; &#x20AC; <![CDATA[<b>]]></string>'), 'é & € <b>');
  assert.equal(await valueOf('plain'), 'plain');
  assert.equal(await valueOf(''), '');
  assert.equal(await valueOf('<string/>'), '');
  assert.equal(await valueOf('<nil/>'), null);
  assert.equal(await valueOf('<base64>\nAAEC\nAw==</base64>'), 'AAECAw==');
  assert.equal(
    await valueOf('<dateTime.iso8601>20260301T12:30:05</dateTime.iso8601>'),
    '2026-03-01 12:30:05',
  );
});

test('lists and structs nest', async () => {
  const { method, params } = await read(
    call(`<param>
      <value><array><data> <value><int>1</int></value>
        <value><struct><member><name>a</name><value><array><data/></array></value></member>
        <member><name>__proto__</name><value>x</value></member></struct></value>
      </data></array></value> </param><param><value>two</value></param>`),
  );
  assert.equal(method, 'execute_kw');
  assert.deepEqual(params, [[1, { a: [] }], 'two']);
});

test('other encodings are read when they are declared', async () => {
  const latin = Buffer.from(one('é').replace('"1.0"', '"1.0" encoding="ISO-8859-1"'), 'latin1');
  assert.deepEqual((await read(latin)).params, ['é']);
  await assert.rejects(read(Buffer.from(one('é'), 'latin1')), { name: 'WireError' });
});

test('what is no call is refused', async () => {
  const documents = [
    '',
    'hello',
    '<methodCall/>',
    '<methodCall><methodName/></methodCall>',
    one('<int>1.5</int>'),
    one('<int>99999999999999999999</int>'),
    one('<double>nan</double>'),
    one('<boolean>2</boolean>'),
    one('<int>1</int><int>2</int>'),
    one('text<int>1</int>'),
    one('<strange/>'),
    one('<string>&unknown;</string>'),
    one('<struct><member><value>1</value></member></struct>'),
    one('<array><value/></array>'),
    one('<base64>?</base64>'),
    call('text'),
    one('x').slice(0, -4),
    `${one('x')}<methodCall/>`,
  ];
  for (const document of documents)
    await assert.rejects(read(document), { name: 'WireError' }, document);
});

// The bounds are wide for a machine that does much else; without limits these take minutes.
test('hostile documents are refused in milliseconds', async () => {
  const laughs = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i || ''};`.repeat(10)}">`).join('')}]>`;
  await refusedSoon(`<?xml version="1.0"?>${laughs}${one('&lol9;').slice(21)}`);
  await refusedSoon(`<!DOCTYPE x SYSTEM "file:///etc/passwd">${one('x').slice(21)}`);
  await refusedSoon(one('<array><data><value>'.repeat(10_000)));
  await refusedSoon(one('<struct><member><name>a</name><value>'.repeat(10_000)));
  await refusedSoon(' '.repeat(10_000_000));
  await refusedSoon(`<!--${'x'.repeat(10_000_000)}`);
  await refusedSoon('<a>'.repeat(1_000_000));
  await refusedSoon(call(`<param><value><${'a'.repeat(1_000_000)}/></value></param>`));
  await refusedSoon(one(`<array><data>${'<value/>'.repeat(600_000)}</data></array>`), 5_000);
});

test('memory stays flat under them', async () => {
  const hostile = one('<array><data><value>'.repeat(10_000));
  await assert.rejects(read(hostile, 65_536));
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < 200; round += 1) await assert.rejects(read(hostile, 65_536));
  globalThis.gc?.();
  assert.ok(process.memoryUsage().heapUsed - before < 40 * 1024 * 1024);
});

test('a body beyond the limit is not read to its end', async () => {
  const endless = Readable.from(
    (function* () {
      yield Buffer.from('<methodCall><methodName>x');
      for (;;) yield Buffer.alloc(65_536, 'x');
    })(),
  );
  await assert.rejects(readXmlCall(endless), { name: 'BodyError', status: 413 });
  endless.destroy();
});
