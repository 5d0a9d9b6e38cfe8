-- Written by `npm run schema` from the migrated database; reviews read it, nothing runs it.

table account_events
  tenant integer not null
  id integer not null identity
  user_id integer not null
  actor_id integer
  kind text not null
  data jsonb not null default '{}'::jsonb
  address text not null default ''::text
  created_at timestamp with time zone not null default now()
  account_events_pkey: PRIMARY KEY (tenant, id)
  account_events_tenant_actor_id_fkey: FOREIGN KEY (tenant, actor_id) REFERENCES users(tenant, id) ON DELETE SET NULL (actor_id)
  account_events_tenant_user_id_fkey: FOREIGN KEY (tenant, user_id) REFERENCES users(tenant, id) ON DELETE CASCADE
  CREATE INDEX account_events_actor ON public.account_events USING btree (tenant, actor_id)
  CREATE INDEX account_events_user ON public.account_events USING btree (tenant, user_id, created_at DESC)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table api_key_uses
  tenant integer not null
  id bigint not null identity
  user_id integer not null
  key_id integer
  protocol text not null
  day date not null
  count integer not null
  api_key_uses_count_check: CHECK ((count > 0))
  api_key_uses_pkey: PRIMARY KEY (tenant, id)
  api_key_uses_protocol_check: CHECK ((protocol <> ''::text))
  api_key_uses_tenant_key_id_fkey: FOREIGN KEY (tenant, key_id) REFERENCES api_keys(tenant, id) ON DELETE CASCADE
  api_key_uses_tenant_user_id_fkey: FOREIGN KEY (tenant, user_id) REFERENCES users(tenant, id) ON DELETE CASCADE
  api_key_uses_tenant_user_id_key_id_protocol_day_key: UNIQUE NULLS NOT DISTINCT (tenant, user_id, key_id, protocol, day)
  CREATE INDEX api_key_uses_day ON public.api_key_uses USING btree (tenant, day)
  CREATE INDEX api_key_uses_key ON public.api_key_uses USING btree (tenant, key_id)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table api_keys
  tenant integer not null
  id integer not null identity
  user_id integer not null
  name text not null
  prefix text not null
  key_hash bytea not null
  read_only boolean not null default false
  models text[]
  addresses cidr[]
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone
  last_used_at timestamp with time zone
  last_address text
  last_protocol text
  last_family text
  reminded_at timestamp with time zone
  api_keys_addresses_check: CHECK ((cardinality(addresses) > 0))
  api_keys_last_family_check: CHECK ((last_family = ANY (ARRAY['read'::text, 'write'::text, 'other'::text])))
  api_keys_models_check: CHECK ((cardinality(models) > 0))
  api_keys_name_check: CHECK ((name <> ''::text))
  api_keys_pkey: PRIMARY KEY (tenant, id)
  api_keys_tenant_prefix_key: UNIQUE (tenant, prefix)
  api_keys_tenant_user_id_fkey: FOREIGN KEY (tenant, user_id) REFERENCES users(tenant, id) ON DELETE CASCADE
  CREATE INDEX api_keys_expiry ON public.api_keys USING btree (tenant, expires_at)
  CREATE INDEX api_keys_user ON public.api_keys USING btree (tenant, user_id)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table attempts
  tenant integer not null
  key bytea not null
  failures integer not null
  blocked_until timestamp with time zone
  updated_at timestamp with time zone not null default now()
  attempts_pkey: PRIMARY KEY (tenant, key)
  attempts_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  CREATE INDEX attempts_age ON public.attempts USING btree (tenant, updated_at)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table companies
  tenant integer not null
  id integer not null identity
  partner_id integer not null
  name text not null
  colour text not null default '#0f766e'::text
  created_at timestamp with time zone not null default now()
  parent_id integer
  currency_id integer
  sequence integer not null default 10
  active boolean not null default true
  company_registry text
  updated_at timestamp with time zone not null default now()
  created_by integer
  updated_by integer
  companies_colour_check: CHECK ((colour ~ '^#[0-9a-f]{6}$'::text))
  companies_currency_id_fkey: FOREIGN KEY (currency_id) REFERENCES currencies(id)
  companies_name_check: CHECK ((name <> ''::text))
  companies_pkey: PRIMARY KEY (tenant, id)
  companies_tenant_parent_id_fkey: FOREIGN KEY (tenant, parent_id) REFERENCES companies(tenant, id) ON DELETE RESTRICT
  companies_tenant_partner_id_fkey: FOREIGN KEY (tenant, partner_id) REFERENCES partners(tenant, id)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table company_users
  tenant integer not null
  company_id integer not null
  user_id integer not null
  company_users_pkey: PRIMARY KEY (tenant, company_id, user_id)
  company_users_tenant_company_id_fkey: FOREIGN KEY (tenant, company_id) REFERENCES companies(tenant, id) ON DELETE CASCADE
  company_users_tenant_user_id_fkey: FOREIGN KEY (tenant, user_id) REFERENCES users(tenant, id) ON DELETE CASCADE
  CREATE INDEX company_users_user ON public.company_users USING btree (tenant, user_id)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table countries
  id integer not null
  code text not null
  name jsonb not null
  phone_code integer
  countries_code_check: CHECK ((code ~ '^[A-Z]{2}$'::text))
  countries_code_key: UNIQUE (code)
  countries_pkey: PRIMARY KEY (id)
  row security f; huis_server may select

table country_states
  id integer not null
  country_id integer not null
  code text not null
  name jsonb not null
  country_states_country_id_code_key: UNIQUE (country_id, code)
  country_states_country_id_fkey: FOREIGN KEY (country_id) REFERENCES countries(id)
  country_states_pkey: PRIMARY KEY (id)
  row security f; huis_server may select

table currencies
  id integer not null
  code text not null
  name jsonb not null
  symbol text not null
  decimal_places integer not null default 2
  currencies_code_check: CHECK ((code ~ '^[A-Z]{3}$'::text))
  currencies_code_key: UNIQUE (code)
  currencies_pkey: PRIMARY KEY (id)
  row security f; huis_server may select

table group_categories
  tenant integer not null
  id integer not null identity
  external_id text not null default ('__custom__.'::text || gen_random_uuid())
  name jsonb not null
  description jsonb not null default '{}'::jsonb
  parent_id integer
  sequence integer not null default 10
  visible boolean not null default true
  exclusive boolean not null default false
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  created_by integer
  updated_by integer
  group_categories_pkey: PRIMARY KEY (tenant, id)
  group_categories_tenant_external_id_key: UNIQUE (tenant, external_id)
  group_categories_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  group_categories_tenant_parent_id_fkey: FOREIGN KEY (tenant, parent_id) REFERENCES group_categories(tenant, id) ON DELETE SET NULL (parent_id)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table group_implications
  tenant integer not null
  group_id integer not null
  implied_id integer not null
  group_implications_pkey: PRIMARY KEY (tenant, group_id, implied_id)
  group_implications_tenant_group_id_fkey: FOREIGN KEY (tenant, group_id) REFERENCES groups(tenant, id) ON DELETE CASCADE
  group_implications_tenant_implied_id_fkey: FOREIGN KEY (tenant, implied_id) REFERENCES groups(tenant, id) ON DELETE CASCADE
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table group_users
  tenant integer not null
  group_id integer not null
  user_id integer not null
  group_users_pkey: PRIMARY KEY (tenant, group_id, user_id)
  group_users_tenant_group_id_fkey: FOREIGN KEY (tenant, group_id) REFERENCES groups(tenant, id) ON DELETE CASCADE
  group_users_tenant_user_id_fkey: FOREIGN KEY (tenant, user_id) REFERENCES users(tenant, id) ON DELETE CASCADE
  CREATE INDEX group_users_user ON public.group_users USING btree (tenant, user_id)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table groups
  tenant integer not null
  id integer not null identity
  external_id text not null default ('__custom__.'::text || gen_random_uuid())
  name jsonb not null
  category_id integer
  comment jsonb not null default '{}'::jsonb
  share boolean not null default false
  key_days integer not null default 0
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  created_by integer
  updated_by integer
  groups_key_days_check: CHECK ((key_days >= 0))
  groups_pkey: PRIMARY KEY (tenant, id)
  groups_tenant_category_id_fkey: FOREIGN KEY (tenant, category_id) REFERENCES group_categories(tenant, id) ON DELETE RESTRICT
  groups_tenant_external_id_key: UNIQUE (tenant, external_id)
  groups_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table languages
  tenant integer not null
  code text not null
  loaded_at timestamp with time zone not null default now()
  languages_pkey: PRIMARY KEY (tenant, code)
  languages_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table links
  tenant integer not null
  id integer not null identity
  token_hash bytea not null
  user_id integer not null
  purpose text not null
  target text
  way text not null
  asked_by integer
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  opened_at timestamp with time zone
  ended_at timestamp with time zone
  ending text
  links_check: CHECK (((ended_at IS NULL) = (ending IS NULL)))
  links_ending_check: CHECK ((ending = ANY (ARRAY['used'::text, 'replaced'::text, 'changed'::text, 'withdrawn'::text])))
  links_pkey: PRIMARY KEY (tenant, id)
  links_purpose_check: CHECK ((purpose = ANY (ARRAY['reset'::text, 'invitation'::text, 'rescue'::text, 'address'::text, 'address_undo'::text])))
  links_tenant_asked_by_fkey: FOREIGN KEY (tenant, asked_by) REFERENCES users(tenant, id) ON DELETE SET NULL (asked_by)
  links_tenant_token_hash_key: UNIQUE (tenant, token_hash)
  links_tenant_user_id_fkey: FOREIGN KEY (tenant, user_id) REFERENCES users(tenant, id) ON DELETE CASCADE
  links_way_check: CHECK ((way = ANY (ARRAY['mail'::text, 'copy'::text, 'letter'::text, 'console'::text])))
  CREATE INDEX links_age ON public.links USING btree (tenant, created_at)
  CREATE INDEX links_asked_by ON public.links USING btree (tenant, asked_by)
  CREATE INDEX links_user ON public.links USING btree (tenant, user_id, created_at DESC)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table mail_attachments
  tenant integer not null
  id integer not null identity
  mail_id integer not null
  name text not null
  type text not null
  content bytea not null
  mail_attachments_name_check: CHECK ((name <> ''::text))
  mail_attachments_pkey: PRIMARY KEY (tenant, id)
  mail_attachments_tenant_mail_id_fkey: FOREIGN KEY (tenant, mail_id) REFERENCES mails(tenant, id) ON DELETE CASCADE
  CREATE INDEX mail_attachments_mail ON public.mail_attachments USING btree (tenant, mail_id)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table mail_recipients
  tenant integer not null
  mail_id integer not null
  partner_id integer not null
  mail_recipients_pkey: PRIMARY KEY (tenant, mail_id, partner_id)
  mail_recipients_tenant_mail_id_fkey: FOREIGN KEY (tenant, mail_id) REFERENCES mails(tenant, id) ON DELETE CASCADE
  mail_recipients_tenant_partner_id_fkey: FOREIGN KEY (tenant, partner_id) REFERENCES partners(tenant, id) ON DELETE CASCADE
  CREATE INDEX mail_recipients_partner ON public.mail_recipients USING btree (tenant, partner_id)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table mail_servers
  tenant integer not null
  id integer not null identity
  name text not null
  host text not null
  port integer not null default 25
  encryption text not null default 'none'::text
  authentication text not null default 'login'::text
  username text
  client_id text
  token_url text
  secret bytea
  from_filter text
  sequence integer not null default 10
  active boolean not null default true
  rate integer
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  created_by integer
  updated_by integer
  mail_servers_authentication_check: CHECK ((authentication = ANY (ARRAY['login'::text, 'xoauth2'::text])))
  mail_servers_encryption_check: CHECK ((encryption = ANY (ARRAY['none'::text, 'starttls'::text, 'ssl'::text])))
  mail_servers_host_check: CHECK ((host <> ''::text))
  mail_servers_name_check: CHECK ((name <> ''::text))
  mail_servers_pkey: PRIMARY KEY (tenant, id)
  mail_servers_port_check: CHECK (((port >= 1) AND (port <= 65535)))
  mail_servers_rate_check: CHECK ((rate > 0))
  mail_servers_tenant_created_by_fkey: FOREIGN KEY (tenant, created_by) REFERENCES users(tenant, id) ON DELETE SET NULL (created_by)
  mail_servers_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  mail_servers_tenant_updated_by_fkey: FOREIGN KEY (tenant, updated_by) REFERENCES users(tenant, id) ON DELETE SET NULL (updated_by)
  CREATE INDEX mail_servers_created_by ON public.mail_servers USING btree (tenant, created_by)
  CREATE INDEX mail_servers_updated_by ON public.mail_servers USING btree (tenant, updated_by)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table mail_wordings
  tenant integer not null
  kind text not null
  language text not null
  subject text not null
  body text not null
  original text not null
  updated_at timestamp with time zone not null default now()
  updated_by integer
  mail_wordings_body_check: CHECK ((body <> ''::text))
  mail_wordings_pkey: PRIMARY KEY (tenant, kind, language)
  mail_wordings_subject_check: CHECK ((subject <> ''::text))
  mail_wordings_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  mail_wordings_tenant_updated_by_fkey: FOREIGN KEY (tenant, updated_by) REFERENCES users(tenant, id) ON DELETE SET NULL (updated_by)
  CREATE INDEX mail_wordings_updated_by ON public.mail_wordings USING btree (tenant, updated_by)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table mails
  tenant integer not null
  id integer not null identity
  message_id text not null
  kind text
  user_id integer
  author_id integer
  link_id integer
  secret bytea
  subject text not null default ''::text
  body_html text not null default ''::text
  body_text text not null default ''::text
  email_from text
  email_to text
  email_cc text
  reply_to text
  headers jsonb not null default '{}'::jsonb
  model text
  res_id integer
  auto_delete boolean not null default false
  batch uuid
  state text not null default 'outgoing'::text
  caught boolean not null default false
  scheduled_at timestamp with time zone
  due_at timestamp with time zone not null default now()
  leased_until timestamp with time zone
  attempts integer not null default 0
  server_id integer
  sent_at timestamp with time zone
  failure_type text
  failure_step text
  failure_reason text
  outgoing_since timestamp with time zone not null default now()
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  created_by integer
  updated_by integer
  mails_pkey: PRIMARY KEY (tenant, id)
  mails_state_check: CHECK ((state = ANY (ARRAY['outgoing'::text, 'sent'::text, 'received'::text, 'exception'::text, 'cancel'::text])))
  mails_tenant_author_id_fkey: FOREIGN KEY (tenant, author_id) REFERENCES partners(tenant, id) ON DELETE SET NULL (author_id)
  mails_tenant_created_by_fkey: FOREIGN KEY (tenant, created_by) REFERENCES users(tenant, id) ON DELETE SET NULL (created_by)
  mails_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  mails_tenant_link_id_fkey: FOREIGN KEY (tenant, link_id) REFERENCES links(tenant, id) ON DELETE SET NULL (link_id)
  mails_tenant_message_id_key: UNIQUE (tenant, message_id)
  mails_tenant_server_id_fkey: FOREIGN KEY (tenant, server_id) REFERENCES mail_servers(tenant, id) ON DELETE SET NULL (server_id)
  mails_tenant_updated_by_fkey: FOREIGN KEY (tenant, updated_by) REFERENCES users(tenant, id) ON DELETE SET NULL (updated_by)
  mails_tenant_user_id_fkey: FOREIGN KEY (tenant, user_id) REFERENCES users(tenant, id) ON DELETE SET NULL (user_id)
  CREATE INDEX mails_age ON public.mails USING btree (tenant, created_at DESC)
  CREATE INDEX mails_author ON public.mails USING btree (tenant, author_id)
  CREATE INDEX mails_batch ON public.mails USING btree (tenant, batch) WHERE (batch IS NOT NULL)
  CREATE INDEX mails_caught ON public.mails USING btree (tenant, created_at DESC) WHERE caught
  CREATE INDEX mails_created_by ON public.mails USING btree (tenant, created_by)
  CREATE INDEX mails_due ON public.mails USING btree (tenant, ((batch IS NOT NULL)), due_at, id) WHERE (state = 'outgoing'::text)
  CREATE INDEX mails_link ON public.mails USING btree (tenant, link_id)
  CREATE INDEX mails_server ON public.mails USING btree (tenant, server_id, sent_at)
  CREATE INDEX mails_updated_by ON public.mails USING btree (tenant, updated_by)
  CREATE INDEX mails_user ON public.mails USING btree (tenant, user_id)
  policy office_looks for SELECT to the owner using ((state = 'outgoing'::text)) with check ()
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table model_access
  tenant integer not null
  id integer not null identity
  name text not null
  model_id integer not null
  group_id integer
  active boolean not null default true
  perm_read boolean not null default false
  perm_write boolean not null default false
  perm_create boolean not null default false
  perm_unlink boolean not null default false
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  created_by integer
  updated_by integer
  model_access_name_check: CHECK ((name <> ''::text))
  model_access_pkey: PRIMARY KEY (tenant, id)
  model_access_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  model_access_tenant_group_id_fkey: FOREIGN KEY (tenant, group_id) REFERENCES groups(tenant, id) ON DELETE CASCADE
  CREATE INDEX model_access_group ON public.model_access USING btree (tenant, group_id)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table notices
  tenant integer not null
  id integer not null identity
  user_id integer not null
  kind text not null
  data jsonb not null default '{}'::jsonb
  created_at timestamp with time zone not null default now()
  read_at timestamp with time zone
  notices_pkey: PRIMARY KEY (tenant, id)
  notices_tenant_user_id_fkey: FOREIGN KEY (tenant, user_id) REFERENCES users(tenant, id) ON DELETE CASCADE
  CREATE INDEX notices_user ON public.notices USING btree (tenant, user_id, created_at DESC)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table parameters
  tenant integer not null
  id integer not null identity
  key text not null
  value text not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  created_by integer
  updated_by integer
  parameters_key_check: CHECK ((key <> ''::text))
  parameters_pkey: PRIMARY KEY (tenant, id)
  parameters_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  parameters_tenant_key_key: UNIQUE (tenant, key)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table partner_categories
  tenant integer not null
  id integer not null identity
  name jsonb not null
  parent_id integer
  color integer not null default 0
  active boolean not null default true
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  created_by integer
  updated_by integer
  partner_categories_pkey: PRIMARY KEY (tenant, id)
  partner_categories_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  partner_categories_tenant_parent_id_fkey: FOREIGN KEY (tenant, parent_id) REFERENCES partner_categories(tenant, id) ON DELETE CASCADE
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table partner_category_partners
  tenant integer not null
  category_id integer not null
  partner_id integer not null
  partner_category_partners_pkey: PRIMARY KEY (tenant, category_id, partner_id)
  partner_category_partners_tenant_category_id_fkey: FOREIGN KEY (tenant, category_id) REFERENCES partner_categories(tenant, id) ON DELETE CASCADE
  partner_category_partners_tenant_partner_id_fkey: FOREIGN KEY (tenant, partner_id) REFERENCES partners(tenant, id) ON DELETE CASCADE
  CREATE INDEX partner_category_partners_partner ON public.partner_category_partners USING btree (tenant, partner_id)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table partners
  tenant integer not null
  id integer not null identity
  name text not null
  email text
  phone text
  mobile text
  job_title text
  is_company boolean not null default false
  language text
  time_zone text
  active boolean not null default true
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  first_name text
  last_name text
  complete_name text not null default ''::text
  parent_id integer
  commercial_partner_id integer not null default 0
  company_id integer
  type text not null default 'contact'::text
  street text
  street2 text
  zip text
  city text
  country_id integer
  title text
  ref text
  vat text
  website text
  comment text
  color integer not null default 0
  created_by integer
  updated_by integer
  name_folded text generated (fold_text(name))
  email_folded text generated (fold_text(email))
  search_folded text generated (fold_text(((((((complete_name || chr(10)) || COALESCE(email, ''::text)) || chr(10)) || COALESCE(ref, ''::text)) || chr(10)) || COALESCE(vat, ''::text))))
  state_id integer
  partners_country_id_fkey: FOREIGN KEY (country_id) REFERENCES countries(id)
  partners_name_check: CHECK ((name <> ''::text))
  partners_pkey: PRIMARY KEY (tenant, id)
  partners_state_id_fkey: FOREIGN KEY (state_id) REFERENCES country_states(id)
  partners_tenant_commercial_partner_id_fkey: FOREIGN KEY (tenant, commercial_partner_id) REFERENCES partners(tenant, id) DEFERRABLE INITIALLY DEFERRED
  partners_tenant_company_id_fkey: FOREIGN KEY (tenant, company_id) REFERENCES companies(tenant, id) DEFERRABLE
  partners_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  partners_tenant_parent_id_fkey: FOREIGN KEY (tenant, parent_id) REFERENCES partners(tenant, id) ON DELETE RESTRICT
  partners_type_check: CHECK ((type = ANY (ARRAY['contact'::text, 'invoice'::text, 'delivery'::text, 'other'::text])))
  CREATE INDEX partners_commercial ON public.partners USING btree (tenant, commercial_partner_id)
  CREATE INDEX partners_country ON public.partners USING btree (tenant, country_id, active)
  CREATE INDEX partners_folded ON public.partners USING gin (tenant, name_folded gin_trgm_ops)
  CREATE INDEX partners_order ON public.partners USING btree (tenant, complete_name COLLATE "und-x-icu", id DESC)
  CREATE INDEX partners_parent ON public.partners USING btree (tenant, parent_id)
  CREATE INDEX partners_searched ON public.partners USING gin (tenant, search_folded gin_trgm_ops)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table pictures
  tenant integer not null
  partner_id integer not null
  size integer not null
  type text not null
  content bytea not null
  digest text not null
  pictures_pkey: PRIMARY KEY (tenant, partner_id, size)
  pictures_tenant_partner_id_fkey: FOREIGN KEY (tenant, partner_id) REFERENCES partners(tenant, id) ON DELETE CASCADE
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table record_rule_groups
  tenant integer not null
  rule_id integer not null
  group_id integer not null
  record_rule_groups_pkey: PRIMARY KEY (tenant, rule_id, group_id)
  record_rule_groups_tenant_group_id_fkey: FOREIGN KEY (tenant, group_id) REFERENCES groups(tenant, id) ON DELETE CASCADE
  record_rule_groups_tenant_rule_id_fkey: FOREIGN KEY (tenant, rule_id) REFERENCES record_rules(tenant, id) ON DELETE CASCADE
  CREATE INDEX record_rule_groups_group ON public.record_rule_groups USING btree (tenant, group_id)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table record_rules
  tenant integer not null
  id integer not null identity
  name text
  model_id integer not null
  domain_force text not null default '[]'::text
  active boolean not null default true
  perm_read boolean not null default true
  perm_write boolean not null default true
  perm_create boolean not null default true
  perm_unlink boolean not null default true
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  created_by integer
  updated_by integer
  record_rules_check: CHECK ((perm_read OR perm_write OR perm_create OR perm_unlink))
  record_rules_pkey: PRIMARY KEY (tenant, id)
  record_rules_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table reset_requests
  tenant integer not null
  id integer not null identity
  name text not null
  language text not null
  address text not null
  created_at timestamp with time zone not null default now()
  reset_requests_pkey: PRIMARY KEY (tenant, id)
  reset_requests_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  CREATE INDEX reset_requests_age ON public.reset_requests USING btree (created_at)
  policy office_looks for SELECT to the owner using (true) with check ()
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table rights_stamps
  tenant integer not null
  stamp uuid not null default gen_random_uuid()
  rights_stamps_pkey: PRIMARY KEY (tenant)
  rights_stamps_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table schema_migrations
  name text not null
  digest text not null
  applied_at timestamp with time zone not null default now()
  schema_migrations_pkey: PRIMARY KEY (name)
  row security f; huis_server may nothing on the whole table

table sessions
  tenant integer not null
  id uuid not null default gen_random_uuid()
  token_hash bytea not null
  user_id integer not null
  created_at timestamp with time zone not null default now()
  last_seen_at timestamp with time zone not null default now()
  proven_at timestamp with time zone not null default now()
  address text not null
  user_agent text not null
  number integer not null identity
  sessions_pkey: PRIMARY KEY (tenant, id)
  sessions_tenant_token_hash_key: UNIQUE (tenant, token_hash)
  sessions_tenant_user_id_fkey: FOREIGN KEY (tenant, user_id) REFERENCES users(tenant, id) ON DELETE CASCADE
  CREATE INDEX sessions_user ON public.sessions USING btree (tenant, user_id)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table set_up_addresses
  token_hash bytea not null
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  set_up_addresses_pkey: PRIMARY KEY (token_hash)
  row security f; huis_server may nothing on the whole table

table sign_ins
  tenant integer not null
  id integer not null identity
  user_id integer not null
  created_at timestamp with time zone not null default now()
  sign_ins_pkey: PRIMARY KEY (tenant, id)
  sign_ins_tenant_user_id_fkey: FOREIGN KEY (tenant, user_id) REFERENCES users(tenant, id) ON DELETE CASCADE
  CREATE INDEX sign_ins_user ON public.sign_ins USING btree (tenant, user_id, created_at DESC)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table site_links
  tenant integer not null
  id integer not null identity
  place text not null
  parent_id integer
  label jsonb not null
  url text
  page_id integer
  sequence integer not null default 10
  site_links_pkey: PRIMARY KEY (tenant, id)
  site_links_place_check: CHECK ((place = ANY (ARRAY['header'::text, 'footer'::text])))
  site_links_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  site_links_tenant_page_id_fkey: FOREIGN KEY (tenant, page_id) REFERENCES site_pages(tenant, id) ON DELETE CASCADE
  site_links_tenant_parent_id_fkey: FOREIGN KEY (tenant, parent_id) REFERENCES site_links(tenant, id) ON DELETE CASCADE
  site_links_url_check: CHECK (((url IS NULL) OR (url ~ '^(https?://|/)'::text)))
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table site_pages
  tenant integer not null
  id integer not null identity
  slug text not null
  title jsonb not null
  body jsonb not null
  site_pages_pkey: PRIMARY KEY (tenant, id)
  site_pages_slug_check: CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,79}$'::text))
  site_pages_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  site_pages_tenant_slug_key: UNIQUE (tenant, slug)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table tenants
  id integer not null identity
  name text not null
  title text not null
  url text
  host text
  language text not null default 'en_US'::text
  time_zone text not null default 'Europe/Brussels'::text
  password_min_length integer not null default 12
  session_idle_minutes integer not null default 10080
  session_absolute_minutes integer not null default 43200
  created_at timestamp with time zone not null default now()
  names_order text not null default 'first_last'::text
  allow_endless_keys boolean not null default false
  allow_portal_keys boolean not null default false
  offered jsonb not null default '[]'::jsonb
  reset_hours integer not null default 24
  invitation_hours integer not null default 144
  hand_passwords text not null default 'change'::text
  is_test boolean not null default false
  copied_from text
  tenants_hand_passwords_check: CHECK ((hand_passwords = ANY (ARRAY['change'::text, 'allowed'::text, 'never'::text])))
  tenants_host_key: UNIQUE (host)
  tenants_invitation_hours_check: CHECK (((invitation_hours >= 1) AND (invitation_hours <= 2160)))
  tenants_name_check: CHECK ((name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'::text))
  tenants_name_key: UNIQUE (name)
  tenants_names_order_check: CHECK ((names_order = ANY (ARRAY['first_last'::text, 'last_first'::text])))
  tenants_password_min_length_check: CHECK (((password_min_length >= 8) AND (password_min_length <= 64)))
  tenants_pkey: PRIMARY KEY (id)
  tenants_reset_hours_check: CHECK (((reset_hours >= 1) AND (reset_hours <= 168)))
  tenants_session_absolute_minutes_check: CHECK (((session_absolute_minutes >= 5) AND (session_absolute_minutes <= 525600)))
  tenants_session_idle_minutes_check: CHECK (((session_idle_minutes >= 5) AND (session_idle_minutes <= 525600)))
  tenants_title_check: CHECK ((title <> ''::text))
  policy found_by_all for SELECT to public using (true) with check ()
  policy own_settings for UPDATE to public using ((id = current_tenant())) with check ((id = current_tenant()))
  policy owner_makes_and_ends for ALL to the owner using (true) with check (true)
  row security t forced; huis_server may select

table todos
  tenant integer not null
  id integer not null identity
  user_id integer not null
  title text not null
  due_on date
  created_at timestamp with time zone not null default now()
  done_at timestamp with time zone
  todos_pkey: PRIMARY KEY (tenant, id)
  todos_tenant_user_id_fkey: FOREIGN KEY (tenant, user_id) REFERENCES users(tenant, id) ON DELETE CASCADE
  todos_title_check: CHECK ((title <> ''::text))
  CREATE INDEX todos_user ON public.todos USING btree (tenant, user_id, done_at)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete

table users
  tenant integer not null
  id integer not null identity
  partner_id integer not null
  company_id integer not null
  login text not null
  login_key text not null generated (fold_login(login))
  password_hash text
  password_changed_at timestamp with time zone
  notification_type text not null default 'email'::text
  signature text not null default ''::text
  active boolean not null default true
  last_sign_in_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  created_by integer
  updated_by integer
  must_change_password boolean not null default false
  users_login_check: CHECK ((btrim(login) <> ''::text))
  users_notification_type_check: CHECK ((notification_type = ANY (ARRAY['email'::text, 'inbox'::text])))
  users_pkey: PRIMARY KEY (tenant, id)
  users_tenant_company_id_fkey: FOREIGN KEY (tenant, company_id) REFERENCES companies(tenant, id)
  users_tenant_login_key_key: UNIQUE (tenant, login_key)
  users_tenant_partner_id_fkey: FOREIGN KEY (tenant, partner_id) REFERENCES partners(tenant, id)
  CREATE INDEX users_partner ON public.users USING btree (tenant, partner_id)
  policy tenant_only for ALL to public using ((tenant = ( SELECT current_tenant() AS current_tenant))) with check ((tenant = ( SELECT current_tenant() AS current_tenant)))
  row security t forced; huis_server may select, insert, update, delete
