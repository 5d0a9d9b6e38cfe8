// What a call may look like before anybody understands it. Odoo takes 128 MiB; sixteen hold a picture
// of ten megabytes in base64, and bound what one request can make us remember.

/** Largest body, in bytes. */
export const BODY_LIMIT = 16 * 1024 * 1024;
/** How deep values lie in one another: the deepest domain people write has a dozen levels. */
export const DEPTH_LIMIT = 64;
/** Values in one call, those in lists and structs counted. */
export const VALUES_LIMIT = 500_000;
/** Longest name of a member or method, in characters. */
export const NAME_LIMIT = 1_000;
/** What may precede an XML document's first element, in characters. */
export const PROLOGUE_LIMIT = 4_096;
