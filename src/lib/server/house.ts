// Pages of the installation rather than of one database: no database's frame or banner is around them.
const OF_THE_HOUSE = ['/(out)/set-up', '/(out)/web/database/selector'];

/** Whether the page of this route is the installation's. */
export function isOfTheHouse({ id }: { id: string | null }): boolean {
  return OF_THE_HOUSE.includes(id ?? '');
}
