// One model for authors of programs: its fields, its methods, and a call to start from.
import { app } from '#server/app.ts';
import { Refusal } from '#server/kernel/refusal.ts';
import { modelsFor, type FieldDescription } from '#server/models/describe.ts';
import { execute, methodsOf } from '#server/models/execute.ts';
import type { Crumb } from '#lib/frame/crumbs.ts';
import { answer, memberOf } from '#lib/server/answers.ts';
import type { PageServerLoad } from './$types.js';

const ATTRIBUTES = ['type', 'string', 'help', 'required', 'readonly', 'relation'];

function toRow([name, field]: [string, FieldDescription]) {
  return {
    name,
    type: field.type,
    label: String(field.string),
    help: typeof field.help === 'string' ? field.help : '',
    required: field.required === true,
    readonly: field.readonly === true,
    relation: typeof field.relation === 'string' ? field.relation : null,
  };
}

export const load: PageServerLoad = (event) =>
  answer(event, async () => {
    await event.locals.settleLanguage();
    const caller = memberOf(event);
    const name = event.params.model;
    const models = await modelsFor(caller);
    const model = models.find((one) => one.name === name);
    if (!model) throw new Refusal('model_unknown', { status: 404, values: { model: name } });
    const fields = await execute(caller, {
      model: name,
      method: 'fields_get',
      args: [null, ATTRIBUTES],
      kwargs: { context: { lang: caller.language } },
    });
    return {
      crumbs: [{ label: 'doc.title', href: '/doc' }, { name: model.label }] satisfies Crumb[],
      model,
      known: models.map((one) => one.name),
      fields: Object.entries(fields as Record<string, FieldDescription>).map(toRow),
      methods: methodsOf(name),
      base: caller.tenant.url ?? app().config.url,
      database: caller.tenant.name,
    };
  });
