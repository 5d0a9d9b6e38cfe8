// One colour of a co-operative → colours that can be read, in the light and in the dark.

type Rgb = readonly [number, number, number];

/** What pages are drawn with; each in `#rrggbb` for the light and for the dark. */
export interface Theme {
  accent: Pair;
  onAccent: Pair;
  accentText: Pair;
}

interface Pair {
  light: string;
  dark: string;
}

/** The grounds that app.css draws text on: paper, ground, and the boxes that tell something. */
export const GROUNDS = {
  light: ['#ffffff', '#f3f5f7', '#fdeceb', '#e6f4ec', '#fdf3df'],
  dark: ['#1a2027', '#12161b', '#3b1a18', '#14301f', '#33270f'],
} as const;

/** Text (WCAG 1.4.3). */
export const READABLE = 4.5;
/** Light text on the dark is thin: it gets more than it must. */
const COMFORTABLE = 6;
/** A filled button whose words can be read already: its edge only has to be seen. */
export const VISIBLE = 1.2;

function parse(colour: string): Rgb {
  const part = (at: number) => parseInt(colour.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

function write(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [r, g, b] = parse(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours as WCAG 2 defines it, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** Moves a colour towards another, a hundredth at a time, until it stands out from all grounds. */
function standOut(
  colour: string,
  towards: string,
  grounds: readonly string[],
  least: number,
): string {
  const [from, to] = [parse(colour), parse(towards)];
  for (let step = 0; step < 100; step += 1) {
    const mixed = write(
      from.map((part, i) => part + ((to[i]! - part) * step) / 100) as unknown as Rgb,
    );
    if (grounds.every((ground) => contrast(mixed, ground) >= least)) return mixed;
  }
  return towards;
}

/** White if it can be read on the colour, else black: one of the two always can. */
function on(colour: string): string {
  return contrast('#ffffff', colour) >= READABLE ? '#ffffff' : '#000000';
}

/** The theme of a colour, given as `#rrggbb`. */
export function themeOf(colour: string): Theme {
  const { light, dark } = GROUNDS;
  const accent = {
    light: standOut(colour, '#000000', light.slice(0, 2), VISIBLE),
    dark: standOut(colour, '#ffffff', dark.slice(0, 2), VISIBLE),
  };
  return {
    accent,
    onAccent: { light: on(accent.light), dark: on(accent.dark) },
    accentText: {
      light: standOut(colour, '#000000', light, READABLE),
      dark: standOut(colour, '#ffffff', dark, COMFORTABLE),
    },
  };
}

/** The theme as a style sheet; it wins over app.css wherever it is linked. */
export function themeSheet({ accent, onAccent, accentText }: Theme): string {
  const pair = ({ light, dark }: Pair) => `light-dark(${light},${dark})`;
  return `:root:root{--accent:${pair(accent)};--on-accent:${pair(onAccent)};--accent-text:${pair(accentText)}}\n`;
}
