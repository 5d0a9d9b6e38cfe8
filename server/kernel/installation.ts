// What the operator decided for every tenant, kept for acts that are called without the settings.
import type { Config } from './config.ts';

/** The settings of the installation that mails and links need. */
export type Installation = Pick<Config, 'url' | 'mailHosts'> &
  Partial<Pick<Config, 'smtpUrl' | 'mailFrom'>>;

let held: Installation | undefined;

/** Keeps the settings. Answers them. */
export function holdInstallation({
  url,
  mailHosts,
  smtpUrl,
  mailFrom,
}: Installation): Installation {
  held = { url, mailHosts, smtpUrl, mailFrom };
  return held;
}

/** The settings that this process holds; it is an error to ask before the application is open. */
export function installation(): Installation {
  if (!held) throw new Error('the application is not open');
  return held;
}

/** The base address of links: the tenant's own, else the installation's; never the request's. */
export function baseOf({ url }: { url: string | null }): string {
  return url ?? installation().url;
}
