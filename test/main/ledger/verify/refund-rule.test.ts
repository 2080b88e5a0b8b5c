import { join } from "node:path";
import { expect, test } from "vitest";
import type { Broken } from "../../../../main/ledger/verify/reasons.ts";
import { verifyLedger } from "../../../../main/ledger/verify/verify.ts";
import { temporaryFolder } from "../support.ts";
import { forgedFolder, type Forged } from "./forge.ts";
import { nth, openShop } from "./shop.ts";

/** What is said of the refund in a till that sold once and gave it back, its entries changed and signed anew. */
async function foundIn(change: (entries: Forged[]) => Forged[] | void): Promise<Broken[]> {
  const shop = openShop("refund-rule", join(temporaryFolder(), "till"));
  shop.refund(shop.sell(1130));
  shop.ledger.close();
  const { findings } = await verifyLedger({ folder: forgedFolder(shop.folder, change) });
  return findings.filter(({ reason }) => reason === "refund");
}

function firstOf(body: Record<string, unknown>, list: string): Record<string, unknown> {
  return (body[list] as Record<string, unknown>[])[0] ?? {};
}

// The sum alone would hide it: two bottles sold, three brought back at a lower price.
test("a refund within its sale's total that gives back more of a line, a tax class or a tender is named", async () => {
  expect(await foundIn(() => undefined)).toEqual([]);
  const changes: ((refund: Record<string, unknown>) => void)[] = [
    (refund) => void (firstOf(refund, "lines")["quantity"] = 99),
    (refund) => void (firstOf(refund, "taxes")["taxClass"] = "another"),
    (refund) => void (refund["reductions"] = [{ lineId: firstOf(refund, "lines")["lineId"], amountMinor: 1 }]),
    (refund) => void (firstOf(refund, "lines")["lineId"] = "018f0000-0000-7000-8000-000000000001"),
    (refund) => {
      const paymentId = "018f0000-0000-7000-8000-000000000002";
      refund["payouts"] = [{ kind: "wallet", amountMinor: 1130, paymentId, number: "12345678" }];
      refund["paidOutMinor"] = 0;
    },
    (refund) => void (refund["payouts"] = []),
  ];
  for (const change of changes) {
    const [found, ...others] = await foundIn((entries) => change(nth(entries, "refund.settled").body));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ seq: 3, reason: "refund", params: { receipt: "1-2", currency: "CNY" } });
  }
});
