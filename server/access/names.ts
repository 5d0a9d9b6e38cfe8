// External ids of the groups that declarations name, beside those that callers are known by.

/** May make, change and delete partners. */
export const PARTNER_MANAGER = 'base.group_partner_manager';
/** Sees what is technical. */
export const TECHNICAL = 'base.group_no_one';
/** Works in more than one company. */
export const MULTI_COMPANY = 'base.group_multi_company';
/** May take lists of records out of the house. */
export const EXPORT = 'base.group_allow_export';
/** Visitors, as clients know them; nobody here is a member. */
export const PUBLIC = 'base.group_public';
