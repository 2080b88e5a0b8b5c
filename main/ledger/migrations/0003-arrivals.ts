import type { Migration } from "./migration.ts";

/** When entries arrived at the platform, when it could not be reached, where a business day begins, and what paid booked. */
export const arrivals: Migration = {
  version: 3,
  name: "0003-arrivals",
  sql: `
-- Projections: made again from the journal by rebuild.
CREATE TABLE business_days (
  business_day TEXT PRIMARY KEY,
  first_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO business_days (business_day, first_seq)
  SELECT text ->> '$.businessDay', min(seq) FROM journal GROUP BY 1;

-- The entry that booked a payment as paid: its reversal takes back exactly those legs.
ALTER TABLE payments ADD COLUMN paid_seq INTEGER;
UPDATE payments SET paid_seq = last_seq WHERE state = 'paid';

-- Working state: one row for each answer that moved the platform's mark, so never more than the journal has entries.
-- Its loss costs: the sync log no longer knows when entries arrived.
CREATE TABLE arrivals (
  ledger TEXT NOT NULL,
  up_to_seq INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (ledger, up_to_seq)
) STRICT, WITHOUT ROWID;

-- Working state: times without the platform, the newest 200. Its loss costs: the picture of the day no longer shows them.
CREATE TABLE outages (
  number INTEGER PRIMARY KEY,
  from_time TEXT NOT NULL,
  after_seq INTEGER NOT NULL,
  to_time TEXT,
  up_to_seq INTEGER
) STRICT;
`,
};
