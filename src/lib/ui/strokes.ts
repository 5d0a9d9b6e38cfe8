// The strokes of Lucide's icons as HTML, each icon written once.

/** One shape of an icon: its element and attributes, as Lucide lists them. */
type Stroke = [tag: string, attributes: Record<string, string | number>];

export interface Drawing {
  name: string;
  node: Stroke[];
}

const drawn = new Map<string, string>();

function draw([tag, attributes]: Stroke): string {
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  return `<${tag} ${written.join(' ')}></${tag}>`;
}

/** The strokes of an icon. Trusts the drawing: it comes from Lucide's own files. */
export function strokesOf({ name, node }: Drawing): string {
  let strokes = drawn.get(name);
  if (strokes === undefined) drawn.set(name, (strokes = node.map(draw).join('')));
  return strokes;
}
