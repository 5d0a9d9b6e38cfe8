-- No mail of a test database is ever outgoing, whoever stores or changes it and by whatever way: it is in
-- the database's own mailbox at once (decision 0023).
create function mail_is_caught() returns trigger language plpgsql as $$
begin
  if (select t.is_test from tenants t where t.id = new.tenant) then
    new.state := 'sent';
    new.caught := true;
    new.sent_at := coalesce(new.sent_at, now());
  end if;
  return new;
end $$;
create trigger mail_is_caught before insert or update of state on mails
  for each row when (new.state = 'outgoing') execute function mail_is_caught();
create index mails_caught on mails (tenant, created_at desc) where caught;
