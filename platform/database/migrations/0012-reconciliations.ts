import type { Migration } from "./migration.ts";

/**
 * The rails' bills, line by line, and what became of holding each day's against the charges. Lines are kept for a while, because
 * what went back may stand in the bill of another day than its payment.
 */
export const reconciliations: Migration = {
  number: 12,
  name: "reconciliations",
  sql: `
create table bill_lines (
  rail text not null,
  day text not null,
  position integer not null,
  kind text not null check (kind in ('payment', 'refund', 'reversal')),
  order_number text not null,
  refund_number text,
  transaction text not null,
  amount_minor bigint not null,
  primary key (rail, day, position)
);
create index bill_lines_by_order on bill_lines (order_number);

create table reconciliations (
  rail text not null,
  day text not null check (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
  state text not null check (state in ('waiting', 'done')),
  reason text,
  tries integer not null default 0,
  next_try_at timestamptz,
  read_at timestamptz not null,
  payments integer not null default 0,
  payments_minor bigint not null default 0,
  differences integer not null default 0,
  primary key (rail, day)
);

create table reconciliation_differences (
  rail text not null,
  day text not null,
  position integer not null,
  kind text not null,
  what text not null,
  order_number text not null,
  payment_id uuid,
  ours_minor bigint,
  theirs_minor bigint,
  our_state text,
  primary key (rail, day, position),
  foreign key (rail, day) references reconciliations (rail, day)
);
create index transfers_by_kind on transfers (kind, at);
`,
};
