import { z } from "zod";
import { namesSchema } from "../../sync/protocol/entry-types.ts";
import { discountSchema } from "../contract/snapshot.ts";
import type { BasketState } from "../sale/basket.ts";
import { readHeldRules, type HeldRules } from "./held-rules.ts";

const savedLine = z.object({
  lineId: z.string(),
  good: z.object({
    itemId: z.string(),
    gtin14: z.string().optional(),
    code: z.string().optional(),
    name: namesSchema,
    unit: z.enum(["each", "kilogram"]),
    priceMinor: z.int(),
    openPrice: z.literal(true).optional(),
    depositMinor: z.int().optional(),
    ageMinimum: z.int().optional(),
    picture: z.string().optional(),
    taxClass: z.string(),
    taxRatePartsPerMillion: z.int().optional(),
    taxIncluded: z.boolean().optional(),
  }),
  quantity: z.int().optional(),
  weightGrams: z.int().optional(),
  changedPriceMinor: z.int().optional(),
  discount: discountSchema.optional(),
  scanHex: z.string().optional(),
});

const basketSchema = z.object({
  saleId: z.string(),
  lines: z.array(savedLine),
  newestLineId: z.string().optional(),
  addedCount: z.int(),
  saleDiscount: discountSchema.optional(),
  note: z.string().optional(),
  age: z.object({ minimum: z.int(), at: z.string(), person: z.string(), name: namesSchema }).optional(),
  cashPartMinor: z.int().optional(),
});

const savedSchema = z.object({
  basket: basketSchema,
  /** The settled sale or refund that is still in view. */
  shownSaleId: z.string().optional(),
  /** By which rules the basket is priced while a payment of it is under way. */
  held: z.unknown().optional(),
});

/** What of the sale in front of the cashier is kept over a crash. Baskets that an older version saved are read too. */
export type SavedSale = { basket: BasketState; shownSaleId?: string; held?: HeldRules };

/** The saved sale, or null where there is none that can be read. */
export function readSavedSale(text: string | undefined): SavedSale | null {
  const saved = readAs<Omit<SavedSale, "held"> & { held?: unknown }>(savedSchema, text);
  if (saved === null) return null;
  const { held: kept, ...sale } = saved;
  const held = readHeldRules(kept);
  return held === undefined ? sale : { ...sale, held };
}

/** A basket that was set aside, or null where it cannot be read. */
export function readSavedBasket(text: string | undefined): BasketState | null {
  return readAs<BasketState>(basketSchema, text);
}

/** A basket that was set aside with its payment and the rules that it is priced by, or null where it cannot be read. */
export function readSavedAside(text: string | undefined): { basket: BasketState; held: HeldRules } | null {
  const basket = readSavedBasket(text);
  const kept = readAs<{ held: unknown }>(z.object({ held: z.unknown() }), text);
  const held = readHeldRules(kept?.held);
  return basket === null || held === undefined ? null : { basket, held };
}

function readAs<Value>(schema: z.ZodType, text: string | undefined): Value | null {
  if (text === undefined) return null;
  const read = schema.safeParse(JSON.parse(text));
  // Left out rather than stored as undefined: the basket's type has no such values.
  return read.success ? (JSON.parse(JSON.stringify(read.data)) as Value) : null;
}
