import { printerProfile } from "../../devices/printer/profiles.ts";
import { encodeReceipt } from "../../devices/printer/escpos-encode.ts";
import { readSettled } from "../../main/checkout/settled.ts";
import type { NewEntry } from "../../main/ledger/entries.ts";
import type { IdSource } from "../../main/ledger/ids.ts";
import type { Ledger } from "../../main/ledger/open.ts";
import { receiptDocument } from "../../main/receipt/receipt-document.ts";
import { emptyBasket } from "../../main/sale/basket.ts";
import { saleOf, type SaleEntry } from "./sales.ts";

/** Operations to be measured. What a till has ready when the shopper pays is put together before they are given out. */
export interface Selling {
  /** The sale's entry alone. */
  sales(count: number): (() => void)[];
  /** All that a till commits for a cash sale: sale and drawer, the receipt's print job, the next basket. */
  wholeSales(count: number): (() => void)[];
  /** The making of that receipt: reading the sale back, laying it out, encoding it for the printer. No disk takes part. */
  receipts(count: number): (() => void)[];
}

const store = {
  name: { en: "Corner shop", "zh-CN": "街角小店" },
  address: { en: "1 Long Street", "zh-CN": "长街 1 号" },
};
const taxNames = new Map([["standard", { en: "VAT 13%", "zh-CN": "增值税 13%" }]]);

/** Sales of three lines, paid in cash, with the next receipt numbers of this ledger. */
export function createSelling(ledger: Ledger, ids: IdSource): Selling {
  const profile = printerProfile("gb18030-80mm");
  if (profile === undefined) throw new TypeError("There is no such printer profile");
  const [firstSale] = take(1);
  if (firstSale === undefined) throw new TypeError("There is no sale");
  ledger.append([firstSale]);

  const makeReceipt = (): Uint8Array => {
    const settled = readSettled(ledger, firstSale.body.saleId);
    if (settled === null) throw new TypeError("The sale is not there");
    const document = receiptDocument({ settled, store, tillNumber: 1, taxNames, copy: 1 }, "zh-CN");
    return encodeReceipt(document, profile);
  };
  const bytes = makeReceipt();

  function sellWhole(sale: SaleEntry): void {
    const { saleId } = sale.body;
    const drawer: NewEntry = {
      id: ids.uuid(),
      type: "drawer.opened",
      body: { drawer: "1", reason: "cash-sale", saleId },
    };
    const at = new Date().toISOString();
    ledger.append([sale, drawer], () => {
      const job = {
        jobId: ids.uuid(),
        saleId,
        kind: "receipt",
        state: "waiting",
        createdAt: at,
        updatedAt: at,
      } as const;
      ledger.printJobs.add({ ...job, bytes });
      ledger.openBasket.save(JSON.stringify({ basket: emptyBasket(ids.uuid()), shownSaleId: saleId }));
    });
  }

  function take(count: number): SaleEntry[] {
    const first = ledger.nextReceiptNumber();
    return Array.from({ length: count }, (_, index) => saleOf(first + index, ids));
  }

  return {
    sales: (count) => take(count).map((sale) => () => void ledger.append([sale])),
    wholeSales: (count) => take(count).map((sale) => () => sellWhole(sale)),
    receipts: (count) => Array.from({ length: count }, () => makeReceipt),
  };
}
