import type { Migration } from "./migration.ts";

/**
 * What the platform reads out of stored entries. All of it can be made again from the entries; none of it can keep an
 * entry from being stored.
 */
export const projections: Migration = {
  number: 2,
  name: "projections",
  sql: `
create table projection_marks (
  ledger uuid primary key references ledgers (id),
  seq bigint not null default 0
);

create table sales (
  ledger uuid not null,
  seq bigint not null,
  till_id uuid not null references tills (id),
  sale_id uuid not null,
  receipt_code text not null,
  business_day text not null,
  time text not null,
  training boolean not null,
  currency text not null,
  total_minor bigint not null,
  primary key (ledger, seq)
);
create index sales_by_till on sales (till_id, business_day);
create index sales_by_sale on sales (sale_id);
create index sales_by_receipt on sales (till_id, receipt_code);

create table tenders (
  ledger uuid not null,
  seq bigint not null,
  position integer not null,
  kind text not null,
  amount_minor bigint not null,
  payment_id uuid,
  primary key (ledger, seq, position),
  foreign key (ledger, seq) references sales (ledger, seq)
);
create index tenders_by_payment on tenders (payment_id) where payment_id is not null;

create table answers (
  till_id uuid not null references tills (id),
  cursor bigint not null,
  ledger uuid not null,
  seq bigint not null,
  state text not null check (state in ('needs-you', 'settled')),
  code text not null,
  at timestamptz not null,
  primary key (till_id, cursor)
);
create index answers_by_entry on answers (ledger, seq);
`,
};
