// Every error on its way to a client of Odoo's protocols: its Python class, code, text and statuses.
import type { Logger } from 'pino';
import { isRefusal, type Refusal } from '../kernel/refusal.ts';
import { isDatabaseAway } from '../store/away.ts';
import type { Caller } from '../store/caller.ts';
import { faultText, unexpectedText } from './fault-text.ts';
import { BodyError, WireError } from './wire-error.ts';

/** An error as each protocol tells it. */
export interface Fault {
  /** `odoo.exceptions.AccessError`, `builtins.ValueError`, … */
  pythonClass: string;
  text: string;
  /** `faultCode` of version 2: 1 unforeseen, 2 warning, 3 access denied, 4 access error. */
  faultCode: 1 | 2 | 3 | 4;
  /** `error.code` of a JSON envelope: 404 for what does not exist, else Odoo's 200. */
  jsonCode: 200 | 404;
  /** What protocols with real statuses answer. */
  status: number;
  /** What all protocols answer where not even a fault can be given: the house is closed. */
  httpStatus: number;
}

const DENIED = 'odoo.exceptions.AccessDenied';
const ACCESS = 'odoo.exceptions.AccessError';
const MISSING = 'odoo.exceptions.MissingError';
const USER = 'odoo.exceptions.UserError';
const VALIDATION = 'odoo.exceptions.ValidationError';

/** Refusals whose class their status does not tell. */
const classes: Record<string, string> = {
  model_unknown: USER,
  method_unknown: 'builtins.AttributeError',
  arguments_wrong: 'builtins.TypeError',
  field_unknown: 'builtins.ValueError',
  domain_invalid: 'builtins.ValueError',
  value_invalid: 'builtins.ValueError',
  order_invalid: USER,
};

function classOf({ code, status, field }: Refusal): string {
  if (Object.hasOwn(classes, code)) return classes[code]!;
  if (status === 401 || status === 429) return DENIED;
  if (status === 403) return ACCESS;
  if (status === 404) return MISSING;
  return field === undefined ? USER : VALIDATION;
}

const codes: Record<string, Fault['faultCode']> = {
  [DENIED]: 3,
  [ACCESS]: 4,
  [MISSING]: 2,
  [USER]: 2,
  [VALIDATION]: 2,
};

function fromRefusal(refusal: Refusal, caller: Caller | null): Fault {
  const { status } = refusal;
  const pythonClass = classOf(refusal);
  return {
    pythonClass,
    text: status === 401 ? 'Access Denied' : faultText(refusal, caller),
    faultCode: codes[pythonClass] ?? 1,
    jsonCode: 200,
    // Errors of the person and of validation have one status, whatever pages answer for them.
    status: status === 400 || status === 409 ? 422 : status,
    httpStatus: status === 413 || status >= 500 ? status : 200,
  };
}

function closed(error: Error, status: number): Fault {
  return {
    pythonClass: status === 503 ? 'psycopg2.OperationalError' : 'werkzeug.exceptions.HTTPException',
    text: status === 503 ? 'the database does not answer' : error.message,
    faultCode: 1,
    jsonCode: 200,
    status,
    httpStatus: status,
  };
}

function fromWire({ pythonClass, message, status }: WireError): Fault {
  return {
    pythonClass,
    text: message,
    faultCode: codes[pythonClass] ?? 1,
    jsonCode: pythonClass === 'werkzeug.exceptions.NotFound' ? 404 : 200,
    status,
    httpStatus: 200,
  };
}

/** Tells an error. What nobody foresaw is logged under a mark, and shows nothing but the mark. */
export function faultOf(error: unknown, caller: Caller | null, log: Logger): Fault {
  if (error instanceof WireError) return fromWire(error);
  if (error instanceof BodyError) return closed(error, error.status);
  if (isRefusal(error)) {
    log.info({ code: error.code, detail: error.detail }, 'refused');
    return fromRefusal(error, caller);
  }
  if (isDatabaseAway(error)) return closed(error as Error, 503);
  const mark = crypto.randomUUID().slice(0, 8);
  log.error({ err: error, mark }, 'unexpected');
  const text = unexpectedText(caller, mark);
  return {
    pythonClass: 'builtins.RuntimeError',
    text,
    faultCode: 1,
    jsonCode: 200,
    status: 500,
    httpStatus: 200,
  };
}

/** A traceback's shape without its inside: clients show the last line, `Class: message`. */
export function traceback({ pythonClass, text }: Fault): string {
  const name = pythonClass.replace(/^builtins\./, '');
  const last = text === '' ? name : `${name}: ${text}`;
  return `Traceback (most recent call last):\n  File "huis", in dispatch\n${last}\n`;
}

/** `faultCode` and `faultString` of version 2. */
export function numbered(fault: Fault): [number, string] {
  return [fault.faultCode, fault.faultCode === 1 ? traceback(fault) : fault.text];
}

/** The same of the first version, whose codes are texts. */
export function worded(fault: Fault): [string, string] {
  const { pythonClass, text, faultCode } = fault;
  if (faultCode === 1) return [text || pythonClass, traceback(fault)];
  if (faultCode === 3) return ['AccessDenied', text];
  const kind =
    pythonClass === MISSING ? 'MissingError' : pythonClass === ACCESS ? 'AccessError' : 'UserError';
  return [`warning -- ${kind}\n\n${text}`, ''];
}

/** The error as JSON tells it, in an envelope or bare. */
export function described(fault: Fault) {
  const { pythonClass, text } = fault;
  return {
    name: pythonClass,
    message: text,
    arguments: [text],
    context: {},
    debug: traceback(fault),
  };
}
