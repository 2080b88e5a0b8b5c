import type { Migration } from "./migration.ts";

/**
 * Sessions of phones, by the SHA-256 of what the phone holds, and the order of what moved an account. When a till was last
 * heard of is a table of its own: a request never waits for whoever holds the till's row.
 */
export const sessionsAndPresence: Migration = {
  number: 8,
  name: "sessions-and-presence",
  sql: `
create table wallet_sessions (
  hash bytea primary key check (length(hash) = 32),
  wallet_id text not null references wallets (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  position bigint generated always as identity
);
create index sessions_by_wallet on wallet_sessions (wallet_id, position);

alter table transfer_legs add column position bigint generated always as identity;
create index legs_by_account on transfer_legs (account_id, position);

create table till_presence (
  till_id uuid primary key references tills (id),
  last_seen_at timestamptz not null
);
`,
};
