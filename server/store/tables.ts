// Written by `npm run schema` from the migrated database: do not edit.
/* eslint-disable max-lines -- one interface a table, however many there are */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

// jsonb goes in as text and comes out as the value.
type Json = ColumnType<unknown, string, string>;
type JsonWithDefault = ColumnType<unknown, string | undefined, string>;

interface AccountEvents {
  tenant: number;
  id: Generated<number>;
  user_id: number;
  actor_id: number | null;
  kind: string;
  data: JsonWithDefault;
  address: Generated<string>;
  created_at: Generated<Date>;
}

interface ApiKeyUses {
  tenant: number;
  id: Generated<string>;
  user_id: number;
  key_id: number | null;
  protocol: string;
  day: string;
  count: number;
}

interface ApiKeys {
  tenant: number;
  id: Generated<number>;
  user_id: number;
  name: string;
  prefix: string;
  key_hash: Buffer;
  read_only: Generated<boolean>;
  models: string[] | null;
  addresses: string[] | null;
  created_at: Generated<Date>;
  expires_at: Date | null;
  last_used_at: Date | null;
  last_address: string | null;
  last_protocol: string | null;
  last_family: string | null;
  reminded_at: Date | null;
}

interface Attempts {
  tenant: number;
  key: Buffer;
  failures: number;
  blocked_until: Date | null;
  updated_at: Generated<Date>;
}

interface Companies {
  tenant: number;
  id: Generated<number>;
  partner_id: number;
  name: string;
  colour: Generated<string>;
  created_at: Generated<Date>;
  parent_id: number | null;
  currency_id: number | null;
  sequence: Generated<number>;
  active: Generated<boolean>;
  company_registry: string | null;
  updated_at: Generated<Date>;
  created_by: number | null;
  updated_by: number | null;
}

interface CompanyUsers {
  tenant: number;
  company_id: number;
  user_id: number;
}

interface Countries {
  id: number;
  code: string;
  name: Json;
  phone_code: number | null;
}

interface CountryStates {
  id: number;
  country_id: number;
  code: string;
  name: Json;
}

interface Currencies {
  id: number;
  code: string;
  name: Json;
  symbol: string;
  decimal_places: Generated<number>;
}

interface GroupCategories {
  tenant: number;
  id: Generated<number>;
  external_id: Generated<string>;
  name: Json;
  description: JsonWithDefault;
  parent_id: number | null;
  sequence: Generated<number>;
  visible: Generated<boolean>;
  exclusive: Generated<boolean>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  created_by: number | null;
  updated_by: number | null;
}

interface GroupImplications {
  tenant: number;
  group_id: number;
  implied_id: number;
}

interface GroupUsers {
  tenant: number;
  group_id: number;
  user_id: number;
}

interface Groups {
  tenant: number;
  id: Generated<number>;
  external_id: Generated<string>;
  name: Json;
  category_id: number | null;
  comment: JsonWithDefault;
  share: Generated<boolean>;
  key_days: Generated<number>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  created_by: number | null;
  updated_by: number | null;
}

interface Languages {
  tenant: number;
  code: string;
  loaded_at: Generated<Date>;
}

interface Links {
  tenant: number;
  id: Generated<number>;
  token_hash: Buffer;
  user_id: number;
  purpose: string;
  target: string | null;
  way: string;
  asked_by: number | null;
  created_at: Generated<Date>;
  expires_at: Date;
  opened_at: Date | null;
  ended_at: Date | null;
  ending: string | null;
}

interface MailAttachments {
  tenant: number;
  id: Generated<number>;
  mail_id: number;
  name: string;
  type: string;
  content: Buffer;
}

interface MailRecipients {
  tenant: number;
  mail_id: number;
  partner_id: number;
}

interface MailServers {
  tenant: number;
  id: Generated<number>;
  name: string;
  host: string;
  port: Generated<number>;
  encryption: Generated<string>;
  authentication: Generated<string>;
  username: string | null;
  client_id: string | null;
  token_url: string | null;
  secret: Buffer | null;
  from_filter: string | null;
  sequence: Generated<number>;
  active: Generated<boolean>;
  rate: number | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  created_by: number | null;
  updated_by: number | null;
}

interface MailWordings {
  tenant: number;
  kind: string;
  language: string;
  subject: string;
  body: string;
  original: string;
  updated_at: Generated<Date>;
  updated_by: number | null;
}

interface Mails {
  tenant: number;
  id: Generated<number>;
  message_id: string;
  kind: string | null;
  user_id: number | null;
  author_id: number | null;
  link_id: number | null;
  secret: Buffer | null;
  subject: Generated<string>;
  body_html: Generated<string>;
  body_text: Generated<string>;
  email_from: string | null;
  email_to: string | null;
  email_cc: string | null;
  reply_to: string | null;
  headers: JsonWithDefault;
  model: string | null;
  res_id: number | null;
  auto_delete: Generated<boolean>;
  batch: string | null;
  state: Generated<string>;
  caught: Generated<boolean>;
  scheduled_at: Date | null;
  due_at: Generated<Date>;
  leased_until: Date | null;
  attempts: Generated<number>;
  server_id: number | null;
  sent_at: Date | null;
  failure_type: string | null;
  failure_step: string | null;
  failure_reason: string | null;
  outgoing_since: Generated<Date>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  created_by: number | null;
  updated_by: number | null;
}

interface ModelAccess {
  tenant: number;
  id: Generated<number>;
  name: string;
  model_id: number;
  group_id: number | null;
  active: Generated<boolean>;
  perm_read: Generated<boolean>;
  perm_write: Generated<boolean>;
  perm_create: Generated<boolean>;
  perm_unlink: Generated<boolean>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  created_by: number | null;
  updated_by: number | null;
}

interface Notices {
  tenant: number;
  id: Generated<number>;
  user_id: number;
  kind: string;
  data: JsonWithDefault;
  created_at: Generated<Date>;
  read_at: Date | null;
}

interface Parameters {
  tenant: number;
  id: Generated<number>;
  key: string;
  value: string;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  created_by: number | null;
  updated_by: number | null;
}

interface PartnerCategories {
  tenant: number;
  id: Generated<number>;
  name: Json;
  parent_id: number | null;
  color: Generated<number>;
  active: Generated<boolean>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  created_by: number | null;
  updated_by: number | null;
}

interface PartnerCategoryPartners {
  tenant: number;
  category_id: number;
  partner_id: number;
}

interface Partners {
  tenant: number;
  id: Generated<number>;
  name: string;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  job_title: string | null;
  is_company: Generated<boolean>;
  language: string | null;
  time_zone: string | null;
  active: Generated<boolean>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  first_name: string | null;
  last_name: string | null;
  complete_name: Generated<string>;
  parent_id: number | null;
  commercial_partner_id: Generated<number>;
  company_id: number | null;
  type: Generated<string>;
  street: string | null;
  street2: string | null;
  zip: string | null;
  city: string | null;
  country_id: number | null;
  title: string | null;
  ref: string | null;
  vat: string | null;
  website: string | null;
  comment: string | null;
  color: Generated<number>;
  created_by: number | null;
  updated_by: number | null;
  name_folded: GeneratedAlways<string | null>;
  email_folded: GeneratedAlways<string | null>;
  search_folded: GeneratedAlways<string | null>;
  state_id: number | null;
}

interface Pictures {
  tenant: number;
  partner_id: number;
  size: number;
  type: string;
  content: Buffer;
  digest: string;
}

interface RecordRuleGroups {
  tenant: number;
  rule_id: number;
  group_id: number;
}

interface RecordRules {
  tenant: number;
  id: Generated<number>;
  name: string | null;
  model_id: number;
  domain_force: Generated<string>;
  active: Generated<boolean>;
  perm_read: Generated<boolean>;
  perm_write: Generated<boolean>;
  perm_create: Generated<boolean>;
  perm_unlink: Generated<boolean>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  created_by: number | null;
  updated_by: number | null;
}

interface ResetRequests {
  tenant: number;
  id: Generated<number>;
  name: string;
  language: string;
  address: string;
  created_at: Generated<Date>;
}

interface RightsStamps {
  tenant: number;
  stamp: Generated<string>;
}

interface SchemaMigrations {
  name: string;
  digest: string;
  applied_at: Generated<Date>;
}

interface Sessions {
  tenant: number;
  id: Generated<string>;
  token_hash: Buffer;
  user_id: number;
  created_at: Generated<Date>;
  last_seen_at: Generated<Date>;
  proven_at: Generated<Date>;
  address: string;
  user_agent: string;
  number: GeneratedAlways<number>;
}

interface SetUpAddresses {
  token_hash: Buffer;
  created_at: Generated<Date>;
  expires_at: Date;
}

interface SignIns {
  tenant: number;
  id: Generated<number>;
  user_id: number;
  created_at: Generated<Date>;
}

interface SiteLinks {
  tenant: number;
  id: Generated<number>;
  place: string;
  parent_id: number | null;
  label: Json;
  url: string | null;
  page_id: number | null;
  sequence: Generated<number>;
}

interface SitePages {
  tenant: number;
  id: Generated<number>;
  slug: string;
  title: Json;
  body: Json;
}

interface Tenants {
  id: GeneratedAlways<number>;
  name: string;
  title: string;
  url: string | null;
  host: string | null;
  language: Generated<string>;
  time_zone: Generated<string>;
  password_min_length: Generated<number>;
  session_idle_minutes: Generated<number>;
  session_absolute_minutes: Generated<number>;
  created_at: Generated<Date>;
  names_order: Generated<string>;
  allow_endless_keys: Generated<boolean>;
  allow_portal_keys: Generated<boolean>;
  offered: JsonWithDefault;
  reset_hours: Generated<number>;
  invitation_hours: Generated<number>;
  hand_passwords: Generated<string>;
  is_test: Generated<boolean>;
  copied_from: string | null;
}

interface Todos {
  tenant: number;
  id: Generated<number>;
  user_id: number;
  title: string;
  due_on: string | null;
  created_at: Generated<Date>;
  done_at: Date | null;
}

interface Users {
  tenant: number;
  id: Generated<number>;
  partner_id: number;
  company_id: number;
  login: string;
  login_key: GeneratedAlways<string>;
  password_hash: string | null;
  password_changed_at: Date | null;
  notification_type: Generated<string>;
  signature: Generated<string>;
  active: Generated<boolean>;
  last_sign_in_at: Date | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  created_by: number | null;
  updated_by: number | null;
  must_change_password: Generated<boolean>;
}

/** Every table by its name. */
export interface Tables {
  account_events: AccountEvents;
  api_key_uses: ApiKeyUses;
  api_keys: ApiKeys;
  attempts: Attempts;
  companies: Companies;
  company_users: CompanyUsers;
  countries: Countries;
  country_states: CountryStates;
  currencies: Currencies;
  group_categories: GroupCategories;
  group_implications: GroupImplications;
  group_users: GroupUsers;
  groups: Groups;
  languages: Languages;
  links: Links;
  mail_attachments: MailAttachments;
  mail_recipients: MailRecipients;
  mail_servers: MailServers;
  mail_wordings: MailWordings;
  mails: Mails;
  model_access: ModelAccess;
  notices: Notices;
  parameters: Parameters;
  partner_categories: PartnerCategories;
  partner_category_partners: PartnerCategoryPartners;
  partners: Partners;
  pictures: Pictures;
  record_rule_groups: RecordRuleGroups;
  record_rules: RecordRules;
  reset_requests: ResetRequests;
  rights_stamps: RightsStamps;
  schema_migrations: SchemaMigrations;
  sessions: Sessions;
  set_up_addresses: SetUpAddresses;
  sign_ins: SignIns;
  site_links: SiteLinks;
  site_pages: SitePages;
  tenants: Tenants;
  todos: Todos;
  users: Users;
}
