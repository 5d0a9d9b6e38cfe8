// What the preferences form holds when nothing was typed yet.
import type { ShownLanguage } from './languages.ts';

export interface Preferences {
  notificationType: string;
  /** Code of the language chosen, or of the one in use while none is. */
  language: string;
  /** '' while none is chosen. */
  timeZone: string;
  email: string;
  signature: string;
  signatureText: string;
}

export interface Offered {
  languages: ShownLanguage[];
  /** From `packZones`. */
  zones: string;
  /** Only those who work here may be told things inside. */
  inbox: boolean;
  /** Whether the person may load more languages. */
  addsLanguages: boolean;
}
