-- What copying a database needs (decision 0023): rows are taken as they are, so the triggers that work
-- out what a row lacks stand aside, and of companies and partners either may come first.

create function rows_are_copied() returns boolean
  language sql stable parallel safe
  return coalesce(current_setting('huis.copying', true) = 'on', false);

drop trigger partner_names on partners;
create trigger partner_names before insert or update on partners
  for each row when (not rows_are_copied()) execute function partner_names();
drop trigger user_in_company on users;
create trigger user_in_company after insert or update of company_id on users
  for each row when (not rows_are_copied()) execute function user_in_company();

-- Refused as before when a company goes that partners are of, but asked at the end where that is wished:
-- ending a database too takes both away.
alter table partners
  drop constraint partners_tenant_company_id_fkey,
  add foreign key (tenant, company_id) references companies (tenant, id) deferrable;
