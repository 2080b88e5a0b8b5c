import { expect, test } from "vitest";
import { Receipts } from "../../../main/checkout/receipts.ts";
import { cashSale } from "../ledger/sales.ts";
import { openTestLedger, seededIds, temporaryFolder } from "../ledger/support.ts";

// The receipt is made from the sale before the commit. If the disk is full just then, the cashier presses again, and must
// not be told "paid" by a sale that no journal has.
test("a sale whose commit failed is no settled sale, and the one that is stored afterwards is", () => {
  const ids = seededIds("receipts");
  const ledger = openTestLedger(temporaryFolder());
  const receipts = new Receipts({
    ledger,
    rules: () => {
      throw new Error("Nothing is shown here");
    },
    words: { item: () => null, personName: () => undefined },
    stand: () => undefined,
  });
  const sale = cashSale(ledger, ids, 450);
  const { saleId } = sale.body;
  const full = () => {
    expect(receipts.settled(saleId)).toMatchObject({ kind: "sale", body: { receiptNumber: 1 } });
    throw new Error("The disk is full");
  };
  expect(() => ledger.append([sale], full)).toThrow("The disk is full");
  expect(receipts.settled(saleId)).toBeNull();
  ledger.append([cashSale(ledger, ids, 900)]);
  ledger.append([{ ...sale, body: { ...sale.body, receiptNumber: 2, receiptCode: "1-2" } }]);
  expect(receipts.settled(saleId)).toMatchObject({ body: { receiptCode: "1-2" }, seq: 3 });
});
