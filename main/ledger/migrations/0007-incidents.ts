import type { Migration } from "./migration.ts";

/** What happened to the ledger itself, so that a manager finds it without reading the whole journal. */
export const incidents: Migration = {
  version: 7,
  name: "0007-incidents",
  sql: `
-- A projection: made again from the journal by rebuild.
CREATE TABLE incidents (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  code TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

INSERT INTO incidents (seq, at, code, detail)
  SELECT seq, coalesce(text ->> '$.time', ''), coalesce(text ->> '$.body.code', ''), coalesce(text ->> '$.body.detail', '')
  FROM journal WHERE type = 'incident';
`,
};
