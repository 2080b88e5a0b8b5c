import type { Database, Queryable } from "../database/database.ts";
import { PlatformError } from "../http/errors.ts";

/** What a merchant pays for a wallet payment: a share of the amount and a fixed part, in minor units, from a day on. */
export type MerchantTerms = { ratePartsPerMillion: number; fixedMinor: number; since: Date };

const million = 1_000_000n;

type TermsRow = { rate: number; fixed: number; since: Date };

/** The terms of a store at a time. A store that nobody has agreed anything with pays nothing. */
export async function termsOf(database: Queryable, storeId: string, at: Date): Promise<MerchantTerms> {
  const result = await database.query<TermsRow>(
    `select rate_parts_per_million as rate, fixed_minor as fixed, valid_from as since from merchant_terms
     where store_id = $1 and valid_from <= $2 order by valid_from desc limit 1`,
    [storeId, at],
  );
  const row = result.rows[0];
  if (row === undefined) return { ratePartsPerMillion: 0, fixedMinor: 0, since: new Date(0) };
  return { ratePartsPerMillion: row.rate, fixedMinor: row.fixed, since: row.since };
}

/**
 * Writes down what a store pays from `since` on. What was charged before stays as it was; saying the same day again
 * replaces what was said of it.
 * @throws PlatformError `not-found` for a store that is not there.
 */
export async function setTerms(database: Database, storeId: string, terms: MerchantTerms): Promise<void> {
  await database.transaction(async (transaction) => {
    const store = await transaction.query("select 1 from stores where id = $1", [storeId]);
    if (store.rowCount !== 1) throw new PlatformError("not-found", "There is no such store");
    await transaction.query(
      `insert into merchant_terms (store_id, valid_from, rate_parts_per_million, fixed_minor) values ($1, $2, $3, $4)
       on conflict (store_id, valid_from) do update
         set rate_parts_per_million = excluded.rate_parts_per_million, fixed_minor = excluded.fixed_minor`,
      [storeId, terms.since, terms.ratePartsPerMillion, terms.fixedMinor],
    );
  });
}

/**
 * What the platform keeps of an amount, in minor units: never more than the amount, and a fraction of a minor unit is left
 * to the store.
 */
export function commissionOf(amountMinor: number, terms: MerchantTerms): number {
  const share = (BigInt(amountMinor) * BigInt(terms.ratePartsPerMillion)) / million;
  const kept = share + BigInt(terms.fixedMinor);
  return kept > BigInt(amountMinor) ? amountMinor : Number(kept);
}
