// What the buttons of every record's form do.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as acts from '#server/records/acts.ts';
import { lookUpFor } from '#server/records/lookup.ts';
import { save } from '#server/records/save.ts';
import { act } from './answers.ts';
import { backTo, idOf, postedOf, readerOf } from './records.ts';

type Event = RequestEvent<{ place?: string; id: string }>;

/** The list's address: the record's without its number. */
const baseOf = ({ url }: Event) => url.pathname.slice(0, url.pathname.lastIndexOf('/'));

export const recordActions = {
  save: (event: Event) =>
    act(event, async (form) => {
      const was = idOf(event.params.id);
      const id = await save(await readerOf(event), baseOf(event), was, postedOf(form));
      backTo(event, `${baseOf(event)}/${id}`, was === null ? 'created' : 'saved');
    }),
  /** Searches where no script runs: the page comes back with all that was typed and what was found. */
  look: (event: Event) =>
    act(event, async (form) => {
      const field = form.text('look');
      const text = form.text(`${field}Search`);
      const choices = await lookUpFor(await readerOf(event), baseOf(event), field, text);
      return { typed: form.typed(), found: { field, choices } };
    }),
  archive: (event: Event) =>
    act(event, async () => {
      await acts.archive(await readerOf(event), baseOf(event), [Number(event.params.id)]);
      backTo(event, event.url.pathname, 'archived');
    }),
  unarchive: (event: Event) =>
    act(event, async () => {
      await acts.unarchive(await readerOf(event), baseOf(event), [Number(event.params.id)]);
      backTo(event, event.url.pathname, 'unarchived');
    }),
  duplicate: (event: Event) =>
    act(event, async () => {
      const ids = [Number(event.params.id)];
      const [copy] = await acts.duplicate(await readerOf(event), baseOf(event), ids);
      redirect(303, `${baseOf(event)}/${copy}?done=duplicated`);
    }),
};
