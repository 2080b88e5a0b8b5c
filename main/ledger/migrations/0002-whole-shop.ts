import type { Migration } from "./migration.ts";

/** Refunds beside sales, sales that are set aside, and values that are kept out of the journal. */
export const wholeShop: Migration = {
  version: 2,
  name: "0002-whole-shop",
  sql: `
-- A refund is a row of its own under its own id, with a total below zero. A sale is given back at most once.
ALTER TABLE sales ADD COLUMN kind TEXT NOT NULL DEFAULT 'sale' CHECK (kind IN ('sale', 'refund'));
ALTER TABLE sales ADD COLUMN refunds_sale TEXT;

CREATE UNIQUE INDEX sales_refunds ON sales (refunds_sale) WHERE refunds_sale IS NOT NULL;

-- Its loss costs: the goods of the sales that are set aside have to be scanned again.
CREATE TABLE parked_sales (
  sale_id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  item_count INTEGER NOT NULL,
  total_minor INTEGER NOT NULL,
  goods TEXT NOT NULL,
  basket TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Personal values beside the entries that hold their commitments. Its loss costs: the values; the chain stays valid, and
-- a row may be deleted at any time for that reason.
CREATE TABLE private_values (
  entry_id TEXT NOT NULL,
  name TEXT NOT NULL,
  salt BLOB NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (entry_id, name)
) STRICT, WITHOUT ROWID;
`,
};
