// Which application and menu entry are marked as the current ones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Application } from '#server/menus/applications.ts';
import { applicationAt, entryAt, isBelow } from './where.ts';

const settings: Application = {
  id: 'settings',
  label: 'app.settings',
  href: '/settings',
  icon: 'settings',
  menus: [
    { label: 'menu.settings.general', href: '/settings' },
    {
      label: 'menu.settings.translations',
      children: [{ label: 'menu.settings.languages', href: '/settings/languages' }],
    },
  ],
};
const messages: Application = { ...settings, id: 'messages', href: '/my/messages', menus: [] };

test('a page lies below its own address and those it starts with, whole steps only', () => {
  assert.ok(isBelow('/settings', '/settings'));
  assert.ok(isBelow('/settings', '/settings/languages/add'));
  assert.ok(!isBelow('/settings', '/settings-of-others'));
});

test('the application is the one whose address the page lies below, or none', () => {
  assert.equal(applicationAt([messages, settings], '/settings/languages')?.id, 'settings');
  assert.equal(applicationAt([messages, settings], '/my/messages')?.id, 'messages');
  assert.equal(applicationAt([messages, settings], '/my/profile'), undefined);
});

test('the nearest menu entry is marked, not the one above it', () => {
  assert.equal(entryAt(settings, '/settings'), '/settings');
  assert.equal(entryAt(settings, '/settings/languages/add'), '/settings/languages');
  assert.equal(entryAt(messages, '/my/messages'), undefined);
});
