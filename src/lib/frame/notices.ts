// A notice in the reader's words.
import { t, words } from '#lib/words.ts';

/** A notice as pages get it. */
export interface ShownNotice {
  id: number;
  kind: string;
  data: Record<string, unknown>;
  createdAt: Date;
  read: boolean;
}

/** Only what a sentence can hold. */
function values(data: Record<string, unknown>): Record<string, string | number> {
  const usable = Object.entries(data).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  return Object.fromEntries(usable);
}

/** Title and text of a notice; a kind that this version does not know has a title alone. */
export function tellNotice({ kind, data }: ShownNotice): { title: string; text: string } {
  const [title, text] = [`notice.${kind}.title`, `notice.${kind}.body`];
  if (!words().has(title)) return { title: t('messages.from-house'), text: '' };
  return { title: words().tell(title), text: words().tell(text, values(data)) };
}
