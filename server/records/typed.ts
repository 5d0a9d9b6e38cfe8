// What people type into a form, as the values that the registry takes: dates and numbers in the
// reader's way of writing them, lists as what was added and taken away.
import { Refusal } from '../kernel/refusal.ts';
import type { ModelField } from '../models/define.ts';
import { localeTag, numberLocale } from '#locales/words.ts';
import { isRowId } from '../kernel/row-id.ts';

/** The fields of a posted form, by name; beside `x` stands `xWas`, what the page was made with. */
export type Typed = Readonly<Record<string, string>>;

/** Who typed. */
interface Reader {
  language: string;
  timeZone: string;
}

const lines = (text: string) => text.replace(/\r\n?/g, '\n');

/** What is wrong is wrong with this field. */
const at = ({ name }: ModelField) => ({ status: 422, field: name });

const separators = new Map<string, { group: string; decimal: string }>();

function separatorsOf(locale: string) {
  let known = separators.get(locale);
  if (!known) {
    const parts = new Intl.NumberFormat(numberLocale(locale)).formatToParts(1234567.5);
    const find = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
    known = { group: find('group'), decimal: find('decimal') };
    separators.set(locale, known);
  }
  return known;
}

/** `1.006,5` as a Belgian writes it, `1,006.5` as an American does; NaN for what is no number. */
export function readNumber(text: string, locale: string): number {
  const { group, decimal } = separatorsOf(locale);
  const bare = text.replace(/[\s\u00a0\u202f’']/g, '').replaceAll('−', '-');
  const [whole = '', ...fraction] = bare.split(decimal);
  if (fraction.length > 1) return NaN;
  const grouped = group.trim() !== '' && whole.includes(group);
  // Groups stand by three: what does not is a slip, not a number.
  if (grouped && !isGrouped(whole, group)) return NaN;
  const plain = [grouped ? whole.replaceAll(group, '') : whole, ...fraction].join('.');
  return /^-?(?:\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
}

function isGrouped(whole: string, group: string): boolean {
  const [first = '', ...rest] = whole.replace(/^-/, '').split(group);
  return /^\d{1,3}$/.test(first) && rest.every((part) => /^\d{3}$/.test(part));
}

function numberFrom(text: string, field: ModelField, { language }: Reader): number | false {
  if (text.trim() === '') return false;
  const number = readNumber(text, localeTag(language));
  if (Number.isNaN(number) || (field.kind === 'integer' && !Number.isInteger(number)))
    throw field.kind === 'integer'
      ? new Refusal('whole_number_invalid', at(field))
      : new Refusal('number_invalid', at(field));
  return number;
}

/** Day, month and year in the order the reader writes them. */
function dayOrder(locale: string): string[] {
  return new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric' })
    .formatToParts(new Date(0))
    .map(({ type }) => type)
    .filter((type) => type !== 'literal');
}

/** A day as browsers send it, or as the reader writes it: `2026-03-01`, `01/03/2026`. */
function dayFrom(text: string, field: ModelField, { language }: Reader): string {
  const parts = text.trim().split(/[-/. ]+/);
  const order = /^\d{4}-/.test(text.trim())
    ? ['year', 'month', 'day']
    : dayOrder(localeTag(language));
  const part = (name: string) => Number(parts[order.indexOf(name)]);
  try {
    const fields = { year: part('year'), month: part('month'), day: part('day') };
    if (parts.length !== 3 || fields.year < 1000) throw new Refusal('date_invalid', at(field));
    return Temporal.PlainDate.from(fields, { overflow: 'reject' }).toString();
  } catch {
    throw new Refusal('date_invalid', at(field));
  }
}

/** A moment in the reader's zone, as UTC. */
function momentFrom(text: string, field: ModelField, reader: Reader): string {
  const [day = '', time = '00:00'] = text.trim().split(/[T ]+(?=\d{1,2}:)/);
  try {
    return Temporal.PlainDateTime.from(`${dayFrom(day, field, reader)}T${time}`)
      .toZonedDateTime(reader.timeZone)
      .toInstant()
      .toString({ smallestUnit: 'second' })
      .slice(0, 19)
      .replace('T', ' ');
  } catch {
    throw new Refusal('date_invalid', at(field));
  }
}

function idFrom(text: string, field: ModelField): number | false {
  if (text === '') return false;
  if (!isRowId(Number(text))) throw new Refusal('choice_invalid', at(field));
  return Number(text);
}

/** Commands for what was ticked and what was not any more. */
function commandsFrom(typed: Typed, name: string): [number, number][] {
  const numbers = (pattern: RegExp, holds: (value: string) => boolean) =>
    Object.entries(typed).flatMap(([key, value]) => {
      const id = Number(pattern.exec(key)?.[1]);
      return isRowId(id) && holds(value) ? [id] : [];
    });
  const start = name.replaceAll('.', '\\.');
  const now = numbers(new RegExp(`^${start}:(\\d{1,10})$`), () => true);
  const was = numbers(new RegExp(`^${start}:(\\d{1,10})Was$`), (value) => value !== '');
  const added = Number(typed[`${name}Add`] ?? '');
  if (isRowId(added) && !now.includes(added)) now.push(added);
  return [
    ...was.filter((id) => !now.includes(id)).map((id): [number, number] => [3, id]),
    ...now.filter((id) => !was.includes(id)).map((id): [number, number] => [4, id]),
  ];
}

/** The value of one field. Throws Refusal `number_invalid`, `date_invalid`, `choice_invalid` … (422, field). */
function valueFrom(text: string, field: ModelField, reader: Reader): unknown {
  switch (field.kind) {
    case 'boolean':
      return text === 'on';
    case 'integer':
    case 'float':
      return numberFrom(text, field, reader);
    case 'date':
      return text.trim() === '' ? false : dayFrom(text, field, reader);
    case 'datetime':
      return text.trim() === '' ? false : momentFrom(text, field, reader);
    case 'many2one':
      return idFrom(text, field);
    default:
      return text === '' ? false : lines(text);
  }
}

/**
 * What was changed in a field: undefined when nothing was, or when it is not in the form at all.
 * Rich text and files are not read here.
 */
export function changeOf(typed: Typed, field: ModelField, reader: Reader): unknown {
  const { name, kind } = field;
  if (kind === 'many2many') {
    const commands = commandsFrom(typed, name);
    return commands.length > 0 ? commands : undefined;
  }
  const was = typed[`${name}Was`];
  const text = typed[name] ?? '';
  if (was === undefined || lines(was) === lines(text)) return undefined;
  return valueFrom(text, field, reader);
}
