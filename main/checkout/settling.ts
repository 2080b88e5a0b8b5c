import type { EntryBody, RefundReason, Tender } from "../../sync/protocol/entry-types.ts";
import type { NewEntry } from "../ledger/entries.ts";
import type { Ledger } from "../ledger/open.ts";
import type { PrintDesk } from "../receipt/print-desk.ts";
import type { BasketState } from "../sale/basket.ts";
import { refundSale, type Wanted } from "../sale/refund.ts";
import { settleSale } from "../sale/settlement.ts";
import { totalsOfBasket, type ShopRules } from "./basket-view.ts";
import type { HeldRules } from "./held-rules.ts";
import { commitNote, type CommittedNote } from "./note.ts";
import type { Notices } from "./notices.ts";
import type { OpenSale } from "./open-sale.ts";
import { sellersEntry, type Seller } from "./seller.ts";

/** What settling works with. */
export type SettlingOptions = {
  mode: "till" | "kiosk";
  sale: OpenSale;
  ledger: Ledger;
  desk: PrintDesk;
  notices: Notices;
  rules(): ShopRules;
  /** What the open basket is priced by. */
  priced(): HeldRules;
  seller(): Seller;
  newId(): string;
  random(count: number): Uint8Array;
};

/** A refund as it is asked for, with the refunds of the same sale before it. */
export type AskedRefund = {
  refundId: string;
  reason: RefundReason;
  note: string;
  wanted: Wanted;
  before: readonly EntryBody<"refund.settled">[];
};

/** What becomes true in one commit. */
type Stored = {
  before: readonly NewEntry[];
  entry: NewEntry;
  /** The sale or the refund, as papers and drawer name it. */
  shownId: string;
  note: CommittedNote | null;
  opensDrawerFor: "cash-sale" | "refund" | null;
  withReceipt: boolean;
  /** Working state that changes with it. */
  beside(): void;
  shown?(): void;
};

/** The two commits after which a sale or a refund is true. Paper and drawer come after them and never before. */
export class Settling {
  readonly #options: SettlingOptions;

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  /** Settles the open basket with these tenders, in one commit with the entries before it, and shows the outcome. */
  settle(tenders: readonly Tender[], before: readonly NewEntry[]): EntryBody<"sale.settled"> {
    const { sale, mode, random } = this.#options;
    const { basket } = sale;
    const note = commitNote(basket.note ?? "", random);
    const body = this.#bodyOf(basket, this.#options.priced(), tenders, note);
    this.#commit({
      before,
      entry: this.#entry({ type: "sale.settled", body }),
      shownId: basket.saleId,
      behind: sale.fresh(),
      note,
      opensDrawerFor: drawerReason(tenders),
      // A kiosk asks the shopper first, who may have the receipt in the chat.
      withReceipt: mode === "till",
    });
    return body;
  }

  /**
   * Settles a sale that was set aside with its payment, in one commit with the entry that says it is paid. What is in front of
   * the cashier stays as it is. A part in cash was only noted (docs/decisions/0010): the drawer opens for it now.
   */
  settleAside(aside: { basket: BasketState; held: HeldRules }, tenders: readonly Tender[], paid: NewEntry): void {
    const { ledger, random } = this.#options;
    const { basket, held } = aside;
    const { saleId } = basket;
    const note = commitNote(basket.note ?? "", random);
    const entry = this.#entry({ type: "sale.settled", body: this.#bodyOf(basket, held, tenders, note) });
    this.#store({
      before: [paid],
      entry,
      shownId: saleId,
      note,
      opensDrawerFor: drawerReason(tenders),
      withReceipt: true,
      beside: () => ledger.parkedSales.remove(saleId),
    });
  }

  #bodyOf(
    basket: BasketState,
    { rules, catalogCursor }: HeldRules,
    tenders: readonly Tender[],
    note: CommittedNote | null,
  ): EntryBody<"sale.settled"> {
    const { ledger } = this.#options;
    const { drawer, tillNumber } = this.#options.seller();
    return settleSale({
      basket,
      totals: totalsOfBasket(basket, rules),
      tenders,
      currency: rules.store.currency,
      drawer,
      receiptNumber: ledger.nextReceiptNumber(),
      tillNumber,
      priceIncludesTax: rules.store.priceIncludesTax,
      catalogCursor,
      noteCommitment: note?.commitment,
    });
  }

  /**
   * Gives a settled sale back, whole or in part, and shows the outcome; the open basket stays behind it.
   * @throws TillError `refund.nothing-left`, `refund.above-remaining`, `refund.too-many`.
   */
  refund(sale: EntryBody<"sale.settled">, asked: AskedRefund): EntryBody<"refund.settled"> {
    const { ledger, random } = this.#options;
    const { refundId, reason, before, wanted, note: text } = asked;
    const { drawer, tillNumber } = this.#options.seller();
    const note = commitNote(text, random);
    const body = refundSale(sale, {
      refundId,
      reason,
      before,
      wanted,
      drawer,
      receiptNumber: ledger.nextReceiptNumber(),
      tillNumber,
      cashRoundingMinor: this.#options.rules().store.cashRoundingMinor,
      noteCommitment: note?.commitment,
    });
    this.#commit({
      before: [],
      entry: this.#entry({ type: "refund.settled", body }),
      shownId: body.refundId,
      behind: this.#options.sale.basket,
      note,
      opensDrawerFor: body.paidOutMinor > 0 ? "refund" : null,
      withReceipt: true,
    });
    return body;
  }

  /** Stores what is settled with the basket behind it, and shows it. */
  #commit({ behind, ...settled }: Omit<Stored, "beside" | "shown"> & { behind: OpenSale["basket"] }): void {
    const { sale, notices } = this.#options;
    this.#store({
      ...settled,
      beside: () => sale.write(behind, settled.shownId),
      shown: () => {
        notices.clear();
        sale.show(behind, settled.shownId);
      },
    });
  }

  /** The one commit: entries, note, paper and what changes beside them. It is shown before paper and drawer begin. */
  #store({ before, entry, shownId, note, opensDrawerFor: reason, withReceipt, beside, shown }: Stored): void {
    const { ledger, desk } = this.#options;
    const entries = [...before, entry];
    const withDrawer = reason !== null && desk.hasDrawer;
    if (withDrawer) entries.push(this.#drawerOpened(reason, shownId));
    let jobId: string | null = null;
    ledger.append(entries, () => {
      if (note !== null) ledger.privateValues.add(note.row(entry.id));
      // The receipt is made from the entry and the note, so it comes after both.
      if (withReceipt) jobId = desk.prepare(shownId);
      beside();
    });
    shown?.();
    desk.finishSale(shownId, jobId, withDrawer);
  }

  #drawerOpened(reason: "cash-sale" | "refund", saleId: string): NewEntry {
    const { drawer } = this.#options.seller();
    return this.#entry({ type: "drawer.opened", body: { drawer, reason, saleId } });
  }

  #entry<T extends NewEntry["type"]>(entry: { type: T; body: EntryBody<T> }): NewEntry {
    return sellersEntry(this.#options.seller(), this.#options.newId(), entry);
  }
}

function drawerReason(tenders: readonly Tender[]): "cash-sale" | null {
  return tenders.some((tender) => tender.kind === "cash") ? "cash-sale" : null;
}

/** What a paid sale answers, the first time and every time after. */
export function cashAnswer(sale: EntryBody<"sale.settled">): { receiptCode: string; changeMinor: number } {
  const changeMinor = sale.tenders.reduce((sum, tender) => sum + (tender.kind === "cash" ? tender.changeMinor : 0), 0);
  return { receiptCode: sale.receiptCode, changeMinor };
}

/** What a refund answers, the first time and every time after. */
export function refundAnswer({
  refundId,
  receiptCode,
  totalMinor,
  paidOutMinor,
  payouts = [],
}: EntryBody<"refund.settled">): {
  refundId: string;
  receiptCode: string;
  totalMinor: number;
  paidOutMinor: number;
  walletMinor: number;
} {
  const walletMinor = payouts.reduce((sum, payout) => sum + (payout.kind === "wallet" ? payout.amountMinor : 0), 0);
  return { refundId, receiptCode, totalMinor, paidOutMinor, walletMinor };
}
