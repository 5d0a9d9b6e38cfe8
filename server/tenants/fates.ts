// What becomes of each table's rows when a database is copied to practise on. Written out, table by
// table: what nobody decided about does not compile, and is not copied.
import type { Tables } from '../store/tables.ts';

/** Tables that hold nobody's rows, and the row of the tenant itself, which is made anew. */
type OfTheInstallation =
  | 'tenants'
  | 'schema_migrations'
  | 'set_up_addresses'
  | 'countries'
  | 'country_states'
  | 'currencies';

/** A table of tenants. */
type TenantTable = Exclude<keyof Tables, OfTheInstallation>;

/** Rows that are taken, but with `fixed` columns set to a constant, or without those `except`ed. */
export interface Change {
  fixed?: Readonly<Record<string, null | boolean>>;
  /** Rows whose text in this column has a match, whatever the case. */
  except?: { column: string; pattern: string };
}

/** Rows are taken as they are, or changed, or left behind. */
type Fate = 'taken' | 'left' | Change;

const fates: Readonly<Record<TenantTable, Fate>> = {
  account_events: 'taken',
  // Keys and what they did: a program that is given a copy's address must not be let in.
  api_keys: 'left',
  api_key_uses: 'left',
  attempts: 'left',
  companies: 'taken',
  company_users: 'taken',
  group_categories: 'taken',
  group_implications: 'taken',
  group_users: 'taken',
  groups: 'taken',
  languages: 'taken',
  // Whoever holds a link got it for the original.
  links: 'left',
  // Letters to real people, some with a live link, some still to leave.
  mails: 'left',
  mail_attachments: 'left',
  mail_recipients: 'left',
  mail_servers: { fixed: { secret: null, active: false } },
  mail_wordings: 'taken',
  model_access: 'taken',
  notices: 'taken',
  // Programs keep what they like here: what is called a secret is one.
  parameters: { except: { column: 'key', pattern: 'secret|token|passw|credential|private|key$' } },
  partner_categories: 'taken',
  partner_category_partners: 'taken',
  partners: 'taken',
  pictures: 'taken',
  record_rule_groups: 'taken',
  record_rules: 'taken',
  reset_requests: 'left',
  // A stamp of its own comes with the groups.
  rights_stamps: 'left',
  sessions: 'left',
  sign_ins: 'taken',
  site_links: 'taken',
  site_pages: 'taken',
  todos: 'taken',
  users: 'taken',
};

/** What becomes of the rows of the table of this name; undefined when nobody decided. */
export function fateOf(table: string): Fate | undefined {
  return (fates as Readonly<Record<string, Fate>>)[table];
}
