import type { Migration } from "./migration.ts";

/**
 * Wallets and their double entry. `spent_tokens` is never emptied: a token is charged at most once, ever. A wallet's
 * balance below zero is refused by the database itself, whatever the code above it thinks.
 */
export const wallets: Migration = {
  number: 4,
  name: "wallets",
  sql: `
create table accounts (
  id text primary key,
  kind text not null check (kind in ('wallet', 'merchant', 'commission', 'float')),
  currency text not null,
  balance_minor bigint not null default 0,
  check (kind <> 'wallet' or balance_minor >= 0)
);

create table wallets (
  id text primary key,
  shopper_id text not null unique,
  name text not null,
  account_id text not null unique references accounts (id),
  blocked boolean not null default false
);

create table transfers (
  id uuid primary key,
  kind text not null check (kind in ('top-up', 'charge', 'reversal')),
  reference text not null,
  at timestamptz not null,
  unique (kind, reference)
);

create table transfer_legs (
  transfer_id uuid not null references transfers (id),
  account_id text not null references accounts (id),
  amount_minor bigint not null,
  currency text not null,
  balance_after_minor bigint not null,
  primary key (transfer_id, account_id)
);

create table spent_tokens (
  wallet_id text not null,
  cti text not null,
  counter bigint not null,
  payment_id uuid not null,
  at timestamptz not null,
  primary key (wallet_id, cti)
);

create table charges (
  payment_id uuid primary key,
  till_id uuid not null references tills (id),
  sale_id uuid not null,
  ledger uuid not null,
  amount_minor bigint not null,
  currency text not null,
  number text not null,
  token_hash bytea,
  state text not null check (state in ('new', 'paid', 'declined', 'reversed')),
  code text,
  wallet_id text,
  transfer_id uuid references transfers (id),
  paid_at timestamptz,
  taken_before boolean not null default false,
  created_at timestamptz not null
);
`,
};
