// Reads an access letter as its receiver does: the code on the page is scanned.
import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import jsQR from 'jsqr';

/** All that the file holds packed, unpacked. */
export function contents(pdf: Buffer): string[] {
  const found: string[] = [];
  for (const { index, 0: head } of pdf.toString('latin1').matchAll(/stream\r?\n/g))
    try {
      found.push(inflateSync(pdf.subarray(index + head.length)).toString('latin1'));
    } catch {
      // Not packed, or the end of a stream.
    }
  return found;
}

/** The drawing of each page. */
export function drawings(pdf: Buffer): string[] {
  return contents(pdf).filter((text) => / re\b| l\b/.test(text) && text.includes(' Tf'));
}

type Point = [number, number];

/** Shapes of four corners in the drawing: the modules of the code, in its own measure. */
function shapes(drawing: string): Point[][] {
  const found: Point[][] = [];
  let open: Point[] = [];
  for (const [, x, y, act] of drawing.matchAll(/(-?[\d.]+) (-?[\d.]+) ([ml])\b/g)) {
    if (act === 'm') found.push((open = []));
    open.push([Number(x), Number(y)]);
  }
  return found.filter((corners) => corners.length === 4);
}

/** Paints the shapes as a scanner would see them. */
function paint(list: Point[][]): { data: Uint8ClampedArray; side: number } {
  const scale = 4;
  const right = Math.max(...list.flat().map(([x]) => x)) + 4;
  const side = right * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const corners of list) {
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
    for (let y = Math.min(...ys) * scale; y < Math.max(...ys) * scale; y++)
      for (let x = Math.min(...xs) * scale; x < Math.max(...xs) * scale; x++)
        data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
  }
  return { data, side };
}

/** The address that the code of a drawing holds. */
export function scan(drawing: string): URL {
  // Points a module: a code of four to five centimetres.
  const scales = [...drawing.matchAll(/([\d.]+) 0 0 ([\d.]+) 0 0 cm/g)].map(([, x]) => Number(x));
  assert.ok(scales.some((scale) => scale > 1.5 && scale < 4));
  const { data, side } = paint(shapes(drawing));
  const read = jsQR(data, side, side);
  assert.ok(read, 'the code can be read');
  return new URL(read.data);
}
