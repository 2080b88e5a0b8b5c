import type { Migration } from "./migration.ts";

/** A sale may be given back in several refunds. What keeps them within the sale is `refund-rules.ts`, not an index. */
export const refunds: Migration = {
  version: 9,
  name: "0009-refunds",
  sql: `
DROP INDEX sales_refunds;
CREATE INDEX sales_refunds ON sales (refunds_sale, seq) WHERE refunds_sale IS NOT NULL;
`,
};
