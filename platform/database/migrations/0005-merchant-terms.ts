import type { Migration } from "./migration.ts";

/**
 * What merchants pay for wallet payments, by the day from which it holds, and what was kept of each charge: a charge that
 * is asked for again after the terms have changed answers as it did. Charges of before say nothing.
 */
export const merchantTerms: Migration = {
  number: 5,
  name: "merchant-terms",
  sql: `
create table merchant_terms (
  store_id text not null references stores (id),
  valid_from timestamptz not null,
  rate_parts_per_million integer not null check (rate_parts_per_million between 0 and 1000000),
  fixed_minor bigint not null default 0 check (fixed_minor >= 0),
  primary key (store_id, valid_from)
);
insert into merchant_terms (store_id, valid_from, rate_parts_per_million)
  select id, 'epoch', commission_parts_per_million from stores;
alter table stores drop column commission_parts_per_million;

alter table charges add column commission_minor bigint check (commission_minor >= 0);
alter table charges add column position bigint generated always as identity;
create unique index charges_by_position on charges (position);
`,
};
