// The shipped catalogues, and the words of each language made from them. Listed, not scanned:
// reading this tells you which languages there are and where each looks next.
import de from '#locales/de.json' with { type: 'json' };
import en from '#locales/en.json' with { type: 'json' };
import fr from '#locales/fr.json' with { type: 'json' };
import frBe from '#locales/fr_BE.json' with { type: 'json' };
import nl from '#locales/nl.json' with { type: 'json' };
import nlBe from '#locales/nl_BE.json' with { type: 'json' };
import { makeWords, type Catalogue, type Words } from '#locales/words.ts';

/** Nearest catalogue first. Of one language, the first row serves the regions we do not ship. */
const chains = new Map<string, Catalogue[]>([
  ['en_US', [en]],
  ['fr_FR', [fr, en]],
  ['fr_BE', [frBe, fr, en]],
  ['nl_NL', [nl, en]],
  ['nl_BE', [nlBe, nl, en]],
  ['de_DE', [de, en]],
]);

const made = new Map<string, Words>();

/**
 * The words of a language, made once. A region we do not ship gets its language (`fr_CH` → French),
 * a language we do not ship gets English; so any string from outside may be passed.
 */
export function wordsFor(code: string): Words {
  return made.get(code) ?? makeOnce(nearest(code));
}

function makeOnce(code: string): Words {
  const words = made.get(code) ?? makeWords(code, chains.get(code) ?? [en]);
  made.set(code, words);
  return words;
}

function nearest(code: string): string {
  const wished = code.replace('-', '_').toLowerCase();
  const language = wished.split('_', 1)[0];
  const codes = [...chains.keys()];
  return (
    codes.find((shipped) => shipped.toLowerCase() === wished) ??
    codes.find((shipped) => shipped.startsWith(`${language}_`)) ??
    'en_US'
  );
}
