// What goes wrong on the wire itself, before any use-case: said in the words Odoo's clients know.

/** An error as Python would raise it. `status` is what protocols with real statuses answer. */
export class WireError extends Error {
  /** `builtins.ValueError`, `odoo.exceptions.AccessDenied`, … */
  readonly pythonClass: string;
  readonly status: number;

  constructor(pythonClass: string, message: string, status = 400) {
    super(message);
    this.name = 'WireError';
    this.pythonClass = pythonClass;
    this.status = status;
  }
}

/** The body could not be read, or is more than we read. */
export class BodyError extends Error {
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.name = 'BodyError';
    this.status = status;
  }
}
