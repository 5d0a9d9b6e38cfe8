// What the operator sets: environment variables, read once, refused with a clear word when wrong.
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { Refusal } from './refusal.ts';

/** The operator's settings (the outside contract in README, "Settings"). */
export interface Config {
  host: string;
  port: number;
  dataFolder: string;
  databaseUrl: string | undefined;
  workers: number;
  /** Public base address where a tenant has none of its own; no slash at the end. */
  url: string;
  /** Addresses whose forwarded headers are believed; empty: nobody's. */
  trustProxy: string[];
  secretFile: string;
  listDatabases: boolean;
  /** Mail server for tenants without one of their own: `smtp://user:password@host:587`. */
  smtpUrl: string | undefined;
  /** Sender of tenants whose co-operative has no address of its own. */
  mailFrom: string | undefined;
  /** Names of inner hosts that tenants' mail servers may be at; `*` is all. */
  mailHosts: string[];
  /** Whether mail is delivered from here; or the names of the databases it is delivered for. */
  office: boolean | string[];
}

function wholeNumber(name: string, text: string | undefined, preset: number, most: number): number {
  if (text === undefined || text === '') return preset;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new Refusal('setting_invalid', {
      detail: `${name} must be a whole number up to ${most}`,
    });
  return value;
}

function truth(name: string, text: string | undefined, preset: boolean): boolean {
  if (text === undefined || text === '') return preset;
  if (/^(true|1|yes|on)$/i.test(text)) return true;
  if (/^(false|0|no|off)$/i.test(text)) return false;
  throw new Refusal('setting_invalid', { detail: `${name} must be true or false` });
}

/** A base address: http or https, without a path, query or trailing slash. */
export function baseAddress(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username)
    throw new Refusal('setting_invalid', { detail: `${name} must be an http or https address` });
  return url.href.replace(/\/+$/, '');
}

function listed(text = ''): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

function smtpAddress(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol)) return text;
  throw new Refusal('setting_invalid', { detail: 'HUIS_SMTP_URL must be smtp:// or smtps://' });
}

function officeFor(text: string | undefined): boolean | string[] {
  const names = listed(text);
  return names.length > 1 || (names[0] && !/^(true|1|yes|on|false|0|no|off)$/i.test(names[0]))
    ? names
    : truth('HUIS_OFFICE', text, true);
}

/** Reads the settings from `env`. Throws Refusal `setting_invalid`, its detail naming the variable. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const dataFolder = resolve(env.HUIS_DATA || './data');
  const port = wholeNumber('HUIS_PORT', env.HUIS_PORT, 8069, 65_535);
  return {
    host: env.HUIS_HOST || '127.0.0.1',
    port,
    dataFolder,
    databaseUrl: env.DATABASE_URL || undefined,
    workers: wholeNumber('HUIS_WORKERS', env.HUIS_WORKERS, availableParallelism(), 256) || 1,
    url: baseAddress('HUIS_URL', env.HUIS_URL || `http://localhost:${port}`),
    trustProxy: listed(env.HUIS_TRUST_PROXY),
    secretFile: env.HUIS_SECRET_FILE ? resolve(env.HUIS_SECRET_FILE) : `${dataFolder}/secret.key`,
    listDatabases: truth('HUIS_LIST_DATABASES', env.HUIS_LIST_DATABASES, true),
    smtpUrl: smtpAddress(env.HUIS_SMTP_URL),
    mailFrom: env.HUIS_MAIL_FROM || undefined,
    mailHosts: listed(env.HUIS_MAIL_HOSTS),
    office: officeFor(env.HUIS_OFFICE),
  };
}
