/** How a sale was paid, in one word; `mixed` is cash and wallet. */
export function paidBy(tenderKinds: readonly string[]): "cash" | "wallet" | "mixed" {
  if (!tenderKinds.includes("wallet")) return "cash";
  return tenderKinds.includes("cash") ? "mixed" : "wallet";
}
