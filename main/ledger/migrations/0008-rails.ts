import type { Migration } from "./migration.ts";

/** Whose wallet a payment is taken from, and payments that wait for their shopper among the open ones. */
export const rails: Migration = {
  version: 8,
  name: "0008-rails",
  sql: `
-- A projection: made again from the journal by rebuild. Every payment until now was one of the platform's own wallet.
ALTER TABLE payments ADD COLUMN rail TEXT NOT NULL DEFAULT 'wallet';
DROP INDEX payments_open;
CREATE INDEX payments_open ON payments (created_seq) WHERE state IN ('created', 'sent', 'waiting', 'unknown', 'reversing');
CREATE INDEX payments_by_number ON payments (number, created_seq);
`,
};
