// What people type as the address of a link, made into one.

/**
 * `coop.be` → `https://coop.be/`, `info@coop.be` → `mailto:info@coop.be`; '' for nothing typed,
 * undefined for what is no address of the web or of mail.
 */
export function linkAddress(typed: string): string | undefined {
  const text = typed.trim();
  if (text === '') return '';
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return `mailto:${text}`;
  const whole =
    /^[a-z][a-z\d+.-]*:/i.test(text) && !/^[^/]*\.[^/]*:\d/.test(text) ? text : `https://${text}`;
  if (!URL.canParse(whole) || /\s/.test(text)) return undefined;
  const { protocol, hostname, href } = new URL(whole);
  if (protocol === 'mailto:') return href;
  const web = protocol === 'http:' || protocol === 'https:';
  return web && hostname.includes('.') ? href : undefined;
}
