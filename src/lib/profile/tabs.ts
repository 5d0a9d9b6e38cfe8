// The tabs of the profile, in their order. A later part of the house adds a line here and a page.
import type { Key } from '#locales/words.ts';

export const tabs: readonly { label: Key; href: string }[] = [
  { label: 'profile.preferences', href: '/my/profile' },
  { label: 'security.title', href: '/my/profile/security' },
];
