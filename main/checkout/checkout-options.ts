import type { Catalog } from "../catalog/catalog.ts";
import type { Ledger } from "../ledger/open.ts";
import type { Beside, CodeSale } from "../payment/code-payments.ts";
import type { OpenAttempt } from "../payment/open-attempt.ts";
import type { PrintDesk } from "../receipt/print-desk.ts";
import type { PinPad } from "../staff/pins.ts";
import type { SettledWords, ShopRules } from "./basket-view.ts";
import type { Notices } from "./notices.ts";
import type { Seller } from "./seller.ts";

/** What the checkout works with. */
export type CheckoutOptions = {
  /** At a kiosk the shopper sells to themself: no cash, no drawer, no receipt that nobody asked for. */
  mode: "till" | "kiosk";
  ledger: Ledger;
  catalog: Catalog;
  desk: PrintDesk;
  notices: Notices;
  pins: PinPad;
  rules(): ShopRules;
  /** How far the change log had been read when these rules were: the platform holds the sale against them. */
  rulesCursor(): number;
  seller(): Seller;
  words: SettledWords;
  /** Whether a wallet payment holds the sale as it is, whether it is being asked with this code, and how to start one. */
  payments: {
    isHolding: boolean;
    isAsking(codeHash: string): boolean;
    start(sale: CodeSale, beside: Beside): Promise<void>;
    /** The open payment of a sale that was set aside with it. */
    asideOf(saleId: string): OpenAttempt | undefined;
  };
  newId(): string;
  /** The time as entries have it. */
  now(): string;
  random(count: number): Uint8Array;
  changed(): void;
};
