import type { Migration } from "./migration.ts";

/** The journal, its projections and the working state. */
export const first: Migration = {
  version: 1,
  name: "0001-first",
  sql: `
-- The truth. One file holds one ledger, so seq alone is the key (measured: a key over ledger and seq costs a
-- further index page, a tenth of a sale). The text is stored, hashed, signed and sent as it is.
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY CHECK (seq >= 1),
  ledger TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  text TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  signature BLOB NOT NULL CHECK (length(signature) = 64),
  key_id TEXT NOT NULL
) STRICT;

CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal
BEGIN SELECT raise(ABORT, 'The journal is append only'); END;

CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal
BEGIN SELECT raise(ABORT, 'The journal is append only'); END;

-- Projections: made again from the journal by rebuild, so their loss costs nothing.
CREATE TABLE postings (
  seq INTEGER NOT NULL,
  leg INTEGER NOT NULL,
  account TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  PRIMARY KEY (seq, leg)
) STRICT, WITHOUT ROWID;

CREATE TABLE balances (
  account TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  PRIMARY KEY (account, currency)
) STRICT, WITHOUT ROWID;

-- Receipt numbers rise with seq (the journal refuses any other), so they are found without an index of their own.
CREATE TABLE sales (
  seq INTEGER PRIMARY KEY,
  sale_id TEXT NOT NULL UNIQUE,
  receipt_number INTEGER NOT NULL,
  receipt_code TEXT NOT NULL,
  total_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  business_day TEXT NOT NULL,
  shift TEXT,
  person TEXT,
  time TEXT NOT NULL,
  training INTEGER NOT NULL,
  tender_kinds TEXT NOT NULL
) STRICT;

CREATE TABLE payments (
  payment_id TEXT PRIMARY KEY,
  sale_id TEXT NOT NULL,
  state TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  number TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  created_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  transaction_id TEXT,
  reason TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX payments_by_sale ON payments (sale_id);
CREATE INDEX payments_open ON payments (created_seq) WHERE state IN ('created', 'sent', 'unknown', 'reversing');

CREATE TABLE shifts (
  shift TEXT PRIMARY KEY,
  drawer TEXT NOT NULL,
  opened_seq INTEGER NOT NULL,
  opened_at TEXT NOT NULL,
  person TEXT,
  float_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  closed_seq INTEGER,
  closed_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE prints (
  seq INTEGER PRIMARY KEY,
  sale_id TEXT NOT NULL,
  receipt_code TEXT NOT NULL,
  job_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL,
  copy INTEGER
) STRICT;

CREATE INDEX prints_by_sale ON prints (sale_id);

CREATE TABLE enrolments (
  seq INTEGER PRIMARY KEY,
  till_id TEXT NOT NULL,
  till_number INTEGER NOT NULL,
  store_id TEXT NOT NULL,
  platform_root TEXT NOT NULL,
  request_key_id TEXT NOT NULL
) STRICT;

-- Working state. Its loss costs: the goods have to be scanned again.
CREATE TABLE open_basket (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  text TEXT NOT NULL
) STRICT;

-- Its loss costs: receipts that were not printed yet are offered as reprints.
CREATE TABLE print_jobs (
  job_id TEXT PRIMARY KEY,
  sale_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  bytes BLOB NOT NULL,
  state TEXT NOT NULL,
  code TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX print_jobs_by_state ON print_jobs (state, job_id);

-- Its loss costs: one more round of asking the platform where it stands; entries sent twice count once.
CREATE TABLE platform_marks (
  ledger TEXT PRIMARY KEY,
  acknowledged_seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Its loss costs: the answers are pulled again from the first one.
CREATE TABLE platform_answers (
  ledger TEXT NOT NULL,
  seq INTEGER NOT NULL,
  state TEXT NOT NULL,
  code TEXT NOT NULL,
  at TEXT NOT NULL,
  cursor INTEGER NOT NULL,
  PRIMARY KEY (ledger, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX platform_answers_by_state ON platform_answers (state, ledger, seq);

-- Its loss costs: the sync log no longer knows how often an entry was tried in vain.
CREATE TABLE push_failures (
  seq INTEGER PRIMARY KEY,
  attempts INTEGER NOT NULL,
  code TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

-- Its loss costs: what a person has set (language, addresses of devices) has to be set again.
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
