import type { Migration } from "./migration.ts";

/** The numbers of Z reports, and the open shift and the newest reports found without reading every shift there was. */
export const zReports: Migration = {
  version: 6,
  name: "0006-z-reports",
  sql: `
-- A projection: reports of older versions have no number of their own and count from 1 in their order.
ALTER TABLE shifts ADD COLUMN z_number INTEGER;

UPDATE shifts SET z_number = numbered.z_number
  FROM (
    SELECT shift AS closed, row_number() OVER (ORDER BY closed_seq) AS z_number FROM shifts WHERE closed_seq IS NOT NULL
  ) AS numbered
  WHERE shift = numbered.closed;

-- Also where the open shift is found: it has no closing entry yet.
CREATE INDEX shifts_closed ON shifts (closed_seq);
CREATE INDEX shifts_numbered ON shifts (z_number);
`,
};
