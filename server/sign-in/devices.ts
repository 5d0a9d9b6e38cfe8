// A browser's own description in words people know. For lists only: anybody can claim to be anything.

/** What a user agent seems to be. */
export interface Device {
  browser: string | null;
  system: string | null;
  kind: 'computer' | 'phone' | 'tablet' | 'program';
}

const LONGEST = 512;

// The order matters: Edge, Opera and Samsung also say Chrome, and Chrome also says Safari.
export const browsers: readonly [RegExp, string][] = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'],
  [/\bOPR\/|\bOPiOS\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bChromium\//, 'Chromium'],
  [/\bHeadlessChrome\/|\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*\bSafari\//, 'Safari'],
];

export const systems: readonly [RegExp, string][] = [
  [/\biPad\b/, 'iPadOS'],
  [/\biPhone\b|\biPod\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

/** Systems of what one carries about. */
export const mobileSystems: readonly string[] = ['iPadOS', 'iOS', 'Android'];

function nameIn(list: readonly [RegExp, string][], text: string): string | null {
  return list.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** Names browser, system and kind of a User-Agent header; unknown parts are null. */
export function describeDevice(userAgent: string): Device {
  const text = userAgent.slice(0, LONGEST);
  const browser = nameIn(browsers, text);
  const system = nameIn(systems, text);
  // Every browser calls itself Mozilla; curl, Python and their like give their own name first.
  if (!text.startsWith('Mozilla/') || (!browser && !system))
    return { browser: null, system, kind: 'program' };
  const tablet = system === 'iPadOS' || (system === 'Android' && !/\bMobile\b/.test(text));
  const phone = !tablet && (system === 'iOS' || system === 'Android');
  return { browser, system, kind: tablet ? 'tablet' : phone ? 'phone' : 'computer' };
}
