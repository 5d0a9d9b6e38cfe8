// The co-operative's logo: the one picture that everybody may see.
import type { Picture } from '../preferences/picture.ts';
import type { Caller } from '../store/caller.ts';
import * as store from './logo.store.ts';

/** Side of the square in pixels; the frame shows it at 40. */
const SIZE = 128;

/** The logo, for visitors too; undefined while there is none. */
export async function readLogo(caller: Caller): Promise<Picture | undefined> {
  return store.readLogo(caller, SIZE);
}
