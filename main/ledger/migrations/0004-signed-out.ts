import type { Migration } from "./migration.ts";

/** Enrolments that came to an end. */
export const signedOut: Migration = {
  version: 4,
  name: "0004-signed-out",
  sql: `
-- A projection: the entry by which the till left this shop.
ALTER TABLE enrolments ADD COLUMN ended_seq INTEGER;
`,
};
