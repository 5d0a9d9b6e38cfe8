// The QR code of a link, as a drawing: on a page and on paper.
import { encode } from 'uqr';

/** A square of `size` modules, white border included, and what is black in it as an SVG path. */
export interface Qr {
  size: number;
  path: string;
}

/** White modules around the code: scanners ask for four (ISO/IEC 18004, 9.1). */
const BORDER = 4;

/** The black modules of a row as horizontal bars. */
function barsOf(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x++) {
    if (!row[x] || row[x - 1]) continue;
    const end = row.indexOf(false, x);
    path += `M${x} ${y}h${(end < 0 ? row.length : end) - x}v1H${x}z`;
  }
  return path;
}

/** Draws the code of a text; it can be read with a seventh of it gone (level M). */
export function qrOf(text: string): Qr {
  const { data, size } = encode(text, { ecc: 'M', border: BORDER });
  return { size, path: data.map(barsOf).join('') };
}
