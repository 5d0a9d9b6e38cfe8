// The sheet a mail is written on: one column that narrows to a phone, readable in the dark and without
// pictures. Every style that matters stands on its element, since some readers drop the style sheet.
import { markup, Html } from './html.ts';
import type { Paint } from './colours.ts';

/** The logo travels with the mail under this name, and is shown from there. */
export const LOGO = 'logo@huis';

/** What stands on a sheet. */
export interface Sheet {
  /** BCP 47 tag and direction of the words. */
  lang: string;
  dir: 'ltr' | 'rtl';
  subject: string;
  cooperative: string;
  paint: Paint;
  logo: boolean;
  body: readonly Html[];
  /** What to do if it was somebody else. */
  notMe: readonly Html[];
  /** How to reach the co-operative, each way one line. */
  contact: readonly Html[];
  why: Html;
}

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif";

/** Dark paper where the reader's programme asks for it; the order of names is that of the elements. */
function styles({ link }: Paint): Html {
  // Held as markup: colours are of our own making, checked by the table they come from.
  return new Html(`<style>
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:0}
p,ul{margin:0 0 16px}
ul{padding:0 0 0 20px}
li{margin:0 0 4px}
a.link{color:${link}}
.not-me p:first-child{font-weight:bold}
.not-me>:last-child,.foot>:last-child{margin-bottom:0}
@media (prefers-color-scheme:dark){
body,.ground{background:#12161b!important;color:#e8ecf1!important}
.paper{background:#1a2027!important;color:#e8ecf1!important;border-right-color:#333d49!important;border-bottom-color:#333d49!important;border-left-color:#333d49!important}
.name{color:#e8ecf1!important}
.not-me{background:#232b34!important;color:#e8ecf1!important}
.soft,.foot{color:#a5b0bd!important}
a.link{color:#e8ecf1!important}
}
@media (max-width:480px){.paper{padding:20px 16px!important}.ground{padding:0!important}}
</style>`);
}

/**
 * A button that every programme draws (Outlook colours the cell, the others the link), and below it the
 * address in full, for whoever copies it.
 */
export function button(paint: Paint, label: string, address: string, otherwise: string): Html {
  const cell = `background:${paint.button};border:1px solid ${paint.edge};border-radius:8px;mso-padding-alt:13px 22px`;
  const words = `display:inline-block;padding:13px 22px;color:${paint.onButton};font-weight:bold;text-decoration:none;border-radius:8px`;
  return markup`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 16px;border-collapse:separate"><tr><td bgcolor="${paint.button}" style="${cell}"><a href="${address}" style="${words}">${label}</a></td></tr></table>
<p class="soft" style="margin:0 0 20px;color:#525d6b;font-size:14px;line-height:1.45">${otherwise}<br><a class="link" href="${address}" style="word-break:break-all">${address}</a></p>`;
}

function head({ logo, cooperative }: Sheet): Html {
  // The name stands beside it, so the picture needs no words of its own.
  const picture = logo
    ? markup`<img src="cid:${LOGO}" width="40" height="40" alt="" style="vertical-align:middle;border:0;border-radius:6px;margin:0 12px 0 0">`
    : markup``;
  return markup`<p style="margin:0 0 24px;padding:0 0 16px;border-bottom:1px solid #7b879455;font-size:18px;line-height:1.3;font-weight:bold">${picture}<span class="name" style="vertical-align:middle;color:#1b2430">${cooperative}</span></p>`;
}

function notMePart({ notMe, paint }: Sheet): Html {
  if (notMe.length === 0) return markup``;
  return markup`<div class="not-me" style="margin:24px 0 0;padding:14px 16px;background:#f3f5f7;border-inline-start:4px solid ${paint.edge};border-radius:4px;font-size:15px">${notMe}</div>`;
}

function foot({ cooperative, contact, why }: Sheet): Html {
  const ways = contact.map((way) => markup`<br>${way}`);
  return markup`<div class="foot" style="padding:16px 24px 24px;color:#525d6b;font-size:13px;line-height:1.5"><p style="margin:0 0 8px"><strong>${cooperative}</strong>${ways}</p><p style="margin:0 0 8px">${why}</p></div>`;
}

/** The whole HTML of a mail. */
export function draw(sheet: Sheet): string {
  const { lang, dir, subject, paint, body } = sheet;
  const paper = `padding:28px 32px;background:#ffffff;color:#1b2430;border:1px solid #d5dbe2;border-top:4px solid ${paint.edge};border-radius:8px`;
  const whole = markup`<!doctype html>
<html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no, date=no, address=no"><title>${subject}</title>
${styles(paint)}</head>
<body class="ground" style="margin:0;padding:0;background:#f3f5f7;color:#1b2430"><div class="ground" role="article" aria-label="${subject}" lang="${lang}" dir="${dir}" style="padding:24px 8px;background:#f3f5f7;${FONT};font-size:16px;line-height:1.5;overflow-wrap:anywhere">
<table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;margin:0 auto;table-layout:fixed"><tr><td style="${FONT};font-size:16px;line-height:1.5;overflow-wrap:anywhere">
<div class="paper" style="${paper}">
${head(sheet)}
${body}
${notMePart(sheet)}
</div>
${foot(sheet)}
</td></tr></table>
</div></body></html>
`;
  return whole.markup;
}
