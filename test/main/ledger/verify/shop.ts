import type { NewEntry } from "../../../../main/ledger/entries.ts";
import { type Ledger, openLedger } from "../../../../main/ledger/open.ts";
import { refundSale } from "../../../../main/sale/refund.ts";
import { closeShift, ensureShift } from "../../../../main/shift/shift.ts";
import { cashSale } from "../sales.ts";
import { ledgerOptions, seededIds } from "../support.ts";
import type { Forged } from "./forge.ts";

/** A till on which a test makes honest entries. */
export interface Shop {
  folder: string;
  ledger: Ledger;
  newId(): string;
  /** A sale that is not stored yet. */
  makeSale(totalMinor?: number): NewEntry & { type: "sale.settled" };
  sell(totalMinor?: number): NewEntry & { type: "sale.settled" };
  /** A sale paid by wallet; gives the payment's id. */
  sellByWallet(amountMinor?: number): string;
  refund(sale: NewEntry & { type: "sale.settled" }): void;
  openShift(floatMinor: number): void;
  closeShift(countedMinor: number): void;
  /** Enrols the till; gives its id there. */
  enrol(): string;
  /** Closes the ledger and opens it again. */
  restart(): void;
}

const currency = "CNY" as const;

/** Opens a till in a folder. Who opens it closes its ledger. */
export function openShop(seed: string, folder: string): Shop {
  const ids = seededIds(seed);
  const newId = () => ids.uuid();
  const shop: Shop = {
    folder,
    ledger: openLedger(ledgerOptions(folder)),
    newId,
    makeSale: (totalMinor = 1130) => cashSale(shop.ledger, ids, totalMinor),
    sell(totalMinor) {
      const sale = shop.makeSale(totalMinor);
      shop.ledger.append([sale]);
      return sale;
    },
    sellByWallet(amountMinor) {
      const paymentId = newId();
      shop.ledger.append(walletSale(shop.makeSale(amountMinor), paymentId, newId));
      return paymentId;
    },
    refund(sale) {
      const { ledger } = shop;
      const body = refundSale(sale.body, {
        refundId: newId(),
        reason: "faulty",
        drawer: "1",
        receiptNumber: ledger.nextReceiptNumber(),
        tillNumber: 1,
        cashRoundingMinor: 1,
      });
      ledger.append([{ id: newId(), type: "refund.settled", body }]);
    },
    openShift: (floatMinor) => void ensureShift({ ledger: shop.ledger, newId, currency }, floatMinor),
    closeShift: (countedMinor) => void closeShift({ ledger: shop.ledger, newId, currency }, countedMinor),
    enrol() {
      const tillId = newId();
      const keys = { platformRoot: "a".repeat(64), requestKeyId: "b".repeat(16) };
      const body = { tillId, tillNumber: 3, storeId: "s", ...keys };
      shop.ledger.append([{ id: newId(), type: "till.enrolled", body }]);
      return tillId;
    },
    restart() {
      shop.ledger.close();
      shop.ledger = openLedger(ledgerOptions(folder));
    },
  };
  return shop;
}

/** The entries of a payment that succeeds, and of the sale that it pays. */
function walletSale(sale: NewEntry & { type: "sale.settled" }, paymentId: string, newId: () => string): NewEntry[] {
  const { saleId, totalMinor: amountMinor } = sale.body;
  const payment = { paymentId, saleId };
  const money = { amountMinor, currency };
  const legs = [
    { account: "wallet:online", ...money, amountMinor: amountMinor - 7 },
    { account: "fee:wallet", ...money, amountMinor: 7 },
    { account: "suspense", ...money, amountMinor: -amountMinor },
  ];
  const [, ...goods] = sale.body.postings;
  const number = "12345678";
  const tenders = [{ kind: "wallet" as const, amountMinor, paymentId, number }];
  const paidAt = "2026-11-20T14:32:09.120+08:00";
  return [
    {
      id: newId(),
      type: "payment.created",
      body: { ...payment, ...money, rail: "wallet", number, codeHash: "c".repeat(64) },
    },
    { id: newId(), type: "payment.sent", body: payment },
    {
      id: newId(),
      type: "payment.paid",
      body: { ...payment, ...money, transactionId: "t-1", paidAt, commissionMinor: 7, postings: legs },
    },
    { ...sale, body: { ...sale.body, tenders, postings: [{ account: "suspense", ...money }, ...goods] } },
  ];
}

/** The entry of a type that comes `nth` (from 0) in a list. */
export function nth(entries: readonly Forged[], type: string, index = 0): Forged {
  const found = entries.filter((entry) => entry.type === type)[index];
  if (found === undefined) throw new Error(`There is no ${type} number ${index}`);
  return found;
}
