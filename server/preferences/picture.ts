// A person's picture: turned upright, cut square, freed of all metadata, kept as WebP in two sizes.
import { createHash } from 'node:crypto';
import { isRefusal, Refusal } from '../kernel/refusal.ts';
import { isRowId } from '../kernel/row-id.ts';
import { makeLane } from '../passwords/lane.ts';
import { belongsTo, INTERNAL, member, type Caller } from '../store/caller.ts';
import * as store from './picture.store.ts';

/** Sides of the stored squares in pixels; a smaller original stays as small as it is. */
const LARGE = 1024;
const SMALL = 128;

const MEGABYTE = 1024 * 1024;
const MOST_BYTES = 8 * MEGABYTE;
const MEGAPIXEL = 1_000_000;
const MOST_PIXELS = 50 * MEGAPIXEL;
const QUALITY = 82;
/** Seconds a drawing may take; the largest allowed picture takes a few. */
const LONGEST = 20;

/**
 * First bytes of what we open, one character a byte: JPEG, PNG, GIF, WebP, and the AVIF and HEIF
 * brands. Neither name nor declared type is asked (ASVS 5.2.2); SVG, a document with scripts and
 * links, never gets in.
 */
const OPENINGS =
  /^(?:\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF.{4}WEBP|.{4}ftyp(?:avi|mif|msf|hei))/s;

/** The readers behind those openings; all others of the library are locked. */
const READERS = [
  'JpegBuffer',
  'UhdrBuffer',
  'PngBuffer',
  'NsgifBuffer',
  'WebpBuffer',
  'HeifBuffer',
];

/** A picture as it goes out. */
export interface Picture {
  /** Content type. */
  type: string;
  content: Buffer;
  /** Changes with the picture: for addresses and ETag. */
  digest: string;
}

/** One picture at a time: each may hold 200 MB of pixels while it is drawn. */
const inLine = makeLane({ running: 1, waiting: 16 });

let opened: ReturnType<typeof openLibrary> | undefined;

async function openLibrary() {
  const { default: sharp } = await import('sharp');
  sharp.concurrency(1);
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: READERS.map((reader) => `VipsForeignLoad${reader}`) });
  return sharp;
}

/** The drawing library, loaded at the first picture: most processes never need its memory. */
async function library() {
  opened ??= openLibrary();
  return opened;
}

function checkBytes(bytes: Buffer): void {
  if (bytes.length > MOST_BYTES)
    throw new Refusal('picture_too_large', {
      status: 413,
      field: 'picture',
      values: { most: MOST_BYTES / MEGABYTE },
    });
  if (!OPENINGS.test(bytes.toString('latin1', 0, 12)))
    throw new Refusal('picture_unreadable', { field: 'picture' });
}

/** The side of the square to cut. Throws before a single pixel is decoded if there are too many. */
async function measure(bytes: Buffer): Promise<number> {
  const sharp = await library();
  const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (width * height > MOST_PIXELS)
    throw new Refusal('picture_dimensions', {
      field: 'picture',
      values: { most: MOST_PIXELS / MEGAPIXEL },
    });
  return Math.min(width, height, LARGE);
}

/** Both sizes as WebP: the original is decoded once. */
async function draw(bytes: Buffer): Promise<{ large: Buffer; small: Buffer }> {
  const sharp = await library();
  const side = await measure(bytes);
  const { data, info } = await sharp(bytes, { failOn: 'error', limitInputPixels: MOST_PIXELS })
    .timeout({ seconds: LONGEST })
    .autoOrient()
    .toColourspace('srgb')
    .resize(side, side, { fit: 'cover', position: sharp.strategy.attention })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const square = () => sharp(data, { raw: { width, height, channels } });
  return {
    large: await square().webp({ quality: QUALITY }).toBuffer(),
    small: await square().resize(Math.min(side, SMALL)).webp({ quality: QUALITY }).toBuffer(),
  };
}

async function drawOrRefuse(bytes: Buffer) {
  try {
    return await draw(bytes);
  } catch (caught) {
    if (isRefusal(caught)) throw caught;
    throw new Refusal('picture_unreadable', { field: 'picture', detail: String(caught) });
  }
}

/** One of our own stored pictures as PNG, for programmes that know no WebP. */
export async function asPng(stored: Buffer): Promise<Buffer> {
  const sharp = await library();
  return inLine(async () => sharp(stored).png({ palette: true }).toBuffer());
}

/**
 * Makes `bytes` (JPEG, PNG, WebP, GIF, AVIF or HEIF; 8 MiB and 50 megapixels at most) the caller's
 * own picture. Throws Refusal `sign_in_first` (401), `picture_too_large` (413, `most` in MB),
 * `picture_dimensions` (`most` in megapixels), `picture_unreadable`, or `too_busy` (503).
 */
export async function savePicture(caller: Caller, bytes: Uint8Array): Promise<void> {
  await savePictureOf(caller, member(caller).person.partnerId, bytes);
}

/** The same for any partner: who may change them was asked before. */
export async function savePictureOf(
  caller: Caller,
  partnerId: number,
  bytes: Uint8Array,
): Promise<void> {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkBytes(content);
  const { large, small } = await inLine(() => drawOrRefuse(content));
  const digest = createHash('sha256').update(large).digest('hex').slice(0, 16);
  await store.write(caller, partnerId, [
    { size: LARGE, type: 'image/webp', content: large, digest },
    { size: SMALL, type: 'image/webp', content: small, digest },
  ]);
}

/** Takes the caller's own picture away, if there is one. Throws Refusal `sign_in_first` (401). */
export async function removePicture(caller: Caller): Promise<void> {
  await store.remove(caller, member(caller).person.partnerId);
}

/** Takes a partner's picture away: who may change them was asked before. */
export async function removePictureOf(caller: Caller, partnerId: number): Promise<void> {
  await store.remove(caller, partnerId);
}

/**
 * A partner's picture in size 1024 or 128. Undefined when there is none or the caller may not see
 * it: internal users see everybody's, portal people their own, visitors none.
 */
export async function readPicture(
  caller: Caller,
  partnerId: number,
  size: number,
): Promise<Picture | undefined> {
  const own = caller.person?.partnerId === partnerId;
  if (!own && !belongsTo(caller, INTERNAL)) return undefined;
  if (!isRowId(partnerId) || (size !== LARGE && size !== SMALL)) return undefined;
  return store.read(caller, partnerId, size);
}
