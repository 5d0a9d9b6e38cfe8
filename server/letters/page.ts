// The page of an access letter, in millimetres: A4, folded in three for a C5/6 envelope whose window is on
// the right (NF Z 11-001; Belgian post takes the same).
import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';
import type { Qr } from '../links/qr.ts';

/** What a letter says, in its reader's language. */
export interface LetterPage {
  /** The lines in the window. */
  to: string[];
  /** The co-operative and its place. */
  from: string[];
  date: string;
  subject: string;
  greeting: string;
  /** Paragraphs before the code. */
  opening: string[];
  /** What to sign in with: label and value. */
  facts: [label: string, value: string][];
  qr: Qr;
  /** Beside the code. */
  beside: string[];
  /** Above the address in readable type, and that address. */
  typed: string;
  address: string;
  /** Paragraphs after the code. */
  closing: string[];
}

type Document = InstanceType<typeof PDFDocument>;

const require = createRequire(import.meta.url);

/** Fonts that hold the letters of all languages of Europe; only what is used is embedded. */
export const FONTS = {
  plain: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
  mono: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf'),
};

const mm = (length: number) => (length * 72) / 25.4;

const LEFT = 25;
const WIDTH = 160;
/** The window: 100 mm by 45 mm, 20 mm from the right and the lower edge; the paper may slip inside it. */
const WINDOW = { left: 110, top: 50, width: 80, line: 5 };
const FOLDS = [99, 198];
const QR_SIDE = 48;

/** Characters of a line of the address in readable type. */
const TYPED = 64;

function head(doc: Document, { from, to, date }: LetterPage, logo: Buffer | null): void {
  if (logo) doc.image(logo, mm(LEFT), mm(14), { fit: [mm(16), mm(16)] });
  const beside = logo ? LEFT + 20 : LEFT;
  const [name = '', ...place] = from;
  doc
    .font('bold')
    .fontSize(11)
    .text(name, mm(beside), mm(15), { width: mm(75) });
  doc.font('plain').fontSize(9);
  for (const line of place) doc.text(line, { width: mm(75) });
  doc.fontSize(10.5);
  to.forEach((line, i) =>
    doc.text(line, mm(WINDOW.left), mm(WINDOW.top + i * WINDOW.line), {
      width: mm(WINDOW.width),
      height: mm(WINDOW.line),
      ellipsis: true,
    }),
  );
  doc.fontSize(10).text(date, mm(WINDOW.left), mm(90), { width: mm(WINDOW.width) });
}

function folds(doc: Document): void {
  doc.lineWidth(0.3).strokeColor('#888');
  for (const y of FOLDS) doc.moveTo(mm(5), mm(y)).lineTo(mm(10), mm(y)).stroke();
}

function paragraphs(doc: Document, texts: readonly string[]): void {
  for (const text of texts) doc.text(text, { width: mm(WIDTH) }).moveDown(0.6);
}

function facts(doc: Document, list: LetterPage['facts']): void {
  for (const [label, value] of list) {
    doc.font('plain').text(`${label} `, { continued: true, width: mm(WIDTH) });
    doc.font('bold').text(value);
  }
  doc.font('plain').moveDown(0.8);
}

function code(doc: Document, { qr, beside }: LetterPage): void {
  const top = doc.y;
  doc
    .save()
    .translate(mm(LEFT), top)
    .scale(mm(QR_SIDE) / qr.size)
    .path(qr.path)
    .fill('#000')
    .restore();
  doc.y = top + mm(6);
  for (const text of beside)
    doc.text(text, mm(LEFT + QR_SIDE + 6), doc.y, { width: mm(WIDTH - QR_SIDE - 6) }).moveDown(0.6);
  doc.x = mm(LEFT);
  doc.y = Math.max(doc.y, top + mm(QR_SIDE + 2));
}

/** The address in lines cut where they are full, so that nothing but itself stands in them. */
function typed(doc: Document, { typed: label, address }: LetterPage): void {
  doc.text(label, mm(LEFT), doc.y, { width: mm(WIDTH) }).moveDown(0.2);
  doc.font('mono').fontSize(9.5);
  for (let at = 0; at < address.length; at += TYPED)
    doc.text(address.slice(at, at + TYPED), mm(LEFT), doc.y, { width: mm(WIDTH) });
  doc.font('plain').fontSize(10.5).moveDown(0.8);
}

/** Draws a letter on the page that is open. */
export function drawPage(doc: Document, page: LetterPage, logo: Buffer | null): void {
  doc.fillColor('#000');
  head(doc, page, logo);
  folds(doc);
  doc
    .font('bold')
    .fontSize(12)
    .text(page.subject, mm(LEFT), mm(106), { width: mm(WIDTH) });
  doc.font('plain').fontSize(10.5).moveDown(0.8);
  paragraphs(doc, [page.greeting, ...page.opening]);
  facts(doc, page.facts);
  code(doc, page);
  typed(doc, page);
  paragraphs(doc, page.closing);
}
