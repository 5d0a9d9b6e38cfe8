// How a call is written down: as a signature, and as a command to try.
import type { MethodDescription } from '#server/models/execute.ts';

/** `write(ids, vals)`; what may be left out stands in brackets. */
export function signature({ name, ids, params }: MethodDescription): string {
  const named = params.map((param) => (param.required ? param.name : `[${param.name}]`));
  return `${name}(${[...(ids ? ['ids'] : []), ...named].join(', ')})`;
}

/** A call of JSON-2 for a terminal; `$KEY` stands for an API key. */
export function curl(base: string, database: string, model: string): string {
  const body = JSON.stringify({ domain: [], fields: ['display_name'], limit: 5 });
  return [
    `curl ${base}/json/2/${model}/search_read`,
    '-H "Authorization: bearer $KEY"',
    `-H "X-Odoo-Database: ${database}"`,
    '-H "Content-Type: application/json"',
    `-d '${body}'`,
  ].join(' \\\n  ');
}
