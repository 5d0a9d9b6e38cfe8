// Reads the live schema back: the dump that reviews compare (schema.sql) and the types that
// queries use (tables.ts). `npm run schema` writes both; a test fails when they differ.
import pg from 'pg';

interface Column {
  table: string;
  name: string;
  type: string;
  nullable: boolean;
  preset: string | null;
  generated: boolean;
  identity: string;
}

const COLUMNS = `
  select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
    not a.attnotnull as nullable, pg_get_expr(d.adbin, d.adrelid) as preset,
    a.attgenerated <> '' as generated, a.attidentity as identity
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped
  order by c.relname collate "C", a.attnum`;

const CONSTRAINTS = `
  select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as line
  from pg_constraint k join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  where k.contype in ('p', 'u', 'f', 'c')
  order by c.relname collate "C", k.conname collate "C"`;

const INDEXES = `
  select tablename as table, indexdef as line from pg_indexes i where schemaname = 'public'
    and not exists (select from pg_constraint k where k.conname = i.indexname)
  order by tablename collate "C", indexname collate "C"`;

// Roles differ from one installation to the next: everybody but huis_server is "the owner".
const POLICIES = `
  select tablename as table, format('policy %s for %s to %s using (%s) with check (%s)',
    policyname, cmd, case when roles::text = '{public}' then 'public' else 'the owner' end,
    coalesce(qual, ''), coalesce(with_check, '')) as line
  from pg_policies where schemaname = 'public' order by tablename collate "C", policyname collate "C"`;

const RIGHTS = `
  select c.relname as table, format('row security %s%s; huis_server may %s', c.relrowsecurity,
    case when c.relforcerowsecurity then ' forced' else '' end,
    coalesce(nullif(concat_ws(', ',
      case when has_table_privilege('huis_server', c.oid, 'select') then 'select' end,
      case when has_table_privilege('huis_server', c.oid, 'insert') then 'insert' end,
      case when has_table_privilege('huis_server', c.oid, 'update') then 'update' end,
      case when has_table_privilege('huis_server', c.oid, 'delete') then 'delete' end), ''),
      'nothing on the whole table')) as line
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind = 'r' order by c.relname collate "C"`;

interface Line {
  table: string;
  line: string;
  name?: string;
}

async function read<Row extends pg.QueryResultRow>(url: string, query: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(query)).rows;
  } finally {
    await client.end();
  }
}

function columnLine(column: Column): string {
  const extra = column.generated
    ? ` generated (${column.preset})`
    : column.identity
      ? ' identity'
      : column.preset
        ? ` default ${column.preset}`
        : '';
  return `  ${column.name} ${column.type}${column.nullable ? '' : ' not null'}${extra}`;
}

/** The schema in words that do not depend on the server's version: one block a table. */
export async function dumpSchema(url: string): Promise<string> {
  const columns = await read<Column>(url, COLUMNS);
  const lines: Line[] = [];
  for (const query of [CONSTRAINTS, INDEXES, POLICIES, RIGHTS])
    lines.push(...(await read<Line>(url, query)));
  const tables = [...new Set(columns.map(({ table }) => table))];
  const blocks = tables.map((table) =>
    [
      `table ${table}`,
      ...columns.filter((column) => column.table === table).map(columnLine),
      ...lines
        .filter((line) => line.table === table)
        .map(({ name, line }) => `  ${name ? `${name}: ` : ''}${line}`),
    ].join('\n'),
  );
  return `-- Written by \`npm run schema\` from the migrated database; reviews read it, nothing runs it.\n\n${blocks.join('\n\n')}\n`;
}

const SCRIPT_TYPES: Record<string, string> = {
  integer: 'number',
  bigint: 'string',
  boolean: 'boolean',
  text: 'string',
  uuid: 'string',
  date: 'string',
  bytea: 'Buffer',
  'text[]': 'string[]',
  'cidr[]': 'string[]',
};

function scriptType({ type, table, name }: Column): string {
  if (type === 'timestamp with time zone') return 'Date';
  if (type === 'jsonb') return 'Json';
  const found = SCRIPT_TYPES[type];
  if (!found) throw new Error(`no TypeScript type for ${type} (${table}.${name})`);
  return found;
}

function property(column: Column): string {
  const type = `${scriptType(column)}${column.nullable ? ' | null' : ''}`;
  if (column.generated || column.identity === 'a') return `GeneratedAlways<${type}>`;
  if (column.type === 'jsonb') return column.preset ? 'JsonWithDefault' : type;
  return column.preset || column.identity ? `Generated<${type}>` : type;
}

function pascal(table: string): string {
  return table.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The text of tables.ts: one interface a table, and `Tables` that maps names to them. */
export async function writeTypes(url: string): Promise<string> {
  const columns = await read<Column>(url, COLUMNS);
  const tables = [...new Set(columns.map(({ table }) => table))];
  const interfaces = tables.map((table) => {
    const own = columns.filter((column) => column.table === table);
    const body = own.map((column) => `  ${column.name}: ${property(column)};`).join('\n');
    return `interface ${pascal(table)} {\n${body}\n}`;
  });
  const list = tables.map((table) => `  ${table}: ${pascal(table)};`).join('\n');
  return [
    '// Written by `npm run schema` from the migrated database: do not edit.',
    '/* eslint-disable max-lines -- one interface a table, however many there are */',
    "import type { ColumnType, Generated, GeneratedAlways } from 'kysely';",
    '\n// jsonb goes in as text and comes out as the value.',
    'type Json = ColumnType<unknown, string, string>;',
    'type JsonWithDefault = ColumnType<unknown, string | undefined, string>;\n',
    interfaces.join('\n\n'),
    `\n/** Every table by its name. */\nexport interface Tables {\n${list}\n}\n`,
  ].join('\n');
}
