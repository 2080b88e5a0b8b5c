import type { Discount } from "../../main/contract/snapshot.ts";
import { formatPercent } from "../shared/format.ts";
import { useWords } from "../shared/words/intl.tsx";

/** Names a discount of the sale as it was given: Discount 10 %, or Discount alone for an amount. */
export function useDiscountName(): (discount: Discount) => string {
  const words = useWords();
  return (discount) =>
    "amountMinor" in discount
      ? words("totals.discount")
      : words("totals.discount-percent", { percent: formatPercent(discount.ratePartsPerMillion) });
}
