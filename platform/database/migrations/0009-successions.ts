import type { Migration } from "./migration.ts";

/**
 * Ledgers that take an older one's place, with what was said and what was answered, so that the same question gets the same
 * answer. `position` is the order in which a till's ledgers came. The marks of the projection hold the highest receipt of their
 * ledger and what its till has ever settled up to there (null where that cannot be told).
 */
export const successions: Migration = {
  number: 9,
  name: "successions",
  sql: `
alter table ledgers add column position bigint generated always as identity;
create index ledgers_by_journal_key on ledgers (journal_key_id);

alter table projection_marks add column receipt_number bigint not null default 0;
alter table projection_marks add column receipt_code text;
alter table projection_marks add column perpetual text;
update projection_marks m set receipt_number = s.number, receipt_code = s.code
  from (
    select distinct on (ledger) ledger, split_part(receipt_code, '-', 2)::bigint as number, receipt_code as code
    from sales order by ledger, number desc
  ) s
  where s.ledger = m.ledger;

alter table enrolment_codes add column replaces uuid references tills (id);

create table successions (
  successor uuid primary key references ledgers (id),
  predecessor uuid not null references ledgers (id),
  till_id uuid not null references tills (id),
  journal_key bytea not null check (length(journal_key) = 32),
  reason text not null,
  known_seq bigint not null,
  known_hash bytea not null check (length(known_hash) = 32),
  known_receipt bigint not null,
  approved_by text,
  opened_at text,
  platform_seq bigint not null,
  platform_hash bytea not null check (length(platform_hash) = 32),
  platform_receipt bigint not null,
  receipt_number bigint not null,
  receipt_code text,
  perpetual text,
  statement text not null,
  by_enrolment boolean not null,
  is_second boolean not null,
  at timestamptz not null,
  check (successor <> predecessor)
);
create index successions_by_predecessor on successions (predecessor);
create index successions_by_till on successions (till_id);
`,
};
