// E-mail addresses in what people type: `a@b.be, "Anne" <anne@b.be>`.
import parse from 'nodemailer/lib/addressparser';

const ADDRESS = /^[^\s@<>",;]{1,64}@[^\s@<>",;]{1,255}$/;

/** The addresses of a text, in order, each once; what is none is left out. */
export function addressesIn(text: string | null | undefined): string[] {
  const found = parse(text ?? '', { flatten: true }).map(({ address }) => address.trim());
  return [...new Set(found.filter((address) => ADDRESS.test(address)))];
}

/** Whether a text is nothing but addresses, at least one. */
export function areAddresses(text: string): boolean {
  const found = parse(text, { flatten: true });
  return found.length > 0 && found.every(({ address }) => ADDRESS.test(address.trim()));
}

/** What stands behind the @, in lower case. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
