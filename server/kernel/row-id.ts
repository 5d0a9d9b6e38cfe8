// Numbers of rows as they come from addresses and forms.

/** PostgreSQL's largest `integer`; a larger number would be its error, not an unknown row. */
const LARGEST = 2_147_483_647;

/** Whether a number can be the id of a row at all: whole, positive, within PostgreSQL's `integer`. */
export function isRowId(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id <= LARGEST;
}
