// What went wrong with a mail, from what SMTP, TLS and the network said: Odoo's word for it, the step at
// which it happened (its words are `mail-failure.<step>`), and whether trying again can help.
import { isRefusal } from '../kernel/refusal.ts';

/** The steps at which a mail may fail, in the order in which a connection walks them. */
export const STEPS = [
  'no_server',
  'inner',
  'name',
  'refused',
  'unreachable',
  'greeting',
  'starttls',
  'tls_expired',
  'tls_name',
  'tls_unknown',
  'tls',
  'token',
  'login_missing',
  'login',
  'dropped',
  'slow',
  'later',
  'sender',
  'recipient',
  'nobody',
  'size',
  'content',
  'link',
  'unknown',
] as const;

/** One of them. */
export type Step = (typeof STEPS)[number];

/** Odoo's `failure_type`. */
export type FailureType =
  'unknown' | 'mail_smtp' | 'mail_email_invalid' | 'mail_email_missing' | 'mail_from_invalid';

/** Why a mail did not go. */
export interface Failure {
  type: FailureType;
  step: Step;
  /** The server's own words, for those who know them. */
  reason: string;
  /** Refused for good: trying again would get the same answer. */
  lasting: boolean;
  /** The server is at fault, not this mail: others need not try now. */
  away: boolean;
}

/** What nodemailer says beside the message. */
interface SmtpError {
  message: string;
  code?: string;
  originalCode?: string;
  timeoutType?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}

const away = (step: Step): Omit<Failure, 'reason'> => ({
  ...{ type: 'mail_smtp', step, lasting: false, away: true },
});

/** The certificate's fault by OpenSSL's or Node's words; a STARTTLS failure has the words alone. */
function certificateStep(text: string): Step | undefined {
  if (/CERT_HAS_EXPIRED|certificate has expired|CERT_NOT_YET_VALID/i.test(text))
    return 'tls_expired';
  if (/ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate/i.test(text)) return 'tls_name';
  if (/SELF_SIGNED|self[- ]signed|UNABLE_TO_(VERIFY|GET)|unable to (verify|get)/i.test(text))
    return 'tls_unknown';
  return undefined;
}

const BY_SYSTEM: Readonly<Record<string, Step>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EACCES: 'unreachable',
  ENOTFOUND: 'name',
  EAI_AGAIN: 'name',
  ENODATA: 'name',
  ECONNRESET: 'dropped',
  EPIPE: 'dropped',
};

const BY_TIMEOUT: Readonly<Record<string, Step>> = {
  CONNECT_TIMEOUT: 'unreachable',
  GREETING_TIMEOUT: 'greeting',
  SOCKET_TIMEOUT: 'slow',
};

function connectionStep({ message, code = '', originalCode = '', ...error }: SmtpError): Step {
  const certificate = certificateStep(`${code} ${originalCode} ${message}`);
  if (certificate) return certificate;
  if (code === 'ETIMEDOUT') return BY_TIMEOUT[error.timeoutType ?? ''] ?? 'unreachable';
  const system = BY_SYSTEM[originalCode] ?? BY_SYSTEM[code];
  if (system) return system;
  if (code === 'EDNS') return 'name';
  if (code === 'ETLS' && error.response !== undefined) return 'starttls';
  if (code === 'ETLS' || /EPROTO|ERR_SSL|wrong version number/.test(`${originalCode} ${message}`))
    return 'tls';
  return 'dropped';
}

/** Refused by an answer of the server, at the command it was given to. */
function byAnswer({ command = '', responseCode, response = '' }: SmtpError) {
  if (responseCode === undefined || responseCode < 500 || responseCode === 503)
    return {
      type: 'mail_smtp',
      step: 'later',
      lasting: false,
      away: responseCode === 421,
    } as const;
  // RFC 4954, 4 and 6: it wants a login first, whatever the command.
  if (responseCode === 530 || responseCode === 538) return away('login_missing');
  if (responseCode === 552 || /\b5\.3\.4\b/.test(response))
    return { type: 'unknown', step: 'size', lasting: true, away: false } as const;
  if (command.startsWith('MAIL'))
    return { type: 'mail_from_invalid', step: 'sender', lasting: true, away: false } as const;
  if (command.startsWith('RCPT'))
    return { type: 'mail_email_invalid', step: 'recipient', lasting: true, away: false } as const;
  // RFC 3463, 3.8: not allowed to send as this address is told at the end by some.
  if (/\b5\.7\.60\b|SendAsDenied/.test(response))
    return { type: 'mail_from_invalid', step: 'sender', lasting: true, away: false } as const;
  return { type: 'unknown', step: 'content', lasting: true, away: false } as const;
}

function bySmtp(error: SmtpError): Omit<Failure, 'reason'> {
  const { code, responseCode } = error;
  if (code === 'EOAUTH2') return away('token');
  if (code === 'EAUTH') {
    if (responseCode === undefined || /^(500|502|503|504)/.test(String(responseCode)))
      return away('login_missing');
    return away(responseCode < 500 ? 'later' : 'login');
  }
  if (code === 'EENVELOPE' && responseCode === undefined)
    return { type: 'mail_email_invalid', step: 'recipient', lasting: true, away: false };
  if (code === 'EMESSAGE' && responseCode === undefined)
    return { type: 'unknown', step: 'size', lasting: true, away: false };
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return byAnswer(error);
  // A greeting, or an answer to EHLO, that says to come again later.
  if (responseCode !== undefined && code !== 'ETLS') return away('later');
  return away(connectionStep(error));
}

const REFUSALS: Readonly<Record<string, Step>> = {
  mail_host_inner: 'inner',
  mail_host_unknown: 'name',
  mail_token_refused: 'token',
};

/** What an error of sending means. */
export function failureOf(error: unknown): Failure {
  if (isRefusal(error) && REFUSALS[error.code])
    return { ...away(REFUSALS[error.code]!), reason: error.detail ?? error.message };
  if (!(error instanceof Error))
    return {
      ...{ type: 'unknown', step: 'unknown', lasting: false, away: false },
      reason: String(error),
    };
  const smtp: SmtpError = { ...error, message: error.message };
  const reason = (smtp.response ?? error.message).slice(0, 1_000);
  if (smtp.code === 'EABORT') return { ...away('slow'), reason };
  if (!smtp.code) return { type: 'unknown', step: 'unknown', lasting: false, away: false, reason };
  return { ...bySmtp(smtp), reason };
}

/** Minutes until the next try, by how many there were. */
const PAUSES = [1, 5, 15, 60] as const;

/** How many minutes to wait after this many tries: ever longer ones, up to an hour. */
export function pauseAfter(attempts: number): number {
  return PAUSES[Math.min(Math.max(attempts, 1), PAUSES.length) - 1]!;
}
