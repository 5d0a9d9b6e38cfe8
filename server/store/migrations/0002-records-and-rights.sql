-- What the registry of models stands on: rights, rules, the rest of partners, companies and users,
-- and the reference tables that every tenant reads.

create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- What a search compares: no case, no accents. `unaccent` is only stable, for its dictionary may change.
create function fold_text(words text) returns text
  language sql immutable strict parallel safe
  return lower(public.unaccent('public.unaccent'::regdictionary, words));

-- Row-level security lets an index serve a condition only when its operator tells nothing of the rows
-- it drops. LIKE can but complain of its pattern, which is ours; without this a search by letters
-- reads the whole tenant. Needs a superuser: elsewhere the search is right, and slower.
do $$
begin
  alter function pg_catalog.textlike(text, text) leakproof;
exception when insufficient_privilege then null;
end $$;

-- ── Reference, the same for all: read by everybody, written by migrations ───────────────────────

create table countries (
  id integer primary key,
  code text not null unique check (code ~ '^[A-Z]{2}$'),
  name jsonb not null,
  phone_code integer
);
create table currencies (
  id integer primary key,
  code text not null unique check (code ~ '^[A-Z]{3}$'),
  name jsonb not null,
  symbol text not null,
  decimal_places integer not null default 2
);
grant select on countries, currencies to huis_server;

-- ── Partners and companies ─────────────────────────────────────────────────────────────────────

alter table tenants add column names_order text not null default 'first_last'
  check (names_order in ('first_last', 'last_first'));
grant update (names_order) on tenants to huis_server;

alter table partners
  add column first_name text,
  add column last_name text,
  add column complete_name text not null default '',
  add column parent_id integer,
  add column commercial_partner_id integer,
  add column company_id integer,
  add column type text not null default 'contact'
    check (type in ('contact', 'invoice', 'delivery', 'other')),
  add column street text,
  add column street2 text,
  add column zip text,
  add column city text,
  add column country_id integer references countries (id),
  add column title text,
  add column ref text,
  add column vat text,
  add column website text,
  add column comment text,
  add column color integer not null default 0,
  add column created_by integer,
  add column updated_by integer,
  add foreign key (tenant, parent_id) references partners (tenant, id) on delete restrict,
  add foreign key (tenant, company_id) references companies (tenant, id) on delete restrict,
  add foreign key (tenant, commercial_partner_id) references partners (tenant, id)
    deferrable initially deferred;

-- The name and its parts say the same, in the tenant's order, whoever writes which.
create function partner_names() returns trigger language plpgsql as $$
declare
  last_first boolean;
  words text[];
begin
  select t.names_order = 'last_first' into last_first from tenants t where t.id = new.tenant;
  if new.is_company then
    new.first_name := null;
    new.last_name := new.name;
  elsif tg_op = 'UPDATE' and (new.first_name is distinct from old.first_name
      or new.last_name is distinct from old.last_name)
    or tg_op = 'INSERT' and coalesce(new.first_name, new.last_name) is not null then
    new.name := btrim(case when last_first then concat_ws(' ', new.last_name, new.first_name)
      else concat_ws(' ', new.first_name, new.last_name) end);
  elsif tg_op = 'INSERT' or new.name is distinct from old.name
    or coalesce(new.first_name, new.last_name) is null then
    words := regexp_split_to_array(btrim(new.name), '\s+');
    if cardinality(words) < 2 then
      new.first_name := null;
      new.last_name := btrim(new.name);
    elsif last_first then
      new.first_name := words[cardinality(words)];
      new.last_name := array_to_string(words[1:cardinality(words) - 1], ' ');
    else
      new.first_name := words[1];
      new.last_name := array_to_string(words[2:], ' ');
    end if;
  end if;
  select case when new.is_company then null else p.complete_name end,
    case when new.is_company then null else p.commercial_partner_id end
    into new.complete_name, new.commercial_partner_id
    from partners p where p.tenant = new.tenant and p.id = new.parent_id;
  new.complete_name := concat_ws(', ', new.complete_name, new.name);
  new.commercial_partner_id := coalesce(new.commercial_partner_id, new.id);
  return new;
end $$;
create trigger partner_names before insert or update on partners
  for each row execute function partner_names();

-- Those below follow when a name or the company above changes.
create function partner_names_below() returns trigger language plpgsql as $$
begin
  update partners set updated_at = updated_at where tenant = new.tenant and parent_id = new.id;
  return null;
end $$;
create trigger partner_names_below after update on partners for each row
  when (old.complete_name is distinct from new.complete_name
    or old.commercial_partner_id is distinct from new.commercial_partner_id)
  execute function partner_names_below();

alter table partners no force row level security;
update partners set updated_at = updated_at;
set constraints all immediate;
set constraints all deferred;
alter table partners force row level security;
alter table partners
  add column name_folded text generated always as (fold_text(name)) stored,
  add column email_folded text generated always as (fold_text(email)) stored,
  add column search_folded text generated always as (fold_text(complete_name || chr(10)
    || coalesce(email, '') || chr(10) || coalesce(ref, '') || chr(10) || coalesce(vat, ''))) stored;
alter table partners
  alter column commercial_partner_id set default 0,
  alter column commercial_partner_id set not null;

create index partners_order on partners (tenant, complete_name collate "und-x-icu", id desc);
create index partners_folded on partners using gin (tenant, name_folded gin_trgm_ops);
create index partners_searched on partners using gin (tenant, search_folded gin_trgm_ops);
create index partners_parent on partners (tenant, parent_id);
create index partners_commercial on partners (tenant, commercial_partner_id);
create index partners_country on partners (tenant, country_id, active);

create table partner_categories (
  tenant integer not null references tenants (id) on delete cascade,
  id integer generated by default as identity,
  name jsonb not null,
  parent_id integer,
  color integer not null default 0,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by integer,
  updated_by integer,
  primary key (tenant, id),
  foreign key (tenant, parent_id) references partner_categories (tenant, id) on delete cascade
);
create table partner_category_partners (
  tenant integer not null,
  category_id integer not null,
  partner_id integer not null,
  primary key (tenant, category_id, partner_id),
  foreign key (tenant, category_id) references partner_categories (tenant, id) on delete cascade,
  foreign key (tenant, partner_id) references partners (tenant, id) on delete cascade
);
create index partner_category_partners_partner on partner_category_partners (tenant, partner_id);

alter table companies
  add column parent_id integer,
  add column currency_id integer references currencies (id),
  add column sequence integer not null default 10,
  add column active boolean not null default true,
  add column company_registry text,
  add column updated_at timestamptz not null default now(),
  add column created_by integer,
  add column updated_by integer,
  add foreign key (tenant, parent_id) references companies (tenant, id) on delete restrict;

-- ── Users ──────────────────────────────────────────────────────────────────────────────────────

alter table users
  add column created_by integer,
  add column updated_by integer;

create table company_users (
  tenant integer not null,
  company_id integer not null,
  user_id integer not null,
  primary key (tenant, company_id, user_id),
  foreign key (tenant, company_id) references companies (tenant, id) on delete cascade,
  foreign key (tenant, user_id) references users (tenant, id) on delete cascade
);
create index company_users_user on company_users (tenant, user_id);

-- A person may always work in the company they are in.
create function user_in_company() returns trigger language plpgsql as $$
begin
  insert into company_users (tenant, company_id, user_id)
    values (new.tenant, new.company_id, new.id) on conflict do nothing;
  return null;
end $$;
create trigger user_in_company after insert or update of company_id on users
  for each row execute function user_in_company();

alter table users no force row level security;
insert into company_users (tenant, company_id, user_id) select tenant, company_id, id from users;
alter table users force row level security;

-- A session has a number beside its uuid, for clients that know records by number alone.
alter table sessions add column number integer generated always as identity;

-- ── Groups, rights and rules ───────────────────────────────────────────────────────────────────

create table group_categories (
  tenant integer not null references tenants (id) on delete cascade,
  id integer generated by default as identity,
  external_id text not null,
  name jsonb not null,
  description jsonb not null default '{}',
  parent_id integer,
  sequence integer not null default 10,
  visible boolean not null default true,
  exclusive boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by integer,
  updated_by integer,
  primary key (tenant, id),
  unique (tenant, external_id),
  foreign key (tenant, parent_id) references group_categories (tenant, id) on delete set null (parent_id)
);

alter table groups
  add column category_id integer,
  add column comment jsonb not null default '{}',
  add column share boolean not null default false,
  add column key_days integer not null default 0 check (key_days >= 0),
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add column created_by integer,
  add column updated_by integer,
  alter column external_id set default '__custom__.' || gen_random_uuid(),
  add foreign key (tenant, category_id) references group_categories (tenant, id) on delete restrict;

-- `model_id` is the stable number that the registry gives a model.
create table model_access (
  tenant integer not null references tenants (id) on delete cascade,
  id integer generated by default as identity,
  name text not null check (name <> ''),
  model_id integer not null,
  group_id integer,
  active boolean not null default true,
  perm_read boolean not null default false,
  perm_write boolean not null default false,
  perm_create boolean not null default false,
  perm_unlink boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by integer,
  updated_by integer,
  primary key (tenant, id),
  foreign key (tenant, group_id) references groups (tenant, id) on delete cascade
);
create index model_access_group on model_access (tenant, group_id);

create table record_rules (
  tenant integer not null references tenants (id) on delete cascade,
  id integer generated by default as identity,
  name text,
  model_id integer not null,
  domain_force text not null default '[]',
  active boolean not null default true,
  perm_read boolean not null default true,
  perm_write boolean not null default true,
  perm_create boolean not null default true,
  perm_unlink boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by integer,
  updated_by integer,
  primary key (tenant, id),
  check (perm_read or perm_write or perm_create or perm_unlink)
);
create table record_rule_groups (
  tenant integer not null,
  rule_id integer not null,
  group_id integer not null,
  primary key (tenant, rule_id, group_id),
  foreign key (tenant, rule_id) references record_rules (tenant, id) on delete cascade,
  foreign key (tenant, group_id) references groups (tenant, id) on delete cascade
);
create index record_rule_groups_group on record_rule_groups (tenant, group_id);

-- One stamp a tenant, random so that a change that was rolled back is never mistaken for another.
-- Every process keeps rights in memory under their stamp, and reads the stamp with every call.
create table rights_stamps (
  tenant integer primary key references tenants (id) on delete cascade,
  stamp uuid not null default gen_random_uuid()
);
create function stamp_rights() returns trigger language plpgsql as $$
begin
  -- A tenant that is being deleted takes its rights along, and needs no stamp.
  insert into rights_stamps (tenant) select id from tenants where id = current_tenant()
    on conflict (tenant) do update set stamp = gen_random_uuid();
  return null;
end $$;

create table parameters (
  tenant integer not null references tenants (id) on delete cascade,
  id integer generated by default as identity,
  key text not null check (key <> ''),
  value text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by integer,
  updated_by integer,
  primary key (tenant, id),
  unique (tenant, key)
);

insert into rights_stamps (tenant) select id from tenants;

do $$
declare t text;
begin
  foreach t in array array['partner_categories', 'partner_category_partners', 'company_users',
    'group_categories', 'model_access', 'record_rules', 'record_rule_groups', 'rights_stamps',
    'parameters']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_only on %I using (tenant = current_tenant())
      with check (tenant = current_tenant())', t);
    execute format('grant select, insert, update, delete on %I to huis_server', t);
  end loop;
  -- Asked once a statement, not once a row.
  for t in select tablename from pg_policies where schemaname = 'public' and policyname = 'tenant_only'
  loop
    execute format('alter policy tenant_only on %I using (tenant = (select current_tenant()))
      with check (tenant = (select current_tenant()))', t);
  end loop;
  foreach t in array array['groups', 'group_implications', 'model_access', 'record_rules',
    'record_rule_groups']
  loop
    execute format('create trigger stamp_rights after insert or update or delete on %I
      for each statement execute function stamp_rights()', t);
  end loop;
end $$;
