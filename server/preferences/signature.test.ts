import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cleanSignature, signatureToText, textToSignature } from './signature.ts';

test('bold, italic, links and lists stay; all else goes and its text stays', async () => {
  const cases: [string, string][] = [
    ['<p>Hi <b>a</b> <i>b</i></p>', '<p>Hi <strong>a</strong> <em>b</em></p>'],
    ['<ul><li>x</li></ul>', '<ul><li>x</li></ul>'],
    [
      '<a href="https://x.be" onclick="y()" target="_blank">z</a>',
      '<a href="https://x.be" rel="noopener nofollow">z</a>',
    ],
    ['<a href="javascript:alert(1)">z</a>', '<a rel="noopener nofollow">z</a>'],
    ['<a href="JaVa\tScRiPt:alert(1)">z</a>', '<a rel="noopener nofollow">z</a>'],
    ['<a href="//evil.example">z</a>', '<a rel="noopener nofollow">z</a>'],
    ['<script>alert(1)</script>a', 'a'],
    ['<style>*{}</style>a', 'a'],
    ['<img src=x onerror=alert(1)>a', 'a'],
    ['<p style="position:fixed" class="x">a</p>', '<p>a</p>'],
    ['<h1>a</h1>', 'a'],
    ['<p><br></p>', ''],
    ['<p>&nbsp;</p>', ''],
    ['', ''],
  ];
  for (const [html, clean] of cases) assert.equal(await cleanSignature(html), clean, html);
});

test('what was cleaned once is clean, whatever was sent', async () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<b>',
    '</b>',
    '<svg>',
    '<math>',
    '<mi>',
    '<a href="',
    '">',
    'javascript:',
    '<!--',
    '-->',
    '<script>',
    '</script>',
    '<style>',
    '<img onerror=',
    '&lt;',
    '&#60;',
    '<',
    '>',
    '"',
    "'",
    'x',
    ' ',
    '</li>',
    '<li>',
    '<textarea>',
    '<noscript>',
    '<template>',
    '\u0000',
    '&amp;lt;',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 14 }), async (pieces) => {
      const clean = await cleanSignature(pieces.join(''));
      assert.equal(await cleanSignature(clean), clean);
      assert.doesNotMatch(clean, /<(?!\/?(p|br|strong|em|u|a|ul|ol|li)[\s/>])/i);
      assert.doesNotMatch(clean, /<[^>]*\son\w+\s*=/i);
    }),
    { numRuns: 2_000 },
  );
});

test('ten thousand characters at most', async () => {
  assert.ok(await cleanSignature(`<p>${'a'.repeat(9_000)}</p>`));
  await assert.rejects(cleanSignature(`<p>${'a'.repeat(10_001)}</p>`), {
    code: 'signature_too_long',
    field: 'signature',
  });
  await assert.rejects(cleanSignature('<b></b>'.repeat(50_000)), { code: 'signature_too_long' });
});

test('the plain form reads well, and plain text becomes paragraphs', () => {
  const html =
    '<p>Marie &amp; co<br />tel</p><ul><li>a</li><li>b</li></ul><p><a href="https://x.be">site</a></p>';
  assert.equal(signatureToText(html), 'Marie & co\ntel\n- a\n- b\n\nsite <https://x.be>');
  assert.equal(
    textToSignature('Marie\r\nLambert\n\n<b>'),
    '<p>Marie<br />Lambert</p><p>&lt;b&gt;</p>',
  );
  assert.equal(textToSignature('  \n '), '');
  assert.equal(signatureToText(textToSignature('a\nb\n\nc')), 'a\nb\nc');
});
