import { afterAll, beforeAll, expect, test } from "vitest";
import { putChanges } from "../../platform/changes/change-log.ts";
import { demoTaxClasses } from "../../platform/demo/goods/demo-shop.ts";
import { startTestPlatform, type TestPlatform } from "./support/test-platform.ts";
import { makeSale, type TestSale } from "./support/test-sale.ts";
import { codesOf, openTill } from "./support/test-shop.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(async () => {
  await platform.stop();
});

/** How far a till that has read everything has read. */
async function cursorNow(): Promise<number> {
  const { rows } = await platform.database.query<{ last: number }>("select last from change_cursor");
  return rows[0]?.last ?? 0;
}

/** What is said of sales that a till with these rules made, one after the other. */
async function saidOf(...sales: TestSale[]): Promise<string[]> {
  const till = await openTill(platform);
  await till.push(...sales.map((sale) => till.next("sale.settled", sale)));
  return (await codesOf(platform, till)).map(([, code]) => code);
}

function taxedAt(sale: TestSale, ratePartsPerMillion: number, taxMinor: number): TestSale {
  return {
    ...sale,
    taxes: [{ taxClass: "vat13", ratePartsPerMillion, grossMinor: sale.totalMinor, taxMinor }],
    postings: [
      { account: "cash:1", amountMinor: sale.totalMinor, currency: "CNY" },
      { account: "sales:vat13", amountMinor: taxMinor - sale.totalMinor, currency: "CNY" },
      { account: `tax:${ratePartsPerMillion}`, amountMinor: -taxMinor, currency: "CNY" },
    ],
  };
}

/** The same sale, of which so much was rounded away at the drawer. */
function roundedBy(sale: TestSale, roundingMinor: number): TestSale {
  const paidMinor = sale.totalMinor + roundingMinor;
  return {
    ...sale,
    tenders: [{ kind: "cash", amountMinor: sale.totalMinor, roundingMinor, tenderedMinor: paidMinor, changeMinor: 0 }],
    postings: [
      ...sale.postings.filter(({ account }) => !account.startsWith("cash:")),
      { account: "cash:1", amountMinor: paidMinor, currency: "CNY" },
      { account: "rounding", amountMinor: -roundingMinor, currency: "CNY" },
    ],
  };
}

// Its own sums add up, so that nobody would look before the tax office does.
test("a sale at another rate than its till had is in view, and one from before the rate changed is not", async () => {
  const before = await cursorNow();
  const old = { ...makeSale(1), catalogCursor: before };
  const low = taxedAt({ ...makeSale(2), catalogCursor: before }, 90_000, 107);
  expect(await saidOf(old, low)).toEqual(["sale.settled", "tax.differs"]);
  const [vat13] = demoTaxClasses;
  await putChanges(platform.database, [
    { kind: "tax-class", id: "vat13", body: { ...vat13, ratePartsPerMillion: 110_000 } },
  ]);
  const now = await cursorNow();
  const late = taxedAt({ ...makeSale(2), catalogCursor: now }, 110_000, 129);
  // Made off line by the rule of yesterday, and arrived today.
  expect(await saidOf({ ...makeSale(1), catalogCursor: before }, late, { ...makeSale(3), catalogCursor: now })).toEqual(
    ["sale.settled", "sale.settled", "tax.differs"],
  );
  await putChanges(platform.database, [{ kind: "tax-class", id: "vat13", body: { ...vat13 } }]);
});

test("a sale whose prices held the tax otherwise than the shop's do is in view", async () => {
  const sale = { ...makeSale(1), catalogCursor: await cursorNow() };
  const [tax] = sale.taxes;
  if (tax === undefined) throw new Error("Not the sale it was");
  const added = {
    ...sale,
    taxes: [{ ...tax, included: false, grossMinor: 1469, taxMinor: 169 }],
    totalMinor: 1469,
    tenders: [{ kind: "cash" as const, amountMinor: 1469, roundingMinor: 0, tenderedMinor: 1469, changeMinor: 0 }],
    postings: [
      { account: "cash:1", amountMinor: 1469, currency: "CNY" as const },
      { account: "sales:vat13", amountMinor: -1300, currency: "CNY" as const },
      { account: "tax:130000", amountMinor: -169, currency: "CNY" as const },
    ],
  };
  expect(await saidOf(added)).toEqual(["tax.differs"]);
});

// Ten yuan that were "rounded away" are ten yuan in a pocket.
test("more rounding than the shop's coins ask for is in view", async () => {
  const catalogCursor = await cursorNow();
  const sale = { ...makeSale(1), catalogCursor };
  expect(await saidOf(roundedBy(sale, -1000))).toEqual(["tender.differs"]);
  expect(await saidOf(roundedBy({ ...makeSale(1), catalogCursor }, -3))).toEqual(["tender.differs"]);
});
