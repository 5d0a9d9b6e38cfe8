// What a page of the co-operative's own may hold, and what never comes through.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoSite } from '../tenants/demo-site.ts';
import { cleanPage } from './clean.ts';

test('headings, paragraphs, lists, links and emphasis stay', () => {
  const body =
    '<h2>Où ?</h2><p>À <strong>Gand</strong>, <em>jeudi</em>.</p><ul><li>un</li></ul><ol><li>deux</li></ol>';
  assert.equal(cleanPage(body), body);
  assert.equal(cleanPage('<p>a<br>b</p>'), '<p>a<br />b</p>');
});

test('links keep addresses that lead somewhere, and only those', () => {
  for (const href of ['/page/documents', 'mailto:a@b.be', 'tel:+3220001000'])
    assert.equal(cleanPage(`<a href="${href}">x</a>`), `<a href="${href}">x</a>`);
  assert.equal(
    cleanPage('<a href="https://a.be/" target="_blank" onclick="x()">x</a>'),
    '<a href="https://a.be/" rel="noopener">x</a>',
  );
  for (const href of [
    'javascript:alert(1)',
    'JaVa\tscript:alert(1)',
    'data:text/html,x',
    '//evil.example',
  ])
    assert.equal(cleanPage(`<a href="${href}">x</a>`), '<a>x</a>');
});

test('scripts, styles, pictures, frames and forms go', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '<style>p{display:none}</style>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)><script>alert(1)</script></svg>',
    '<iframe src="https://evil.example"></iframe>',
    '<form action="https://evil.example"><input name="password"></form>',
    '<p style="position:fixed" onclick="alert(1)" id="main" class="told">x</p>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '<a href="java&#10;script:alert(1)">x</a>',
  ];
  for (const html of hostile)
    assert.doesNotMatch(
      cleanPage(html),
      /script|style|img|svg|frame|form|input|onclick|onerror|id=|class=/i,
    );
});

test('a heading of the first rank becomes one of the second: the page has its own', () => {
  assert.equal(
    cleanPage('<h1>Titre</h1><b>a</b><i>b</i>'),
    '<h2>Titre</h2><strong>a</strong><em>b</em>',
  );
});

test('the pages of the demonstration lose no text', () => {
  const plain = (html: string) => html.replace(/<[^>]+>/g, '');
  for (const { body } of demoSite.pages)
    for (const html of Object.values(body)) assert.equal(plain(cleanPage(html)), plain(html));
});
