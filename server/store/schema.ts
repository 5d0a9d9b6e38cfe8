// `npm run schema`: migrates the database it is given and writes schema.sql and tables.ts anew.
import { writeFile } from 'node:fs/promises';
import { dumpSchema, writeTypes } from './describe.ts';
import { migrate } from './migrate.ts';

const url = process.argv[2] ?? process.env.DATABASE_URL;
if (!url) throw new Error('name the database: npm run schema -- postgres://…');
await migrate(url);
await writeFile(new URL('./migrations/schema.sql', import.meta.url), await dumpSchema(url));
await writeFile(new URL('./tables.ts', import.meta.url), await writeTypes(url));
