// Signatures as people write them, and as somebody would who means harm.
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
    [
      '<a href=" mailto:marie@x.be " rel="me">z</a>',
      '<a href="mailto:marie@x.be" rel="noopener nofollow">z</a>',
    ],
    ['<div>a</div><div>b</div>', 'a<br />b'],
    ['<div><div><p>a</p></div></div><p>b</p>', '<p>a</p><p>b</p>'],
    ['<p>a</p><p></p><p>b</p>', '<p>a</p><p></p><p>b</p>'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b <br />c'],
    ['<br> a <br><br>', 'a'],
    ['a &lt;b&gt; &amp;amp; &#x26; é 🌻', 'a &lt;b&gt; &amp;amp; &amp; é 🌻'],
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

test('a link that is no http, https or mailto address loses everything but its text', async () => {
  const addresses = [
    'javascript:alert(1)',
    'JaVa\tScRiPt:alert(1)',
    ' &#1;javascript&colon;alert(1)',
    'java&#x0a;script:alert(1)',
    'javascript&#58alert(1)',
    'jav\0ascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://x.be/1',
    'view-source:https://x.be',
    'file:///etc/passwd',
    'tel:1',
    '//evil.example',
    '/my/profile',
    'page',
    '#x',
    '',
    'https://',
  ];
  for (const address of addresses)
    assert.equal(await cleanSignature(`<a href="${address}">z</a>`), 'z', address);
  const mixed = '<a href="/x">a</a><a href="https://x.be">b</a><a>c</a><a href="/y">d</a>';
  assert.equal(
    await cleanSignature(mixed),
    'a<a href="https://x.be" rel="noopener nofollow">b</a>cd',
  );
});

/** One allowed element, as cleaning writes it, or text. */
const CLEAN =
  /^(?:[^<>]|<\/?(?:p|strong|em|u|ul|ol|li)>|<br \/>|<\/a>|<a href="(?:https?:|mailto:)[^"<>]*" rel="noopener nofollow">)*$/i;

test('tricks that fooled other cleaners leave nothing but text and allowed elements', async () => {
  const tricks = [
    '<scr<script>ipt>alert(1)</scr</script>ipt>',
    '<<script>alert(1)//<</script>',
    '<svg><style><img src=x onerror=alert(1)></style></svg>',
    '<svg><p><style><g title="</style><img src=x onerror=alert(1)>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(1)&gt;">',
    '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<textarea></textarea/><img src=x onerror=alert(1)>',
    '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<template><img src=x onerror=alert(1)></template>',
    '<a href="https://x.be" onmouseover="alert(1)" style="x:expression(1)">z</a>',
    '<a href=\'https://x.be/"onclick="alert(1)\'>z</a>',
    '<a href="https://x.be"onclick=alert(1)>z</a>',
    '<p/onclick=alert(1)>x',
    '<p\nstyle="background:url(javascript:1)">x',
    '<p title="<script>alert(1)</script>">x</p>',
    '<!--><img src=x onerror=alert(1)>-->',
    '<![CDATA[<img src=x onerror=alert(1)>]]>',
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "<script>">]>&a;',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '<plaintext><b>x',
    '<ul><li><b><p>x</ul></b></p><a href="https://x.be"><b><a href="https://y.be">y</b>',
    '<IMG """><SCRIPT>alert(1)</SCRIPT>">',
    '<a href="https://x.be',
    '</p></ul></a><b',
  ];
  for (const trick of tricks) {
    const clean = await cleanSignature(trick);
    assert.match(clean, CLEAN, trick);
    assert.equal(await cleanSignature(clean), clean, trick);
  }
});

test('any text at all comes out clean, and as text keeps all its words', async () => {
  const words = fc.array(fc.stringMatching(/^[\p{L}<>&"']{1,8}$/u), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), words), async (given) => {
      const text = typeof given === 'string' ? given : given.join(' ');
      const html = textToSignature(text);
      assert.match(html, CLEAN);
      if (typeof given === 'string') return;
      assert.equal(await cleanSignature(html), html);
      assert.equal(signatureToText(html), text);
    }),
  );
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
      const elements = clean.replace(/"[^"]*"/g, '""');
      assert.doesNotMatch(elements, /<(?!\/?(p|br|strong|em|u|a|ul|ol|li)[\s/>])/i);
      assert.doesNotMatch(elements, /<[^>]*\son\w+\s*=/i);
      assert.match(clean, CLEAN);
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
  // What counts is what stays.
  assert.equal(await cleanSignature('<i></i>'.repeat(3_000)), '');
});

test('markup made to be slow is cleaned or refused, and holds nobody up', async () => {
  const pieces = [
    '<p>',
    '<',
    '<a>',
    '<u>',
    '<ul><li>',
    '<a href="',
    '<svg><math>',
    '<br> ',
    '</p> ',
    '&',
  ];
  for (const piece of pieces) {
    const started = performance.now();
    await cleanSignature(piece.repeat(50_000 / piece.length)).catch(() => undefined);
    assert.ok(performance.now() - started < 15_000, piece);
  }
});

test('the plain form has a line for each paragraph and item, and says where links lead', () => {
  const cases: [string, string][] = [
    [
      '<p>Marie &amp; co<br />tel</p><ul><li>a</li><li>b</li></ul><p>x</p>',
      'Marie & co\ntel\n- a\n- b\n\nx',
    ],
    [
      '<p>a</p><ul><li><p>b</p></li><li><p>c</p><ul><li><p>d</p></li></ul></li></ul>',
      'a\n- b\n- c\n- d',
    ],
    ['<p>a</p><p>b</p>', 'a\nb'],
    ['<p>a</p><p></p><p>b</p>', 'a\n\nb'],
    ['a\n  <strong>b</strong>\nc', 'a b c'],
    [
      '<a href="https://x.be/?a=1&amp;b=2" rel="noopener nofollow"><em>site</em></a>',
      'site <https://x.be/?a=1&b=2>',
    ],
    ['<a href="https://www.x.be/" rel="noopener nofollow">www.x.be</a>', 'www.x.be'],
    ['<a href="mailto:m@x.be" rel="noopener nofollow">m@x.be</a>', 'm@x.be'],
    ['<a href="mailto:m@x.be" rel="noopener nofollow">Marie</a>', 'Marie <m@x.be>'],
    ['&lt;script&gt; &amp;lt;', '<script> &lt;'],
    ['', ''],
  ];
  for (const [html, text] of cases) assert.equal(signatureToText(html), text, html);
});

test('plain text becomes paragraphs and line breaks, never markup', () => {
  assert.equal(
    textToSignature('Marie\r\nLambert\n\n<b>'),
    '<p>Marie<br />Lambert</p><p>&lt;b&gt;</p>',
  );
  assert.equal(textToSignature('  \n '), '');
  assert.equal(textToSignature('https://x.be'), '<p>https://x.be</p>');
  assert.equal(signatureToText(textToSignature('a\nb\n\nc')), 'a\nb\nc');
});
