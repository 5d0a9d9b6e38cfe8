// The bare limit of signing in: verifying one argon2id hash with our parameters, eight at once.
import { hash, verify } from '@node-rs/argon2';
import { loop } from './measure.ts';

const stored = await hash('bench', { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
await loop(() => verify(stored, 'bench'), 8, 0.5);
process.stdout.write(
  String(await loop(() => verify(stored, 'bench'), 8, Number(process.argv[2] ?? 5))),
);
