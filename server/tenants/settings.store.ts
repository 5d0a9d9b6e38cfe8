// SQL of a tenant's settings.
import type { Caller } from '../store/caller.ts';

interface Values {
  title: string;
  language: string;
  time_zone: string;
  password_min_length: number;
  session_idle_minutes: number;
  session_absolute_minutes: number;
  reset_hours: number;
  invitation_hours: number;
  hand_passwords: string;
}

/** What no request needs but the page of the settings. */
export async function readLinks({ db, tenant }: Caller) {
  return db
    .selectFrom('tenants')
    .select([
      'reset_hours as resetHours',
      'invitation_hours as invitationHours',
      'hand_passwords as handPasswords',
    ])
    .where('id', '=', tenant.id)
    .executeTakeFirstOrThrow();
}

export async function readColour({ db, tenant }: Caller): Promise<string> {
  const { colour } = await db
    .selectFrom('companies')
    .select('colour')
    .where('tenant', '=', tenant.id)
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow();
  return colour;
}

export async function write({ db, tenant }: Caller, values: Values): Promise<void> {
  await db.updateTable('tenants').set(values).where('id', '=', tenant.id).execute();
}

/** The first company carries the co-operative's name and colour. */
export async function writeCompany(
  { db, tenant }: Caller,
  values: { name: string; colour: string },
): Promise<void> {
  await db
    .updateTable('companies')
    .set(values)
    .where('tenant', '=', tenant.id)
    .where('id', '=', (first) =>
      first
        .selectFrom('companies')
        .select((select) => select.fn.min('id').as('id'))
        .where('tenant', '=', tenant.id),
    )
    .execute();
}
