-- Written by `npm run schema` from the migrated database; reviews read it, nothing runs it.

table attempts
  tenant integer not null
  key bytea not null
  failures integer not null
  blocked_until timestamp with time zone
  updated_at timestamp with time zone not null default now()
  attempts_pkey: PRIMARY KEY (tenant, key)
  attempts_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  CREATE INDEX attempts_age ON public.attempts USING btree (tenant, updated_at)
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
  row security t forced; huis_server may select, insert, update, delete

table companies
  tenant integer not null
  id integer not null identity
  partner_id integer not null
  name text not null
  colour text not null default '#0f766e'::text
  created_at timestamp with time zone not null default now()
  companies_colour_check: CHECK ((colour ~ '^#[0-9a-f]{6}$'::text))
  companies_name_check: CHECK ((name <> ''::text))
  companies_pkey: PRIMARY KEY (tenant, id)
  companies_tenant_partner_id_fkey: FOREIGN KEY (tenant, partner_id) REFERENCES partners(tenant, id)
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
  row security t forced; huis_server may select, insert, update, delete

table group_implications
  tenant integer not null
  group_id integer not null
  implied_id integer not null
  group_implications_pkey: PRIMARY KEY (tenant, group_id, implied_id)
  group_implications_tenant_group_id_fkey: FOREIGN KEY (tenant, group_id) REFERENCES groups(tenant, id) ON DELETE CASCADE
  group_implications_tenant_implied_id_fkey: FOREIGN KEY (tenant, implied_id) REFERENCES groups(tenant, id) ON DELETE CASCADE
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
  row security t forced; huis_server may select, insert, update, delete

table group_users
  tenant integer not null
  group_id integer not null
  user_id integer not null
  group_users_pkey: PRIMARY KEY (tenant, group_id, user_id)
  group_users_tenant_group_id_fkey: FOREIGN KEY (tenant, group_id) REFERENCES groups(tenant, id) ON DELETE CASCADE
  group_users_tenant_user_id_fkey: FOREIGN KEY (tenant, user_id) REFERENCES users(tenant, id) ON DELETE CASCADE
  CREATE INDEX group_users_user ON public.group_users USING btree (tenant, user_id)
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
  row security t forced; huis_server may select, insert, update, delete

table groups
  tenant integer not null
  id integer not null identity
  external_id text not null
  name jsonb not null
  groups_pkey: PRIMARY KEY (tenant, id)
  groups_tenant_external_id_key: UNIQUE (tenant, external_id)
  groups_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
  row security t forced; huis_server may select, insert, update, delete

table languages
  tenant integer not null
  code text not null
  loaded_at timestamp with time zone not null default now()
  languages_pkey: PRIMARY KEY (tenant, code)
  languages_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
  row security t forced; huis_server may select, insert, update, delete

table links
  tenant integer not null
  token_hash bytea not null
  user_id integer not null
  purpose text not null
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  used_at timestamp with time zone
  links_pkey: PRIMARY KEY (tenant, token_hash)
  links_purpose_check: CHECK ((purpose = 'rescue'::text))
  links_tenant_user_id_fkey: FOREIGN KEY (tenant, user_id) REFERENCES users(tenant, id) ON DELETE CASCADE
  CREATE INDEX links_user ON public.links USING btree (tenant, user_id)
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
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
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
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
  partners_name_check: CHECK ((name <> ''::text))
  partners_pkey: PRIMARY KEY (tenant, id)
  partners_tenant_fkey: FOREIGN KEY (tenant) REFERENCES tenants(id) ON DELETE CASCADE
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
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
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
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
  sessions_pkey: PRIMARY KEY (tenant, id)
  sessions_tenant_token_hash_key: UNIQUE (tenant, token_hash)
  sessions_tenant_user_id_fkey: FOREIGN KEY (tenant, user_id) REFERENCES users(tenant, id) ON DELETE CASCADE
  CREATE INDEX sessions_user ON public.sessions USING btree (tenant, user_id)
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
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
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
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
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
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
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
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
  tenants_host_key: UNIQUE (host)
  tenants_name_check: CHECK ((name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'::text))
  tenants_name_key: UNIQUE (name)
  tenants_password_min_length_check: CHECK (((password_min_length >= 8) AND (password_min_length <= 64)))
  tenants_pkey: PRIMARY KEY (id)
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
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
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
  users_login_check: CHECK ((btrim(login) <> ''::text))
  users_notification_type_check: CHECK ((notification_type = ANY (ARRAY['email'::text, 'inbox'::text])))
  users_pkey: PRIMARY KEY (tenant, id)
  users_tenant_company_id_fkey: FOREIGN KEY (tenant, company_id) REFERENCES companies(tenant, id)
  users_tenant_login_key_key: UNIQUE (tenant, login_key)
  users_tenant_partner_id_fkey: FOREIGN KEY (tenant, partner_id) REFERENCES partners(tenant, id)
  CREATE INDEX users_partner ON public.users USING btree (tenant, partner_id)
  policy tenant_only for ALL to public using ((tenant = current_tenant())) with check ((tenant = current_tenant()))
  row security t forced; huis_server may select, insert, update, delete
