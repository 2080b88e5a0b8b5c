import type { Migration } from "./migration.ts";

/**
 * Money that goes back to wallets for refunds. These rows are no projection: they outlive a rebuild, so that whatever is read
 * again pays nothing twice. Each stands for one payout of a refund; `id` is what it is booked or asked for under. `pending` ones
 * wait for another company's rail and are repeated until they are final.
 */
export const walletRefunds: Migration = {
  number: 10,
  name: "wallet-refunds",
  sql: `
create table refunds (
  id uuid primary key,
  refund_id uuid not null,
  payment_id uuid not null references charges (payment_id),
  till_id uuid not null references tills (id),
  ledger uuid not null,
  seq bigint not null,
  rail text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  state text not null check (state in ('pending', 'done', 'refused')),
  transfer_id uuid references transfers (id),
  attempts integer not null default 0,
  next_try_at timestamptz,
  made_at timestamptz not null,
  done_at timestamptz,
  unique (refund_id, payment_id)
);
create index refunds_by_payment on refunds (payment_id);
create index refunds_to_try on refunds (next_try_at) where state = 'pending';

alter table transfers drop constraint transfers_kind_check;
alter table transfers add constraint transfers_kind_check check (kind in ('top-up', 'charge', 'reversal', 'refund'));
`,
};
