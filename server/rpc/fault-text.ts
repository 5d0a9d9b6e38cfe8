// The words of a fault: the catalogue's, in the caller's language, with what only programs want to know.
import type { Refusal } from '../kernel/refusal.ts';
import { wordsFor } from '../kernel/words.ts';
import { modelLabel } from '../models/describe.ts';
import { findModel } from '../models/registry.ts';
import type { Caller } from '../store/caller.ts';

type Values = Record<string, string | number>;

/** A model's label and name, for readers: `Contact`. The name itself when nobody declared it. */
function labelOf(language: string, model: unknown): string {
  try {
    return modelLabel(language, findModel(String(model)));
  } catch {
    return String(model);
  }
}

/** JSON's text in Python's quotes. */
function quoted(value: unknown): string {
  return String(value).replace(/^"(.*)"$/s, "'$1'");
}

/** Sentences for programs where the one for people says less. */
const longer: Record<string, (values: Values) => [key: string, values: Values]> = {
  access_model: (values) =>
    values.groups === '–'
      ? ['fault.access_model_nobody', values]
      : ['fault.access_model', { ...values, groups: asList(values.groups) }],
  access_rule: (values) => ['fault.access_rule', values],
  access_field: (values) => ['fault.access_field', values],
  record_missing: (values) => [
    'fault.record_missing',
    // A Python tuple: only one of one ends in a comma.
    { ...values, ids: String(values.ids).replace(/^(.*, .*),$/, '$1') },
  ],
};

function asList(names: string | number | undefined): string {
  return String(names)
    .split(', ')
    .map((name) => `\t- ${name}`)
    .join('\n');
}

/** English on the wire has typewriter quotes: clients compare. */
function plainQuotes(text: string): string {
  return text.replace(/[‘’“”]/g, "'");
}

/** What only the program's author reads, in Odoo's own English: clients look for it. */
const FOR_AUTHORS = new Set(['method_unknown', 'field_unknown', 'domain_invalid', 'value_invalid']);

/** What the fault of this refusal says to this caller, who may not be known yet. */
export function faultText(refusal: Refusal, caller: Caller | null): string {
  const { code, values: given } = refusal;
  if (code === 'arguments_wrong') return String(given.detail);
  const language = FOR_AUTHORS.has(code) ? 'en_US' : (caller?.language ?? 'en_US');
  const { tell, locale } = wordsFor(language);
  const values: Values = {
    ...given,
    label: labelOf(language, given.model),
    name: caller?.person?.name ?? '',
    user: caller?.person?.id ?? 0,
    ...('value' in given ? { value: quoted(given.value) } : {}),
  };
  const [key, filled] = longer[code]?.(values) ?? [`refusal.${code}`, values];
  const text = tell(key, filled);
  return locale.startsWith('en') ? plainQuotes(text) : text;
}

/** What a failure says that nobody foresaw: a mark to find it by, and nothing of what happened. */
export function unexpectedText(caller: Caller | null, mark: string): string {
  return wordsFor(caller?.language ?? 'en_US').t('fault.unexpected', { mark });
}
