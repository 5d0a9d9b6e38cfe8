// The one error of the house: a use-case that says no throws it, each face words it once.

/** What a refusal carries besides its code. */
interface Particulars {
  /** HTTP status a face answers with; 400 by default. */
  status?: number;
  /** Values for the placeholders of the sentence. */
  values?: Record<string, string | number>;
  /** Name of the form field at fault, if one is. */
  field?: string;
  /** For the log alone: never shown, never holds a secret. */
  detail?: string;
}

/**
 * A refusal with a reason. `code` is the catalogue key without its `refusal.` prefix, so that
 * every reader gets the sentence in their language. Recognise it by `code`, not by class.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly values: Record<string, string | number>;
  readonly field: string | undefined;
  readonly detail: string | undefined;

  constructor(code: string, { status = 400, values = {}, field, detail }: Particulars = {}) {
    super(detail ? `${code}: ${detail}` : code);
    this.name = 'Refusal';
    this.code = code;
    this.status = status;
    this.values = values;
    this.field = field;
    this.detail = detail;
  }
}

/** Whether `error` is a refusal, optionally with this very code. */
export function isRefusal(error: unknown, code?: string): error is Refusal {
  return (
    error instanceof Error &&
    error.name === 'Refusal' &&
    'code' in error &&
    (code === undefined || error.code === code)
  );
}
