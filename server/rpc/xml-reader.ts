// Reads an XML-RPC call as its bytes come in. Nothing is remembered but the values themselves; a
// document type, a wrong element or too much of anything ends it at once (billion laughs, deep nesting).
import { SaxesParser } from 'saxes';
import { DEPTH_LIMIT, NAME_LIMIT, PROLOGUE_LIMIT, VALUES_LIMIT } from './limits.ts';
import { WireError } from './wire-error.ts';
import { scalars } from './xml-values.ts';

/** A call as it stands in the document. */
export interface XmlCall {
  method: string;
  params: unknown[];
}

/** Elements that may stand inside others; scalars stand in `value`. */
const parents: Record<string, readonly string[]> = {
  methodCall: [''],
  methodName: ['methodCall'],
  params: ['methodCall'],
  param: ['params'],
  value: ['param', 'data', 'member'],
  array: ['value'],
  data: ['array'],
  struct: ['value'],
  member: ['struct'],
  name: ['member'],
};

/** Elements whose text counts. */
const holdText = new Set(['value', 'name', 'methodName', ...scalars.keys()]);

function malformed(reason: string): WireError {
  return new WireError('xml.parsers.expat.ExpatError', reason);
}

/** A list or struct that is being filled; a struct knows the name of its next member. */
interface Container {
  list: unknown[] | null;
  struct: Record<string, unknown>;
  name: string | null;
}

const NOTHING = Symbol('no value yet');

/** A reader for one document: `write` its text, then `end`. Both throw WireError. */
export class XmlReader {
  readonly #parser = new SaxesParser({ position: false });
  readonly #path: string[] = [''];
  readonly #containers: Container[] = [];
  readonly #params: unknown[] = [];
  #method = '';
  #text = '';
  #value: unknown = NOTHING;
  #values = 0;
  #prologue = 0;
  #ended = false;

  constructor() {
    this.#parser.on('error', ({ message }) => {
      throw malformed(message.replace(/^undefined:/, ''));
    });
    this.#parser.on('doctype', () => {
      throw malformed('a document type is not accepted');
    });
    this.#parser.on('opentag', ({ name }) => this.#open(name));
    this.#parser.on('closetag', ({ name }) => this.#close(name));
    this.#parser.on('text', (text) => this.#read(text));
    this.#parser.on('cdata', (text) => this.#read(text));
  }

  write(text: string): void {
    this.#parser.write(text);
    if (this.#path.length > 1 || this.#ended) return;
    this.#prologue += text.length;
    if (this.#prologue > PROLOGUE_LIMIT) throw malformed('no call where one should start');
  }

  end(): XmlCall {
    this.#parser.close();
    if (!this.#ended || this.#method === '') throw malformed('no method is named');
    return { method: this.#method, params: this.#params };
  }

  #open(name: string): void {
    const parent = this.#path.at(-1)!;
    const allowed = scalars.has(name) ? parent === 'value' : parents[name]?.includes(parent);
    if (!allowed) throw malformed(`unexpected element ${name.slice(0, 60)}`);
    if (parent === 'value' && (this.#value !== NOTHING || this.#text.trim() !== ''))
      throw malformed('a value holds one thing');
    this.#path.push(name);
    this.#text = '';
    if (name === 'value') this.#begin();
    if (name === 'data' || name === 'struct') this.#contain(name);
  }

  #begin(): void {
    this.#value = NOTHING;
    this.#values += 1;
    if (this.#values > VALUES_LIMIT) throw malformed('too many values');
  }

  #contain(name: string): void {
    if (this.#containers.length >= DEPTH_LIMIT) throw malformed('too deeply nested');
    this.#containers.push({ list: name === 'data' ? [] : null, struct: {}, name: null });
  }

  #read(text: string): void {
    if (holdText.has(this.#path.at(-1)!)) this.#text += text;
    else if (text.trim() !== '') throw malformed('text where none belongs');
  }

  #close(name: string): void {
    this.#path.pop();
    const text = this.#text;
    this.#text = '';
    const scalar = scalars.get(name);
    if (scalar) this.#value = scalar(text);
    else if (name === 'value') this.#deliver(this.#value === NOTHING ? text : this.#value);
    else if (name === 'data' || name === 'struct') this.#leave();
    else if (name === 'name') this.#containers.at(-1)!.name = this.#short(text);
    else if (name === 'methodName') this.#method = this.#short(text.trim());
    else if (name === 'methodCall') this.#ended = true;
  }

  #short(name: string): string {
    if (name.length > NAME_LIMIT) throw malformed('a name is too long');
    return name;
  }

  #leave(): void {
    const { list, struct } = this.#containers.pop()!;
    this.#value = list ?? struct;
  }

  #deliver(value: unknown): void {
    const parent = this.#path.at(-1)!;
    if (parent === 'param') this.#params.push(value);
    else if (parent === 'data') this.#containers.at(-1)!.list!.push(value);
    else this.#fill(this.#containers.at(-1)!, value);
    this.#value = NOTHING;
  }

  #fill(container: Container, value: unknown): void {
    const { struct, name } = container;
    if (name === null) throw malformed('a member without a name');
    // Assigning it would change what the struct is.
    if (name !== '__proto__') struct[name] = value;
    container.name = null;
  }
}
