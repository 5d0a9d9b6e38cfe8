// Finding a choice by any of its words, without regard to case, accents and order.

export interface Choice {
  value: string;
  label: string;
  /** More words to find it by. */
  words?: string;
}

/** `Île-de-France` → `ile de france`. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[_/\-–,.']/g, ' ');
}

/** The choices that hold the start of every word typed; all of them for nothing typed. */
export function matching(choices: Choice[], typed: string): Choice[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  return choices.filter(({ label, words = '' }) => {
    const text = ` ${plain(`${label} ${words}`)}`;
    return wanted.every((word) => text.includes(` ${word}`) || text.includes(`(${word}`));
  });
}
