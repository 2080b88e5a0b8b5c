import type { Migration } from "./migration.ts";

const partitions = 16;

const entryColumns = `
  ledger uuid not null,
  seq bigint not null check (seq >= 1),
  id uuid not null,
  text bytea not null,
  hash bytea not null check (length(hash) = 32),
  signature bytea not null check (length(signature) = 64),
  key_id text not null,
  received_at timestamptz not null,
  primary key (ledger, seq),
  unique (ledger, id)`;

/**
 * Stores, tills, their ledgers and the entries. The canonical text is kept as its bytes, whatever the encoding of the
 * database. Unique keys begin with the ledger, by whose hash the entries are spread: PostgreSQL wants the partition
 * key in them, and so do the distributed databases that speak its language.
 */
export const tillsAndLedgers: Migration = {
  number: 1,
  name: "tills-and-ledgers",
  sql: `
create table platform_state (key text primary key, value text not null);

create table stores (
  id text primary key,
  next_till_number integer not null default 1,
  commission_parts_per_million integer not null default 6000 check (commission_parts_per_million between 0 and 1000000)
);

create table tills (
  id uuid primary key,
  store_id text not null references stores (id),
  number integer not null,
  request_key bytea not null check (length(request_key) = 32),
  request_key_id text not null unique,
  enrolled_at timestamptz not null,
  revoked_at timestamptz,
  last_answer bigint not null default 0,
  unique (store_id, number)
);

create table enrolment_codes (
  secret_hash bytea primary key,
  store_id text not null references stores (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  till_id uuid references tills (id)
);

create table ledgers (
  id uuid primary key,
  till_id uuid not null references tills (id),
  journal_key bytea not null check (length(journal_key) = 32),
  journal_key_id text not null,
  head_seq bigint not null default 0,
  head_hash bytea not null,
  held_seq bigint,
  held_hash bytea,
  forked_at timestamptz
);
create index ledgers_by_till on ledgers (till_id);

create table entries (${entryColumns}) partition by hash (ledger);
${Array.from(
  { length: partitions },
  (_, index) =>
    `create table entries_${index} partition of entries for values with (modulus ${partitions}, remainder ${index});`,
).join("\n")}

create table held_entries (${entryColumns});

create table forked_entries (
  ledger uuid not null,
  seq bigint not null,
  hash bytea not null,
  stored_hash bytea not null,
  text bytea not null,
  signature bytea not null,
  key_id text not null,
  received_at timestamptz not null,
  primary key (ledger, seq, hash)
);
`,
};
