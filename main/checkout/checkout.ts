import { createHash } from "node:crypto";
import { z } from "zod";
import type { Item } from "../../sync/protocol/change.ts";
import { namesSchema, type EntryBody, type Tender } from "../../sync/protocol/entry-types.ts";
import { utf8, toHex } from "../../sync/protocol/bytes.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { secondGtin14Of } from "../catalog/gtin.ts";
import { TillError } from "../contract/errors.ts";
import { readKnownEntry, type NewEntry } from "../ledger/entries.ts";
import type { Ledger } from "../ledger/open.ts";
import { recognise, type Recognition } from "../payment/recognise.ts";
import type { OpenAttempt } from "../payment/open-attempt.ts";
import type { PrintDesk } from "../receipt/print-desk.ts";
import { addToBasket, emptyBasket, isRefused, removeLine, setQuantity } from "../sale/basket.ts";
import type { Addition, BasketChange, BasketState } from "../sale/basket.ts";
import type { Good } from "../sale/line.ts";
import { cashDueMinor } from "../sale/cash.ts";
import { cashTender, settleSale } from "../sale/settlement.ts";
import { totalsOf, type Totals } from "../sale/totals.ts";
import { taxRulesOf, type ShopRules } from "./basket-view.ts";
import type { Notices } from "./notices.ts";

/** A code as any reader hands it over. */
export type CheckoutScan = { text: string; hex?: string | undefined; symbology?: string | undefined };

/** What a scan came to. */
export type ScanOutcome = "added" | "payment-started" | "refused";

/** Who sells, in which shift, from which drawer. */
export type Seller = { person: string; shift: string; drawer: string; tillNumber: number };

/** What the checkout works with. */
export type CheckoutOptions = {
  ledger: Ledger;
  catalog: Catalog;
  desk: PrintDesk;
  notices: Notices;
  rules(): ShopRules;
  seller(): Seller;
  /** Whether a wallet payment holds the sale as it is, whether it is being asked with this code, and how to start one. */
  payments: {
    isHolding: boolean;
    isAsking(codeHash: string): boolean;
    start(sale: {
      saleId: string;
      amountMinor: number;
      currency: ShopRules["store"]["currency"];
      token: string;
    }): Promise<void>;
  };
  newId(): string;
  changed(): void;
};

/** A shopper may hand over a few large notes; more than this is a slip of the hand on the number pad. */
const mostCashTenderedMinor = 1_000_000_00;

const savedLine = z.object({
  lineId: z.string(),
  good: z.object({
    itemId: z.string(),
    gtin14: z.string().optional(),
    code: z.string().optional(),
    name: namesSchema,
    unit: z.enum(["each", "kilogram"]),
    priceMinor: z.int(),
    taxClass: z.string(),
    taxRatePartsPerMillion: z.int().optional(),
  }),
  quantity: z.int().optional(),
  weightGrams: z.int().optional(),
  scanHex: z.string().optional(),
});

const savedSchema = z.object({
  basket: z.object({
    saleId: z.string(),
    lines: z.array(savedLine),
    newestLineId: z.string().optional(),
    addedCount: z.int(),
  }),
  /** The settled sale that is still in view. */
  shownSaleId: z.string().optional(),
});

/**
 * The one sale in front of the cashier. Every change is stored before it is shown, so that a till that loses its power
 * comes back with the same basket; a sale is committed before anything prints, opens or says "paid".
 */
export class Checkout {
  readonly #options: CheckoutOptions;
  #basket: BasketState;
  #shownSaleId: string | undefined;
  #lastPaidCodeHash: string | null = null;

  constructor(options: CheckoutOptions) {
    this.#options = options;
    const saved = readSaved(options.ledger.openBasket.read());
    this.#basket = saved?.basket ?? emptyBasket(options.newId());
    this.#shownSaleId = saved?.shownSaleId;
    if (saved === null) this.#save(this.#basket, undefined);
  }

  /** The open basket. While a settled sale is in view it is the empty one behind it. */
  get basket(): BasketState {
    return this.#basket;
  }

  /** The settled sale that is in view, if one is. */
  get shownSaleId(): string | undefined {
    return this.#shownSaleId;
  }

  /**
   * Takes a scan from any reader. What is wrong with it is told in a notice; the basket is then as it was. A good is in
   * the basket when this returns; only a wallet's answer takes time, and what is scanned meanwhile is refused at once
   * rather than kept for the next shopper's sale.
   */
  async scan(scan: CheckoutScan): Promise<ScanOutcome> {
    try {
      const code = recognise(scan);
      if (code.kind === "spend-token") return await this.#takeToken(code.fields.text);
      return this.#takeGood(scan, code);
    } catch (error) {
      if (!(error instanceof TillError)) throw error;
      this.#options.notices.tell(error);
      return "refused";
    }
  }

  /** Adds a touched good. @throws TillError when it is unknown, needs a weight, or the basket is frozen or full. */
  add(itemId: string, amount: { quantity?: number | undefined; weightGrams?: number | undefined }): void {
    const item = this.#options.catalog.itemById(itemId);
    if (item === null) throw new TillError("basket.item-unknown", { item: itemId });
    this.#assertNotFrozen();
    this.#addItem(item, amount);
  }

  /** Sets how many pieces a line has; 0 removes it. */
  setQuantity(lineId: string, quantity: number): void {
    this.#change((basket) => setQuantity(basket, lineId, quantity));
  }

  /** Takes a line out. */
  removeLine(lineId: string): void {
    this.#change((basket) => removeLine(basket, lineId));
  }

  /** Gives the open basket up and says so in the journal. @throws TillError `sale.not-open` for any other sale. */
  abandon(saleId: string): void {
    this.#assertNotFrozen();
    const basket = this.#basket;
    if (basket.saleId !== saleId || this.#shownSaleId !== undefined) throw new TillError("sale.not-open");
    if (basket.lines.length === 0) throw new TillError("basket.empty");
    const { store } = this.#options.rules();
    const { totalMinor } = this.#totals();
    const body = {
      saleId,
      reason: "cashier" as const,
      lines: basket.lines.length,
      totalMinor,
      currency: store.currency,
    };
    const next = emptyBasket(this.#options.newId());
    this.#options.ledger.append([this.#entry({ type: "sale.abandoned", body })], () => this.#write(next, undefined));
    this.#show(next, undefined);
  }

  /** Clears a settled sale from view. Asking twice, or after the next scan did it, changes nothing. */
  next(saleId: string): void {
    if (this.#shownSaleId !== saleId) return;
    this.#save(this.#basket, undefined);
  }

  /**
   * Settles the open sale with cash. The same sale again gives the stored answer and takes no money twice; a sale that
   * a wallet has paid is closed, because its change would be that of money nobody handed over.
   * @throws TillError `basket.empty`, `basket.frozen`, `tender.too-little`, `tender.too-much`, `sale.not-open`.
   */
  payCash(saleId: string, tenderedMinor: number): { receiptCode: string; changeMinor: number } {
    const settled = this.settledSale(saleId);
    if (settled?.sale.tenders.some((tender) => tender.kind === "cash") === true) return cashAnswer(settled.sale);
    if (settled !== null) throw new TillError("sale.not-open");
    this.#assertNotFrozen();
    const { store } = this.#options.rules();
    const basket = this.#basket;
    if (basket.saleId !== saleId) throw new TillError("sale.not-open");
    if (basket.lines.length === 0) throw new TillError("basket.empty");
    const { totalMinor } = this.#totals();
    const dueMinor = cashDueMinor(totalMinor, store.cashRoundingMinor);
    if (tenderedMinor < dueMinor) throw new TillError("tender.too-little", { dueMinor, tenderedMinor });
    // Every suggestion is within the due amount and one note more.
    const mostMinor = Math.max(mostCashTenderedMinor, dueMinor + Math.max(...store.cashNotesMinor));
    if (tenderedMinor > mostMinor) throw new TillError("tender.too-much", { tenderedMinor });
    return cashAnswer(this.#settle([cashTender(totalMinor, tenderedMinor, store.cashRoundingMinor)], []));
  }

  /** Settles the sale of a wallet payment, in one commit with the entry that says it is paid. */
  settleWallet(paid: NewEntry, attempt: OpenAttempt): void {
    const { paymentId, number, amountMinor, saleId } = attempt;
    if (this.#basket.saleId !== saleId) throw new TillError("sale.not-open");
    this.#settle([{ kind: "wallet", amountMinor, paymentId, number }], [paid]);
  }

  /** The sale as the journal has it, or null where it is not settled. */
  settledSale(saleId: string): { sale: EntryBody<"sale.settled">; time: string; seq: number; hash: string } | null {
    const summary = this.#options.ledger.sale(saleId);
    const stored = summary === undefined ? undefined : this.#options.ledger.entry(summary.seq);
    const entry = stored === undefined ? undefined : readKnownEntry(stored.text);
    if (stored === undefined || entry?.type !== "sale.settled") return null;
    return { sale: entry.body, time: entry.time, seq: stored.seq, hash: stored.hash };
  }

  #takeGood(scan: CheckoutScan, code: Recognition): ScanOutcome {
    const { catalog } = this.#options;
    const text = scan.text.trim();
    if (code.reason === "too-long") throw new TillError("scan.unreadable", { length: scan.text.length });
    if (code.reason === "wallet-code") throw new TillError("token.invalid");
    const byGtin = code.kind === "gtin" ? catalog.itemByGtin(code.fields.gtin14) : null;
    // A shop's own number of eight digits, or a UPC-E, can look like an EAN-8 that nobody sells.
    const second = secondGtin14Of(text, scan.symbology);
    const item = byGtin ?? catalog.itemByCode(text) ?? (second === null ? null : catalog.itemByGtin(second));
    if (item === null) {
      const reason = code.reason === "check-digit" ? "scan.bad-check-digit" : "scan.unknown-code";
      throw new TillError(reason, { text: shown(text) });
    }
    this.#assertNotFrozen();
    this.#addItem(item, {}, scan.hex ?? toHex(utf8(scan.text)));
    return "added";
  }

  async #takeToken(token: string): Promise<ScanOutcome> {
    const codeHash = createHash("sha256").update(token).digest("hex");
    // A phone that is held a moment too long is read twice: the sale it paid is in view and needs no second word.
    if (codeHash === this.#lastPaidCodeHash && this.#shownSaleId !== undefined) return "payment-started";
    const { payments } = this.#options;
    if (payments.isAsking(codeHash)) return "payment-started";
    if (payments.isHolding) throw new TillError("payment.open");
    const basket = this.#basket;
    if (basket.lines.length === 0 || this.#shownSaleId !== undefined) throw new TillError("wallet.no-sale");
    const { store } = this.#options.rules();
    const { totalMinor } = this.#totals();
    this.#options.notices.clear();
    await payments.start({ saleId: basket.saleId, amountMinor: totalMinor, currency: store.currency, token });
    if (this.#shownSaleId === basket.saleId) this.#lastPaidCodeHash = codeHash;
    return "payment-started";
  }

  #addItem(
    item: Item,
    amount: { quantity?: number | undefined; weightGrams?: number | undefined },
    scanHex?: string,
  ): void {
    const { store, taxClasses } = this.#options.rules();
    // A good that names a tax class nobody knows, or another currency, could be put into a basket but never sold.
    const taxRate = taxClasses.get(item.taxClass)?.ratePartsPerMillion;
    if (taxRate === undefined || item.currency !== store.currency) {
      throw new TillError("basket.item-unknown", { item: item.id });
    }
    const addition: Addition = { lineId: this.#options.newId(), good: goodOf(item, taxRate), ...amount, scanHex };
    const change = addToBasket(this.#basket, addition);
    // Scanned goods without a weight are named, so that the page can ask for the weight of the right one.
    if (isRefused(change)) throw new TillError(change.refused, { ...change.params, item: item.id });
    this.#save(change, undefined);
    this.#options.notices.clear();
  }

  #change(act: (basket: BasketState) => BasketChange): void {
    this.#assertNotFrozen();
    if (this.#shownSaleId !== undefined) throw new TillError("sale.not-open");
    const change = act(this.#basket);
    if (isRefused(change)) throw new TillError(change.refused, change.params);
    this.#save(change, undefined);
  }

  #settle(tenders: readonly Tender[], before: readonly NewEntry[]): EntryBody<"sale.settled"> {
    const { ledger, desk, catalog } = this.#options;
    const rules = this.#options.rules();
    const seller = this.#options.seller();
    const basket = this.#basket;
    const withDrawer = desk.hasDrawer && tenders.some((tender) => tender.kind === "cash");
    const sale = settleSale({
      basket,
      totals: this.#totals(),
      tenders,
      currency: rules.store.currency,
      drawer: seller.drawer,
      receiptNumber: ledger.nextReceiptNumber(),
      tillNumber: seller.tillNumber,
      priceIncludesTax: rules.store.priceIncludesTax,
      catalogCursor: catalog.status().cursor,
    });
    const { saleId } = basket;
    const next = emptyBasket(this.#options.newId());
    const entries: NewEntry[] = [...before, this.#entry({ type: "sale.settled", body: sale })];
    if (withDrawer)
      entries.push(
        this.#entry({ type: "drawer.opened", body: { drawer: seller.drawer, reason: "cash-sale", saleId } }),
      );
    let jobId = "";
    ledger.append(entries, () => {
      jobId = desk.prepare(saleId);
      this.#write(next, saleId);
    });
    this.#options.notices.clear();
    this.#show(next, saleId);
    desk.finishSale(saleId, jobId, withDrawer);
    return sale;
  }

  /** What the open basket comes to by the shop's rules of now. */
  #totals(): Totals {
    return totalsOf(this.#basket.lines, taxRulesOf(this.#options.rules()));
  }

  /** An entry of this seller with an id of its own. */
  #entry<T extends NewEntry["type"]>(entry: { type: T; body: EntryBody<T> }): NewEntry {
    const { person, shift } = this.#options.seller();
    return { id: this.#options.newId(), person, shift, ...entry } as NewEntry;
  }

  #assertNotFrozen(): void {
    if (this.#options.payments.isHolding) throw new TillError("basket.frozen");
  }

  #save(basket: BasketState, shownSaleId: string | undefined): void {
    this.#write(basket, shownSaleId);
    this.#show(basket, shownSaleId);
  }

  #write(basket: BasketState, shownSaleId: string | undefined): void {
    this.#options.ledger.openBasket.save(JSON.stringify({ basket, shownSaleId }));
  }

  #show(basket: BasketState, shownSaleId: string | undefined): void {
    this.#basket = basket;
    this.#shownSaleId = shownSaleId;
    this.#options.changed();
  }
}

function readSaved(text: string | undefined): { basket: BasketState; shownSaleId?: string } | null {
  if (text === undefined) return null;
  const read = savedSchema.safeParse(JSON.parse(text));
  // Left out rather than stored as undefined: the basket's type has no such values.
  return read.success ? (JSON.parse(JSON.stringify(read.data)) as { basket: BasketState; shownSaleId?: string }) : null;
}

function goodOf(item: Item, taxRatePartsPerMillion: number): Good {
  const { id, gtin14, code, name, unit, priceMinor, taxClass } = item;
  return {
    itemId: id,
    ...(gtin14 === undefined ? {} : { gtin14 }),
    ...(code === undefined ? {} : { code }),
    name,
    unit,
    priceMinor,
    taxClass,
    taxRatePartsPerMillion,
  };
}

function cashAnswer(sale: EntryBody<"sale.settled">): { receiptCode: string; changeMinor: number } {
  const changeMinor = sale.tenders.reduce((sum, tender) => sum + (tender.kind === "cash" ? tender.changeMinor : 0), 0);
  return { receiptCode: sale.receiptCode, changeMinor };
}

/** What of a scanned text a screen shows: no control characters, and no more than a line of it. */
function shown(text: string): string {
  const plain = text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, "·");
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}
