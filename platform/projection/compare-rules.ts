import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import { storeSchema, taxClassSchema, type Store, type TaxClass } from "../../sync/protocol/change.ts";
import type { EntryBody, SaleTax } from "../../sync/protocol/entry-types.ts";
import type { Queryable } from "../database/database.ts";
import type { EntryPlace } from "./sales-store.ts";

type Sale = EntryBody<"sale.settled">;

/** The rules of a shop that a sale was priced by; what has changed since is left out. */
type KnownRules = { store: Store | null; taxClasses: ReadonlyMap<string, TaxClass> };

/**
 * Whether a sale was taxed and rounded by the shop's rules, or null. The sale names how far its till had read the change log:
 * a rule that stands there up to that place is the very one that the till had. One that was changed after it cannot be
 * judged any more, and a sale of the day before must not be held against the rule of today.
 */
export async function rulesConflict(
  transaction: Queryable,
  place: EntryPlace,
  sale: Sale,
): Promise<Extract<AnswerCode, "tax.differs" | "tender.differs"> | null> {
  const rules = await rulesUpTo(transaction, place.storeId, sale);
  if (!sale.taxes.every((tax) => isTaxedBy(rules, tax, sale))) return "tax.differs";
  return rules.store === null || sale.tenders.every((tender) => isRoundedBy(rules.store, tender))
    ? null
    : "tender.differs";
}

async function rulesUpTo(transaction: Queryable, storeId: string, sale: Sale): Promise<KnownRules> {
  const result = await transaction.query<{ kind: string; body: string }>(
    `select kind, body from changes where body is not null and cursor <= $1
       and ((kind = 'store' and id = $2) or (kind = 'tax-class' and id = any($3::text[])))`,
    [sale.catalogCursor, storeId, sale.taxes.map((tax) => tax.taxClass)],
  );
  let store: Store | null = null;
  const taxClasses = new Map<string, TaxClass>();
  for (const { kind, body } of result.rows) {
    if (kind === "store") {
      store = storeSchema.parse(JSON.parse(body));
    } else {
      const taxClass = taxClassSchema.parse(JSON.parse(body));
      taxClasses.set(taxClass.id, taxClass);
    }
  }
  return { store, taxClasses };
}

function isTaxedBy({ store, taxClasses }: KnownRules, tax: SaleTax, sale: Sale): boolean {
  const rule = taxClasses.get(tax.taxClass);
  if (rule === undefined) return true;
  if (rule.ratePartsPerMillion !== tax.ratePartsPerMillion) return false;
  const included = rule.priceIncludesTax ?? store?.priceIncludesTax;
  return included === undefined || included === (tax.included ?? sale.priceIncludesTax);
}

/** What is due in cash is a whole number of the smallest step, and the nearest one. */
function isRoundedBy(store: Store | null, tender: Sale["tenders"][number]): boolean {
  if (store === null || tender.kind === "wallet" || tender.roundingMinor === 0) return true;
  const step = store.cashRoundingMinor;
  return (tender.amountMinor + tender.roundingMinor) % step === 0 && Math.abs(tender.roundingMinor) * 2 <= step;
}
