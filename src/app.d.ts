import type { Inside, Recognised } from '#server/sign-in/sessions.ts';
import type { Entrance } from '#server/site/entrance.ts';
import type { StoredFrame } from '#server/site/frame.ts';
import type { Caller } from '#server/store/caller.ts';
import type { Words } from '#locales/words.ts';
import type { IncomingMessage } from 'node:http';

declare global {
  namespace App {
    interface Error {
      /** The catalogue key of the sentence, without `refusal.`; absent for SvelteKit's own errors. */
      code?: string;
      values?: Record<string, string | number>;
      /** A mark to find the failure in the log by. */
      mark?: string;
    }
    interface Locals {
      /** Who asks and in which tenant; undefined while no tenant is known. */
      caller?: Caller;
      /** Who speaks, when somebody has signed in. */
      recognised?: Recognised;
      /** What the frame shows to them, read at most once a request: with the session for a page to read. */
      inside(): Promise<Inside>;
      /** What was read of the tenant for a visitor who opens a page. */
      entrance?: Entrance;
      /** The database this browser is to remember from now on. */
      chosenDatabase?: string;
      /** The public frame, read at most once a request. */
      frame(): Promise<StoredFrame>;
      /** The reader's language code, settled from preference, cookie, browser and tenant. */
      settleLanguage(): Promise<string>;
      /** The settled language, or English before that. */
      language: string;
      /** The status of a page that is no plain success: 410 of a dead link. */
      status?: number;
      /** Whether the connection is encrypted: decides on cookie names and flags. */
      secure: boolean;
    }
    interface PageData {
      /** Made by the root layout on both sides; a server load has only the language. */
      words?: Words;
      language?: string;
      /** What the banner of a test database says. */
      practice?: { from: string | null; mailbox: string | null } | null;
    }
    interface Platform {
      req: IncomingMessage;
    }
  }
}

export {};
