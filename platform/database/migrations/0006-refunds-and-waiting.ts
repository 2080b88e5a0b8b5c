import type { Migration } from "./migration.ts";

/**
 * Refunds stand among the sales with amounts below zero. `position` is the order of reading: of two with one receipt code
 * the second is in view, also when the first is judged again. `waiting_entries` names what an entry's verdict waits for:
 * a payment that becomes paid, or a sale that arrives.
 */
export const refundsAndWaiting: Migration = {
  number: 6,
  name: "refunds-and-waiting",
  sql: `
alter table sales add column kind text not null default 'sale' check (kind in ('sale', 'refund'));
alter table sales add column refund_id uuid;
alter table sales add column position bigint generated always as identity;
alter table sales add check ((kind = 'refund') = (refund_id is not null));
create index sales_by_refund on sales (refund_id) where refund_id is not null;
create index answers_needing_you on answers (ledger, seq) where state = 'needs-you';

create table waiting_entries (
  ledger uuid not null,
  seq bigint not null,
  waits_for uuid not null,
  primary key (ledger, seq, waits_for)
);
create index waiting_by_cause on waiting_entries (waits_for);
`,
};
