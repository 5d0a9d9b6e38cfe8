// Access tokens for servers that want XOAUTH2: fetched with the refresh token, from where the guard allows.
import { request } from 'node:https';
import { Refusal } from '../kernel/refusal.ts';
import { addressFor } from './guard.ts';
import type { Server } from './servers.ts';

/** Where Google hands out tokens: the preset. */
export const GOOGLE = 'https://oauth2.googleapis.com/token';

/** Answers larger than this are nobody's token. */
const LARGEST = 64 * 1024;

interface Answer {
  access_token?: string;
  expires_in?: number;
  error?: string;
  error_description?: string;
}

const kept = new Map<string, { token: string; until: number }>();

function refused(detail: string): Refusal {
  return new Refusal('mail_token_refused', { status: 422, field: 'token_url', detail });
}

/** Posts a form to an https address, at the very IP address that was checked. */
async function post(url: URL, form: URLSearchParams): Promise<string> {
  const address = await addressFor(url.hostname);
  const body = form.toString();
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method: 'POST',
      host: address,
      servername: url.hostname,
      headers: {
        host: url.host,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
      },
      timeout: 20_000,
    });
    asked.on('timeout', () => asked.destroy(new Error('the provider of tokens does not answer')));
    asked.on('error', (error) => reject(refused(error.message)));
    asked.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > LARGEST) asked.destroy(new Error('the answer is too long'));
      });
      answer.on('end', () => resolve(text));
      answer.on('error', (error) => reject(refused(error.message)));
    });
    asked.end(body);
  });
}

function read(text: string): { token: string; seconds: number } {
  let answer: Answer = {};
  try {
    answer = JSON.parse(text) as Answer;
  } catch {
    // What is no JSON is told as it came.
  }
  if (typeof answer.access_token === 'string')
    return { token: answer.access_token, seconds: Number(answer.expires_in) || 300 };
  throw refused(answer.error_description ?? answer.error ?? text.slice(0, 300));
}

/**
 * The access token for a server: the one that was given, or a fresh one for the refresh token. Throws
 * Refusal `mail_token_refused` (422), its detail the provider's words, and the guard's.
 */
export async function accessTokenFor(server: Server): Promise<string> {
  const { credentials, clientId, tokenUrl } = server;
  const { refreshToken, clientSecret, accessToken } = credentials;
  if (!refreshToken) return accessToken ?? '';
  const name = JSON.stringify([tokenUrl, clientId, refreshToken, clientSecret]);
  const known = kept.get(name);
  if (known && known.until > Date.now()) return known.token;
  const url = new URL(tokenUrl || GOOGLE);
  if (url.protocol !== 'https:') throw refused('the address must begin with https://');
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
  if (clientId) form.set('client_id', clientId);
  if (clientSecret) form.set('client_secret', clientSecret);
  const { token, seconds } = read(await post(url, form));
  if (kept.size > 1_000) kept.clear();
  // A minute early, so that it does not end under way.
  kept.set(name, { token, until: Date.now() + (seconds - 60) * 1_000 });
  return token;
}
