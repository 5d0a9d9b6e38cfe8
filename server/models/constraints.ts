// What PostgreSQL refuses, in the words of the house: unique, check, not null, foreign key.
import { Refusal } from '../kernel/refusal.ts';

interface PgError {
  code: string;
  constraint?: string;
  column?: string;
  table?: string;
}

function isPgError(error: unknown): error is PgError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

/** Data that no column takes, a question too deep to plan, two changes that met. */
function byClass(error: PgError, detail: string): unknown {
  const values = { constraint: error.code, field: '' };
  if (error.code.startsWith('22') || error.code.startsWith('54'))
    return new Refusal('value_refused', { status: 422, values, detail });
  if (error.code.startsWith('40')) return new Refusal('changes_met', { status: 409, detail });
  return error;
}

/**
 * The refusal that a constraint's violation means: `value_taken` (409), `record_in_use` (409),
 * `value_required` or `value_refused` (422). Anything else comes back as it is.
 */
export function asRefusal(error: unknown): unknown {
  if (!isPgError(error)) return error;
  const values = { constraint: error.constraint ?? error.column ?? '', field: error.column ?? '' };
  const detail = `${error.table ?? ''} ${values.constraint}`;
  switch (error.code) {
    case '23505':
      return new Refusal('value_taken', { status: 409, values, detail });
    case '23001':
    case '23503':
      return new Refusal('record_in_use', { status: 409, values, detail });
    case '23502':
      return new Refusal('value_required', {
        status: 422,
        values: { ...values, model: error.table ?? '' },
        detail,
      });
    case '23514':
      return new Refusal('value_refused', { status: 422, values, detail });
    default:
      return byClass(error, detail);
  }
}
