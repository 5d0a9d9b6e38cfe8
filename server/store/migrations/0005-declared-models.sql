-- What the declared models need of the tables.

-- Groups, rights and rules that a tenant was offered, by name: each is offered once, so that what an
-- administrator changes or deletes stays so (decision 0014).
alter table tenants add column offered jsonb not null default '[]';
grant update (offered) on tenants to huis_server;

alter table group_categories
  alter column external_id set default '__custom__.' || gen_random_uuid();

-- A company goes by the name of its partner; its own column follows, and the partner is an organisation.
create function company_takes_name() returns trigger language plpgsql as $$
begin
  if new.name is null then
    select p.name into new.name from partners p where p.tenant = new.tenant and p.id = new.partner_id;
  end if;
  return new;
end $$;
create trigger company_takes_name before insert on companies
  for each row execute function company_takes_name();

create function company_named() returns trigger language plpgsql as $$
begin
  update partners p set name = new.name, is_company = true
    where p.tenant = new.tenant and p.id = new.partner_id
      and (p.name <> new.name or not p.is_company);
  return null;
end $$;
create trigger company_named after insert or update of name on companies
  for each row execute function company_named();

create function company_renamed() returns trigger language plpgsql as $$
begin
  update companies c set name = new.name
    where c.tenant = new.tenant and c.partner_id = new.id and c.name <> new.name;
  return null;
end $$;
create trigger company_renamed after update of name on partners for each row
  when (old.name is distinct from new.name) execute function company_renamed();

-- Nothing lies below itself: a walk up or down a tree must end.
create function tree_ends() returns trigger language plpgsql as $$
declare above integer := new.parent_id;
begin
  while above is not null loop
    if above = new.id then
      raise exception 'a record of % would lie below itself', tg_table_name
        using errcode = 'check_violation', table = tg_table_name, constraint = tg_table_name || '_tree';
    end if;
    execute format('select parent_id from %I where tenant = $1 and id = $2', tg_table_name)
      into above using new.tenant, above;
  end loop;
  return new;
end $$;

do $$
declare t text;
begin
  foreach t in array array['partners', 'companies', 'partner_categories', 'group_categories']
  loop
    execute format('create trigger a_tree_ends before insert or update of parent_id on %I
      for each row when (new.parent_id is not null) execute function tree_ends()', t);
  end loop;
end $$;
