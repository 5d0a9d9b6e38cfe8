// The catalogues among themselves, and against the code that uses them. Each test lists every
// offending key at once, so that one run is enough to mend them all.
import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { IntlMessageFormat } from 'intl-messageformat';
import { models } from '../server/catalogue.ts';
import { known } from '../server/languages/known.ts';
import { STEPS as mailSteps } from '../server/mail/failures.ts';
import { COMMON, kinds as mailKinds } from '../server/mail/kinds.ts';
import { declaredModels, declareModels } from '../server/models/registry.ts';

const home = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, home), 'utf8');

const catalogues = new Map<string, Record<string, string>>(
  readdirSync(new URL('locales', home))
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file.slice(0, -'.json'.length), JSON.parse(read(`locales/${file}`))]),
);
const english = catalogues.get('en') ?? {};
const everySentence = [...catalogues].flatMap(([name, catalogue]) =>
  Object.entries(catalogue).map(([key, sentence]) => ({ name, key, sentence })),
);

const sources = globSync(['server/**/*', 'src/**/*', 'locales/words.ts'], { cwd: home })
  .filter((path) => /\.(ts|js|svelte|sql|html)$/.test(path) && !/\.test\.ts$/.test(path))
  .map((path) => ({ path, text: read(path) }));

/** Every match of the pattern's only group in the sources, with the files it stands in. */
function found(pattern: RegExp): Map<string, string> {
  const all = sources.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map(([, what = '']): [string, string] => [what, path]),
  );
  return new Map(all);
}

const literals = found(/(?=['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`])/g);
const told = found(/(?<![\w$])(?:t|tell)\(\s*['"`]([^'"`$]+)['"`]/g);

/** Codes of refusals: what stands between `new Refusal(` and its particulars. */
const refused = new Set(
  [...found(/new Refusal\(([^,)]*)/g).keys()].flatMap((argument) =>
    [...argument.matchAll(/'([^']+)'/g)].map(([, code = '']) => code),
  ),
);

/** Keys put together at run time: the prefix, and every ending it can get. */
const assembled: { prefix: string; endings: Iterable<string> }[] = [
  { prefix: 'refusal.', endings: refused },
  {
    prefix: 'refusal.wording_',
    endings: ['subject_missing', 'body_missing', 'placeholder', 'link_missing', 'link_inside'],
  },
  {
    prefix: 'notice.',
    endings: [
      'welcome',
      'password_changed',
      'password_given',
      'link_copied',
      'letter_printed',
      'email_changed',
      'new_device',
      'api_key_created',
      'api_key_expiring',
      'api_key_revoked',
      'reset_unreachable',
      'mail_failed',
    ].flatMap((kind) => [`${kind}.title`, `${kind}.body`]),
  },
  {
    prefix: 'mail.',
    endings: Object.entries(mailKinds).flatMap(([kind, { link, notMe }]) => [
      `${kind}.subject`,
      `${kind}.body`,
      ...(link ? [`${kind}.button`] : []),
      ...(notMe ? [`${kind}.not-me`] : []),
    ]),
  },
  {
    prefix: 'mail-kind.',
    endings: Object.keys(mailKinds).flatMap((kind) => [kind, `${kind}.when`]),
  },
  {
    prefix: 'mail-variable.',
    endings: [...COMMON, ...Object.values(mailKinds).flatMap(({ variables }) => variables)],
  },
  { prefix: 'mail-words.state.', endings: ['original', 'own', 'changed', 'shared'] },
  { prefix: 'mail-failure.', endings: mailSteps },
  {
    prefix: 'event.',
    endings: [
      'link_mailed',
      'link_copied',
      'letter_printed',
      'password_given',
      'password_by_link',
      'reset_asked',
      'reset_unreachable',
      'address_asked',
      'address_cancelled',
      'address_confirmed',
      'address_changed',
      'address_undone',
    ],
  },
];
const assembledKeys = assembled.flatMap(({ prefix, endings }) =>
  [...endings].map((ending) => prefix + ending),
);

declareModels(models);

/** Where the word of a field or choice is looked for, as the registry does: the model's own, the shared one. */
const wordsOfModels = declaredModels().flatMap((model) => [
  [`model.${model.name}`],
  ...[...model.all.values()]
    .filter(({ delegated }) => !delegated)
    .flatMap((field) => [
      [`field.${model.name}.${field.name}`, `field.${field.name}`],
      ...(field.kind === 'selection' && Array.isArray(field.options) ? field.options : []).map(
        (option: string) => [
          `choice.${model.name}.${field.name}.${option}`,
          `choice.${field.name}.${option}`,
        ],
      ),
    ]),
  ...(model.form ?? []).flatMap(({ tab }) => (tab === undefined ? [] : [[`tab.${tab}`]])),
  ...(model.filters ?? []).map(({ name }) => [`filter.${model.name}.${name}`, `filter.${name}`]),
  ['filter.archived'],
]);

/** Of these some have a word and most need none. */
const helpOfModels = declaredModels().flatMap((model) =>
  [...model.all.keys()].map((name) => `help.${model.name}.${name}`),
);

const modelKeys = [
  ...wordsOfModels.flatMap((keys) => keys.filter((key) => key in english).slice(0, 1)),
  ...helpOfModels,
];

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

function parse(sentence: string, name: string): Element[] {
  const locale = name.replace('_', '-');
  return new IntlMessageFormat(sentence, locale, undefined, { ignoreTag: true }).getAst();
}

function branches(element: Element): [string, Element[]][] {
  if (!('options' in element)) return [];
  return Object.entries(element.options).map(([option, { value }]) => [option, value]);
}

/** By the parser's number for it. Languages differ in plurals: a counted thing is a number. */
const kinds = ['', 'text', 'number', 'date', 'time', 'select', 'number'];

/** `count: number`, `who: select a|b|other` … of a sentence, sorted. */
function placeholders(elements: Element[]): string[] {
  const here = elements.flatMap((element) => {
    const kind = kinds[element.type];
    const inside = branches(element).flatMap(([, branch]) => placeholders(branch));
    if (!kind || !('value' in element)) return inside;
    const options = branches(element).map(([option]) => option);
    const choice = kind === 'select' ? ` ${options.toSorted().join('|')}` : '';
    return [`${element.value}: ${kind}${choice}`, ...inside];
  });
  return [...new Set(here)].sort();
}

/** What people read: the sentence and each of its branches, with ￼ where a value goes. */
function texts(elements: Element[]): string[] {
  const text = elements.map((element) => (element.type === 0 ? element.value : '\ufffc')).join('');
  const inside = elements.flatMap(branches).flatMap(([, branch]) => texts(branch));
  return [text, ...inside];
}

function none(offences: string[], what: string) {
  assert.equal(offences.length, 0, `${what}:\n  ${offences.join('\n  ')}`);
}

test('the catalogues are those of the known languages', () => {
  const listed = new Set(known.flatMap(({ fallback }) => fallback));
  assert.deepEqual([...catalogues.keys()].sort(), [...listed].sort());
});

test('every language has exactly the keys of English, a region none of its own', () => {
  const offences = [...catalogues].flatMap(([name, catalogue]) => {
    const foreign = Object.keys(catalogue).filter((key) => !(key in english));
    const missing = Object.keys(english).filter((key) => !(key in catalogue));
    const wanted = name.includes('_') ? [] : missing;
    return [
      ...foreign.map((key) => `${name} has ${key}, which English lacks`),
      ...wanted.map((key) => `${name} lacks ${key}`),
    ];
  });
  none(offences, 'keys that are not in every language');
});

test('every sentence parses, says something and is plain text', () => {
  const offences = everySentence.flatMap(({ name, key, sentence }) => {
    if (sentence.trim() !== sentence || !sentence) return [`${name} ${key}: empty or padded`];
    if (/<\/?[a-z]/i.test(sentence)) return [`${name} ${key}: markup is shown as it stands`];
    try {
      parse(sentence, name);
      return [];
    } catch (error) {
      return [`${name} ${key}: ${String(error)}`];
    }
  });
  none(offences, 'sentences that cannot be shown');
});

test('a sentence has the same placeholders in every language', () => {
  const offences = everySentence.flatMap(({ name, key, sentence }) => {
    const wanted = placeholders(parse(english[key] ?? '', 'en')).join(', ');
    const has = placeholders(parse(sentence, name)).join(', ');
    return has === wanted ? [] : [`${name} ${key}: {${has}} where English has {${wanted}}`];
  });
  none(offences, 'placeholders that differ');
});

test('plurals name only the forms their language has', () => {
  const offences = everySentence.flatMap(({ name, key, sentence }) => {
    const has = new Intl.PluralRules(name.replace('_', '-')).resolvedOptions().pluralCategories;
    const options = (elements: Element[]): string[] =>
      elements.flatMap((element) => [
        ...(element.type === 6 ? Object.keys(element.options) : []),
        ...branches(element).flatMap(([, branch]) => options(branch)),
      ]);
    const strange = options(parse(sentence, name)).filter(
      (option) => !option.startsWith('=') && !has.some((category) => category === option),
    );
    return strange.map((option) => `${name} ${key}: never "${option}"`);
  });
  none(offences, 'plural forms that never come');
});

test('every key is used somewhere', () => {
  const used = new Set([...literals.keys(), ...assembledKeys, ...modelKeys]);
  const offences = Object.keys(english).filter((key) => !used.has(key));
  none(offences, 'keys that nothing uses');
});

test('every key that the code asks for exists', () => {
  const asked = [...told].filter(([key]) => !(key in english));
  const offences = [
    ...asked.map(([key, path]) => `${key} (${path})`),
    ...assembledKeys.filter((key) => !(key in english)),
    ...wordsOfModels
      .filter((keys) => !keys.some((key) => key in english))
      .map((keys) => keys.join(' or ')),
  ];
  none(offences, 'keys without a sentence');
});

test('apostrophes are typographic: a straight one escapes placeholders in ICU', () => {
  const offences = everySentence.filter(({ sentence }) => sentence.includes("'"));
  none(
    offences.map(({ name, key, sentence }) => `${name} ${key}: ${sentence}`),
    'straight apostrophes',
  );
});

test('French keeps a non-breaking space before : ; ! ? and inside « »', () => {
  const breaking = / [:;!?»]|« /;
  const missing = /[\p{L}\p{N})\ufffc][:;!?](?![\w/])|«(?![\u00a0\u202f])|(?<![\u00a0\u202f ])»/u;
  const offences = everySentence
    .filter(({ name }) => name.startsWith('fr'))
    .filter(({ name, sentence }) =>
      texts(parse(sentence, name)).some((text) => breaking.test(text) || missing.test(text)),
    );
  none(
    offences.map(({ name, key, sentence }) => `${name} ${key}: ${sentence}`),
    'French punctuation without its non-breaking space',
  );
});
