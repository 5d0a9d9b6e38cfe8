// Access letters for people without e-mail, or who would rather have paper: a link to set a password as a
// code and in readable type, one page each, ready for an envelope with a window.
import PDFDocument from 'pdfkit';
import { baseOf } from '../kernel/installation.ts';
import { wordsFor } from '../kernel/words.ts';
import { makeLinks, type NewLink } from '../links/links.ts';
import { qrOf } from '../links/qr.ts';
import type { Reader } from '../mail/readers.ts';
import type { Asker } from '../models/define.ts';
import { asking } from '../models/rights.ts';
import { notify } from '../notices/notices.ts';
import { asPng } from '../preferences/picture.ts';
import { readLogo } from '../site/logo.ts';
import { ACCESS_RIGHTS, mustBelongTo, type Caller } from '../store/caller.ts';
import { othersHelped } from '../users/copy-link.ts';
import { record } from '../users/events.ts';
import { placeLines, windowLines } from './address.ts';
import * as store from './letters.store.ts';
import { drawPage, FONTS, type LetterPage } from './page.ts';

interface Facts {
  reader: Reader;
  link: NewLink;
  to: store.StoredAddress;
  from: store.StoredAddress | undefined;
}

/** What a letter says to its reader. */
function pageFor({ tenant, now }: Caller, { reader, link, to, from }: Facts): LetterPage {
  const { t, date, dateTime } = wordsFor(reader.language);
  const { title: cooperative, name: database } = tenant;
  const base = baseOf(tenant);
  const address = base + link.path;
  const until = dateTime(link.expiresAt, reader.timeZone, 'long');
  return {
    to: windowLines(reader.name, to, from, tenant.language),
    from: [cooperative, ...(from ? placeLines(from) : [])],
    date: date(now(), 'long', reader.timeZone),
    subject: t('letter.subject', { cooperative }),
    greeting: t('letter.greeting', { name: reader.name }),
    opening: [t('letter.opening', { cooperative })],
    facts: [
      [t('letter.site'), base],
      [t('letter.database'), database],
      [t('letter.login'), reader.login],
    ],
    qr: qrOf(address),
    beside: [t('letter.scan'), t('letter.life', { until })],
    typed: t('letter.typed'),
    address,
    closing: [t('letter.keep'), t('letter.closing', { cooperative })],
  };
}

/** A document with these pages, as a file. */
async function draw(pages: readonly LetterPage[], logo: Buffer | null, title: string) {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    displayTitle: true,
    info: { Title: title },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve, reject) => doc.on('end', resolve).on('error', reject));
  for (const [name, file] of Object.entries(FONTS)) doc.registerFont(name, file);
  for (const page of pages) drawPage(doc.addPage(), page, logo);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Links that live as long as invitations, whoever they are for: letters take days. */
function linksFor(asker: Asker, readers: readonly Reader[]): Promise<NewLink[]> {
  return makeLinks(
    asker,
    readers.map(({ userId }) => ({ userId, purpose: 'invitation', way: 'letter' })),
  );
}

/** Whom letters would be printed for. Throws what `othersHelped` throws. */
export async function offerLetters(caller: Caller, ids: readonly number[]) {
  return asking(mustBelongTo(caller, ACCESS_RIGHTS), async (asker) => {
    const readers = await othersHelped(asker, ids);
    const stored = await store.addresses(asker, readers.map(partnerOf));
    const placed = new Map(stored.map((one) => [one.partnerId, placeLines(one).length > 0]));
    return readers.map(({ userId, partnerId, name, login }) => {
      return { id: userId, name, login, placed: placed.get(partnerId) ?? false };
    });
  });
}

const partnerOf = ({ partnerId }: Reader) => partnerId;

/** Prints a letter for each of these people, a page each; answers the PDF. Throws what `othersHelped` throws. */
export async function printLetters(caller: Caller, ids: readonly number[]): Promise<Buffer> {
  return asking(mustBelongTo(caller, ACCESS_RIGHTS), async (asker) => {
    const readers = await othersHelped(asker, ids);
    const links = await linksFor(asker, readers);
    const stored = await store.addresses(asker, readers.map(partnerOf));
    const addresses = new Map(stored.map((one) => [one.partnerId, one]));
    const from = await store.sender(asker);
    const pages = readers.map((reader, i) => {
      const to = addresses.get(reader.partnerId)!;
      return pageFor(asker, { reader, link: links[i]!, to, from });
    });
    await record(
      asker,
      readers.map(({ userId }) => userId),
      'letter_printed',
    );
    for (const { userId } of readers)
      await notify(asker, userId, 'letter_printed', { by: asker.person.name });
    const logo = await readLogo(asker);
    const title = wordsFor(asker.language).t('letter.menu-many');
    return draw(pages, logo ? await asPng(logo.content) : null, title);
  });
}
