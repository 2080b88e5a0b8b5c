import type { Migration } from "./migration.ts";

/**
 * Threads of a shop with a shopper (by the wallet) or with the operator. A message is written under its thread's row lock,
 * which is held until commit, so that cursors become visible in their order. A receipt stands once for its sale or refund
 * (`subject_id`), whatever is read again: threads are no projection and outlive a rebuild.
 */
export const chat: Migration = {
  number: 7,
  name: "chat",
  sql: `
create table threads (
  id uuid primary key,
  store_id text not null references stores (id),
  wallet_id text references wallets (id),
  shopper_number text check (shopper_number ~ '^[0-9]{5}$'),
  last_cursor bigint not null default 0,
  last_at timestamptz,
  read_by_shop bigint not null default 0,
  read_by_other bigint not null default 0,
  created_at timestamptz not null,
  check ((wallet_id is null) = (shopper_number is null))
);
create unique index threads_with_shoppers on threads (store_id, wallet_id) where wallet_id is not null;
create unique index threads_with_operator on threads (store_id) where wallet_id is null;
create index threads_by_wallet on threads (wallet_id) where wallet_id is not null;

create table messages (
  thread_id uuid not null references threads (id),
  cursor bigint not null,
  message_id uuid not null,
  at timestamptz not null,
  sender text not null check (sender in ('shopper', 'shop', 'operator')),
  kind text not null check (kind in ('text', 'receipt')),
  text text,
  about text,
  receipt text,
  subject_id uuid,
  primary key (thread_id, cursor),
  unique (thread_id, message_id),
  check ((kind = 'text') = (text is not null)),
  check ((kind = 'receipt') = (receipt is not null and subject_id is not null))
);
create unique index receipts_once on messages (subject_id) where subject_id is not null;
`,
};
