// The co-operative's colour in mails: what can be read on it, and whether it can be read itself.

/** Relative luminance as WCAG 2 defines it, of `#rrggbb`. */
function luminance(colour: string): number {
  const share = (at: number) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * share(1) + 0.7152 * share(3) + 0.0722 * share(5);
}

/** Contrast of two colours as WCAG 2 defines it, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (light! + 0.05) / (dark! + 0.05);
}

const PAPER = { light: '#ffffff', dark: '#1a2027' };
const INK = '#1b2430';
/** Can be told from both papers. */
const GREY = '#7b8794';

/** What a mail is drawn with beside its greys. */
export interface Paint {
  button: string;
  onButton: string;
  /** The button's edge: seen on light and dark paper, whatever the colour. */
  edge: string;
  /** Links on light paper. */
  link: string;
}

/** The paint of a colour, `#rrggbb`. */
export function paintOf(colour: string): Paint {
  const seen = Math.min(contrast(colour, PAPER.light), contrast(colour, PAPER.dark)) >= 1.5;
  return {
    button: colour,
    onButton: contrast(colour, '#ffffff') >= 4.5 ? '#ffffff' : '#000000',
    edge: seen ? colour : GREY,
    link: contrast(colour, PAPER.light) >= 4.5 ? colour : INK,
  };
}
