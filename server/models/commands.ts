// Commands on lists of records, as Odoo's clients send them: (0,0,vals) create … (6,0,ids) replace.
import { Refusal } from '../kernel/refusal.ts';

/** One change of a list, read. */
export type Command =
  | { do: 'create'; values: Record<string, unknown> }
  | { do: 'update'; id: number; values: Record<string, unknown> }
  | { do: 'delete' | 'unlink' | 'link'; id: number }
  | { do: 'replace'; ids: number[] };

function wrong(value: unknown): Refusal {
  return new Refusal('arguments_wrong', {
    status: 422,
    values: { detail: JSON.stringify(value)?.slice(0, 100) ?? '' },
  });
}

function number(value: unknown, all: unknown): number {
  if (!Number.isInteger(value) || Math.abs(value as number) >= 2 ** 31) throw wrong(all);
  return value as number;
}

function object(value: unknown, all: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(all);
  return value as Record<string, unknown>;
}

function readOne(command: unknown): Command {
  if (!Array.isArray(command)) throw wrong(command);
  const [code, id, last] = command as [unknown, unknown, unknown];
  switch (code) {
    case 0:
      return { do: 'create', values: object(last, command) };
    case 1:
      return { do: 'update', id: number(id, command), values: object(last, command) };
    case 2:
      return { do: 'delete', id: number(id, command) };
    case 3:
      return { do: 'unlink', id: number(id, command) };
    case 4:
      return { do: 'link', id: number(id, command) };
    case 5:
      return { do: 'replace', ids: [] };
    case 6:
      if (!Array.isArray(last)) throw wrong(command);
      return { do: 'replace', ids: last.map((one) => number(one, command)) };
    default:
      throw wrong(command);
  }
}

/** Reads a list's value: commands, or plain numbers that replace. Throws Refusal `arguments_wrong` (422). */
export function readCommands(value: unknown): Command[] {
  if (value === false || value === null) return [{ do: 'replace', ids: [] }];
  if (!Array.isArray(value)) throw wrong(value);
  if (value.every((one) => typeof one === 'number'))
    return [{ do: 'replace', ids: value.map((one) => number(one, value)) }];
  return value.map(readOne);
}
