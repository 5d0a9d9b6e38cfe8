// Pictures on the real database: what is taken, what is refused, what is kept, and who sees whose.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { isRefusal } from '#server/kernel/refusal.ts';
import type { Caller, Member } from '#server/store/caller.ts';
import { openWorld, type World } from '#tests/world.ts';
import { readPicture, removePicture, savePicture } from './picture.ts';

let world: World;
let visitor: Caller;
let marie: Member;
let jan: Member;
let portal: Member;

before(async () => {
  world = await openWorld();
  visitor = (await world.tenant()).caller;
  marie = await world.person(visitor, { login: 'marie', name: 'Marie Dubois' });
  jan = await world.person(visitor, { login: 'jan', name: 'Jan Maes' });
  portal = await world.person(visitor, { login: 'els', name: 'Els Claes', portal: true });
});
after(() => world.close());

const plain = (width: number, height: number, background = '#2060c0') =>
  sharp({ create: { width, height, channels: 3, background } });

/** Left half red, right half blue. */
const twoHalves = (width: number, height: number) =>
  plain(width, height, '#ff0000').composite([
    {
      input: { create: { width: width / 2, height, channels: 3, background: '#0000ff' } },
      gravity: 'east',
    },
  ]);

async function stored(person: Member, size: number): Promise<Buffer> {
  const picture = await readPicture(person, person.person.partnerId, size);
  assert.ok(picture);
  assert.equal(picture.type, 'image/webp');
  return picture.content;
}

async function pixel(image: Buffer, left: number, top: number): Promise<number[]> {
  return [...(await sharp(image).extract({ left, top, width: 1, height: 1 }).raw().toBuffer())];
}

const refused =
  (code: string, values: Record<string, number> = {}, status = 400) =>
  (error: unknown) =>
    isRefusal(error, code) &&
    error.status === status &&
    error.field === 'picture' &&
    JSON.stringify(error.values) === JSON.stringify(values);

const formats: Record<string, (image: Sharp) => Sharp> = {
  JPEG: (image) => image.jpeg(),
  'progressive JPEG': (image) => image.jpeg({ progressive: true }),
  'CMYK JPEG': (image) => image.toColourspace('cmyk').jpeg(),
  PNG: (image) => image.png(),
  'grey PNG': (image) => image.greyscale().png(),
  '16-bit PNG': (image) => image.toColourspace('rgb16').png(),
  WebP: (image) => image.webp(),
  GIF: (image) => image.gif(),
  AVIF: (image) => image.avif({ effort: 0 }),
};

for (const [name, encode] of Object.entries(formats))
  test(`a picture in ${name} becomes two square WebP files`, async () => {
    await savePicture(marie, await encode(plain(300, 200)).toBuffer());
    for (const [size, side] of [
      [1024, 200],
      [128, 128],
    ] as const) {
      const { format, width, height } = await sharp(await stored(marie, size)).metadata();
      assert.deepEqual({ format, width, height }, { format: 'webp', width: side, height: side });
    }
  });

test('a large picture is made smaller, a small one never larger', async () => {
  await savePicture(marie, await plain(2400, 1600).jpeg().toBuffer());
  assert.equal((await sharp(await stored(marie, 1024)).metadata()).width, 1024);
  await savePicture(marie, await plain(60, 90).png().toBuffer());
  assert.equal((await sharp(await stored(marie, 1024)).metadata()).width, 60);
  assert.equal((await sharp(await stored(marie, 128)).metadata()).width, 60);
  await savePicture(marie, await plain(20_000, 1).png().toBuffer());
  assert.equal((await sharp(await stored(marie, 128)).metadata()).width, 1);
});

test('a picture taken sideways is turned upright', async () => {
  const sideways = await twoHalves(400, 400).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  await savePicture(marie, sideways);
  const image = await stored(marie, 1024);
  const [top, bottom] = [await pixel(image, 200, 20), await pixel(image, 200, 380)];
  assert.ok(top[0]! > 200 && top[2]! < 60, `red on top, not ${top.join()}`);
  assert.ok(bottom[2]! > 200 && bottom[0]! < 60, `blue below, not ${bottom.join()}`);
});

test('nothing of what a camera writes is kept: no place, no owner, no profile', async () => {
  const spoken = await plain(300, 300)
    .jpeg()
    .withExif({ IFD0: { Copyright: 'Marie' }, IFD3: { GPSLatitude: '50/1 50/1 0/1' } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret/></x:xmpmeta>')
    .withIccProfile('p3')
    .toBuffer();
  const given = await sharp(spoken).metadata();
  assert.ok(given.exif && given.xmp && given.icc, 'the test picture carries metadata');
  await savePicture(marie, spoken);
  for (const size of [1024, 128]) {
    const content = await stored(marie, size);
    const { exif, xmp, icc, iptc } = await sharp(content).metadata();
    assert.deepEqual([exif, xmp, icc, iptc], [undefined, undefined, undefined, undefined]);
    assert.ok(!/EXIF|XMP|ICCP|Marie|secret/.test(content.toString('latin1')));
  }
});

test('transparency stays, and only the first picture of an animation', async () => {
  const clear = sharp({
    create: { width: 200, height: 200, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
  });
  await savePicture(marie, await clear.png().toBuffer());
  assert.equal((await pixel(await stored(marie, 128), 5, 5))[3], 0);
  const frames = [plain(200, 200, '#ff0000'), plain(200, 200, '#0000ff')].map((f) =>
    f.png().toBuffer(),
  );
  const moving = await sharp(await Promise.all(frames), { join: { animated: true } })
    .gif()
    .toBuffer();
  await savePicture(marie, moving);
  assert.equal((await sharp(await stored(marie, 1024)).metadata()).pages, undefined);
  assert.ok((await pixel(await stored(marie, 1024), 5, 5))[0]! > 200);
});

test('the digest changes with the picture and is the same for both sizes', async () => {
  const digests = async () =>
    Promise.all(
      [1024, 128].map(
        async (size) => (await readPicture(marie, marie.person.partnerId, size))!.digest,
      ),
    );
  await savePicture(marie, await plain(200, 200, '#ff0000').png().toBuffer());
  const [red, alsoRed] = await digests();
  assert.match(red!, /^[0-9a-f]{16}$/);
  assert.equal(red, alsoRed);
  await savePicture(marie, await plain(200, 200, '#0000ff').png().toBuffer());
  assert.notEqual((await digests())[0], red);
});

test('what is no picture of these formats is refused, whatever it says it is', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>';
  const jpeg = await plain(300, 300).jpeg().toBuffer();
  const png = await plain(300, 300).png().toBuffer();
  const hostile: Record<string, Buffer> = {
    nothing: Buffer.alloc(0),
    text: Buffer.from('hello'),
    SVG: Buffer.from(svg),
    'SVG behind the first bytes of a PNG': Buffer.concat([png.subarray(0, 8), Buffer.from(svg)]),
    'SVG behind an HEIF brand': Buffer.concat([
      Buffer.from('\0\0\0\x18ftypheic'),
      Buffer.from(svg),
    ]),
    PDF: Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj'),
    'half a JPEG': jpeg.subarray(0, jpeg.length / 2),
    'half a PNG': png.subarray(0, png.length / 2),
    'only the first bytes of a WebP': Buffer.from('RIFF\0\0\0\0WEBPVP8 '),
    'only the first bytes of a GIF': Buffer.from('GIF89a'),
  };
  for (const [what, bytes] of Object.entries(hostile))
    await assert.rejects(savePicture(marie, bytes), refused('picture_unreadable'), what);
});

test('behind the look at the first bytes, the library itself is locked for other formats', async () => {
  const tiff = await plain(30, 30).tiff().toBuffer();
  await savePicture(marie, await plain(40, 40).png().toBuffer());
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  for (const bytes of [tiff, svg]) await assert.rejects(sharp(bytes).metadata());
});

test('a picture of more than 8 MiB is refused, one of exactly 8 MiB is read', async () => {
  const most = 8 * 1024 * 1024;
  const jpeg = await plain(300, 300).jpeg().toBuffer();
  const padded = (length: number) => Buffer.concat([jpeg, Buffer.alloc(length - jpeg.length)]);
  await assert.rejects(
    savePicture(marie, padded(most + 1)),
    refused('picture_too_large', { most: 8 }, 413),
  );
  await savePicture(marie, padded(most));
});

test('a picture of more than 50 megapixels is refused before it is unpacked', async () => {
  const huge = await plain(10_001, 5_000).png({ compressionLevel: 9 }).toBuffer();
  await assert.rejects(savePicture(marie, huge), refused('picture_dimensions', { most: 50 }));
  // A header that promises four thousand million pixels before the data of a hundred.
  const bomb = Buffer.from(await plain(10, 10).png().toBuffer());
  bomb.writeUInt32BE(65_535, 16);
  bomb.writeUInt32BE(65_535, 20);
  bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
  await assert.rejects(savePicture(marie, bomb), refused('picture_dimensions', { most: 50 }));
});

test('a view into a larger buffer is read as that view', async () => {
  const png = await plain(40, 40).png().toBuffer();
  const around = new Uint8Array(png.length + 20);
  around.set(png, 10);
  await savePicture(marie, around.subarray(10, 10 + png.length));
});

test('internal people see everybody, portal people themselves, visitors nobody', async () => {
  const png = await plain(40, 40).png().toBuffer();
  await savePicture(marie, png);
  await savePicture(portal, png);
  const sees = async (caller: Caller, whose: Member) =>
    (await readPicture(caller, whose.person.partnerId, 128)) !== undefined;
  assert.ok(await sees(jan, marie));
  assert.ok(await sees(jan, portal));
  assert.ok(await sees(portal, portal));
  assert.ok(!(await sees(portal, marie)));
  assert.ok(!(await sees(visitor, marie)));
  await assert.rejects(savePicture(visitor, png), (error) => isRefusal(error, 'sign_in_first'));
  await assert.rejects(removePicture(visitor), (error) => isRefusal(error, 'sign_in_first'));
});

test('nobody sees a picture of another tenant', async () => {
  await savePicture(marie, await plain(40, 40).png().toBuffer());
  const { administrator } = await world.tenant();
  assert.equal(await readPicture(administrator, marie.person.partnerId, 128), undefined);
});

test('a number that is no partner, or a size that is not kept, is nobody’s picture', async () => {
  for (const id of [0, -1, 1.5, NaN, Infinity, 2 ** 31, 2 ** 53])
    assert.equal(await readPicture(jan, id, 128), undefined, String(id));
  await savePicture(marie, await plain(40, 40).png().toBuffer());
  for (const size of [0, 127, NaN, 2 ** 40])
    assert.equal(await readPicture(marie, marie.person.partnerId, size), undefined, String(size));
});

test('removing takes one’s own picture away, in both sizes, and twice is harmless', async () => {
  const png = await plain(40, 40).png().toBuffer();
  await savePicture(marie, png);
  await savePicture(jan, png);
  await removePicture(marie);
  await removePicture(marie);
  for (const size of [1024, 128])
    assert.equal(await readPicture(marie, marie.person.partnerId, size), undefined);
  await stored(jan, 128);
});

test('many pictures at once are drawn one after the other; a crowd is asked to wait', async () => {
  const png = await plain(40, 40).png().toBuffer();
  const answers = await Promise.allSettled(
    Array.from({ length: 30 }, () => savePicture(marie, png)),
  );
  const turnedAway = answers.filter(
    (answer) => answer.status === 'rejected' && isRefusal(answer.reason, 'too_busy'),
  );
  assert.equal(turnedAway.length, 30 - 17);
  await stored(marie, 1024);
});
