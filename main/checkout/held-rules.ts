import { z } from "zod";
import { storeSchema, taxClassSchema } from "../../sync/protocol/change.ts";
import type { ShopRules } from "./basket-view.ts";

/**
 * The rules that the open basket was priced by when a payment of it began. What the wallet was asked for is what the sale
 * comes to, whatever the shop's rules become meanwhile; they outlive a restart like the payment itself.
 */
export type HeldRules = { rules: ShopRules; catalogCursor: number };

const savedSchema = z.object({
  store: storeSchema,
  taxClasses: z.array(taxClassSchema),
  catalogCursor: z.int().min(0),
});

/** Held rules as they are stored beside the basket. */
export type SavedRules = z.infer<typeof savedSchema>;

/** What is stored of held rules. */
export function savedRulesOf({ rules, catalogCursor }: HeldRules): SavedRules {
  return { store: rules.store, taxClasses: [...rules.taxClasses.values()], catalogCursor };
}

/** Stored rules as the basket is priced by them; undefined where there are none that can be read. */
export function readHeldRules(saved: unknown): HeldRules | undefined {
  const read = savedSchema.safeParse(saved);
  if (!read.success) return undefined;
  const { store, taxClasses, catalogCursor } = read.data;
  return { rules: { store, taxClasses: new Map(taxClasses.map((each) => [each.id, each])) }, catalogCursor };
}
