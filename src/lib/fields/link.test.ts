// Addresses as people type them into the link box.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkAddress } from './link.ts';

test('what people type becomes a whole address', () => {
  assert.equal(linkAddress('coop.be'), 'https://coop.be/');
  assert.equal(linkAddress(' www.coop.be/contact?a=1 '), 'https://www.coop.be/contact?a=1');
  assert.equal(linkAddress('http://coop.be'), 'http://coop.be/');
  assert.equal(linkAddress('coop.be:8069/web'), 'https://coop.be:8069/web');
  assert.equal(linkAddress('info@coop.be'), 'mailto:info@coop.be');
  assert.equal(linkAddress('mailto:info@coop.be'), 'mailto:info@coop.be');
});

test('nothing typed means no link', () => {
  assert.equal(linkAddress('   '), '');
});

test('what is no address of the web or of mail is refused', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    'two words.be',
    'coop',
    'http://',
    'file:///etc',
  ])
    assert.equal(linkAddress(text), undefined, text);
});
