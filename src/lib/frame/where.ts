// Which application and which menu entry an address belongs to.
import type { Application } from '#server/menus/applications.ts';

/** Whether `path` is the page at `href` or one below it. */
export function isBelow(href: string, path: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}

/** The application that a page belongs to. */
export function applicationAt(applications: Application[], path: string): Application | undefined {
  return applications.find(
    (application) => isBelow(application.href, path) || entryAt(application, path) !== undefined,
  );
}

/** The address of the menu entry that leads nearest to a page: the longest one it lies below. */
export function entryAt(application: Application, path: string): string | undefined {
  return application.menus
    .flatMap(({ href, children = [] }) => [href, ...children.map((child) => child.href)])
    .filter((href) => href !== undefined && isBelow(href, path))
    .toSorted((a, b) => b!.length - a!.length)[0];
}
