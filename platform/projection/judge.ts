import { entryFormat, entryPostings, unbalancedCurrencies, type EntryFields } from "../../sync/protocol/entry.ts";
import { entryBodySchemas, isKnownEntryType, type EntryBody } from "../../sync/protocol/entry-types.ts";
import { saleAddsUp } from "./sale-arithmetic.ts";

/** What one entry says, read without the database. `code` is null where nothing is wrong with it by itself. */
export type Reading = { fields: EntryFields; sale: EntryBody<"sale.settled"> | null; code: string | null };

/**
 * Reads a stored entry by its type: what a manager has to look at, and the sale that it is where it is one. An entry
 * that is not understood is never an error: it is stored, and it says `needs-you`.
 */
export function judge(fields: EntryFields): Reading {
  const reading = (code: string | null, sale: Reading["sale"] = null): Reading => ({ fields, sale, code });
  if (fields.format > entryFormat) return reading("entry.unknown-version");
  if (!isKnownEntryType(fields.type)) return reading("entry.unknown-type");
  const body = entryBodySchemas[fields.type].safeParse(fields.body);
  if (!body.success) return reading("entry.invalid");
  if (fields.type === "sale.settled") {
    const sale = entryBodySchemas["sale.settled"].parse(fields.body);
    return reading(saleAddsUp(sale) ? null : "sale.arithmetic", sale);
  }
  if (unbalancedCurrencies(entryPostings(fields.body)).length > 0) return reading("entry.unbalanced");
  return reading(null);
}
