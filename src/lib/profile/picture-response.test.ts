// How long a browser may keep a picture, and that it is never run as anything else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pictureResponse } from './picture-response.ts';

const picture = { type: 'image/webp', content: Buffer.from('webp'), digest: 'abc' };

function ask(query: string, headers: Record<string, string> = {}): Response {
  const url = new URL(`http://localhost/picture/1/128${query}`);
  return pictureResponse({ url, request: new Request(url, { headers }) }, picture, 'private');
}

test('a picture under its own digest is kept for ever, but by this browser alone', async () => {
  const answer = ask('?v=abc');
  assert.equal(answer.headers.get('cache-control'), 'private, max-age=31536000, immutable');
  assert.equal(await answer.text(), 'webp');
});

test('under another address it is asked for anew, and not sent twice', () => {
  assert.equal(ask('?v=old').headers.get('cache-control'), 'private, no-cache');
  assert.equal(ask('').headers.get('cache-control'), 'private, no-cache');
  const again = ask('', { 'if-none-match': '"abc"' });
  assert.equal(again.status, 304);
  assert.equal(again.headers.get('content-type'), null);
  assert.equal(ask('', { 'if-none-match': '"old"' }).status, 200);
});

test('what somebody uploaded can do nothing', () => {
  const { headers } = ask('?v=abc');
  assert.equal(headers.get('content-type'), 'image/webp');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('content-security-policy'), "default-src 'none'; sandbox");
  assert.equal(headers.get('content-disposition'), 'inline');
});
