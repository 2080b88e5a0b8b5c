import { parseReceiptCode, type ReceiptCode } from "../../sync/protocol/receipt-code.ts";
import { TillError } from "../contract/errors.ts";
import type { ReceiptRow } from "../contract/manager.ts";
import type { Basket, Outcome } from "../contract/snapshot.ts";
import type { Ledger } from "../ledger/open.ts";
import type { SaleSummary } from "../ledger/sale-reads.ts";
import type { PaperStand } from "../receipt/print-desk.ts";
import { paidBy } from "../sale/paid-by.ts";
import { settledView, type SettledWords, type ShopRules } from "./basket-view.ts";
import { outcomeView } from "./outcome-view.ts";
import { readSettled, type Settled } from "./settled.ts";

/** What the receipts are read with. */
export type ReceiptsOptions = {
  ledger: Ledger;
  rules(): ShopRules;
  words: SettledWords;
  stand(saleId: string): PaperStand | undefined;
};

/** Rows of one page of the list. */
const rowsPerPage = 50;

/** The sales and refunds of this till, read from its journal. */
export class Receipts {
  readonly #options: ReceiptsOptions;
  /** The one that was read last: while it is in view every snapshot needs it. An entry never changes. */
  #last: Settled | null = null;
  #lastView: { of: Settled; by: ShopRules; basket: Basket } | null = null;

  constructor(options: ReceiptsOptions) {
    this.#options = options;
  }

  /** A sale or refund by its own id, null where there is none. @throws TillError `entry.unread`. */
  settled(saleId: string): Settled | null {
    if (this.#last?.saleId === saleId) return this.#last;
    const settled = readSettled(this.#options.ledger, saleId);
    // Its receipt is made before its commit. Should that fail, nothing may go on saying that the sale was settled.
    if (settled !== null && settled.seq <= this.#options.ledger.head().seq) this.#last = settled;
    return settled;
  }

  /** The sale or refund in view. One that cannot be read is not shown, so that the basket behind it can be used. */
  inView(saleId: string): Settled | null {
    try {
      return this.settled(saleId);
    } catch (error) {
      if (error instanceof TillError && error.code === "entry.unread") return null;
      throw error;
    }
  }

  /** A settled sale as a page shows a basket. */
  basket(settled: Settled): Basket {
    const by = this.#options.rules();
    if (this.#lastView?.of !== settled || this.#lastView.by !== by) {
      this.#lastView = { of: settled, by, basket: settledView(settled, by, this.#options.words) };
    }
    return this.#lastView.basket;
  }

  /** Its end, with the paper as it stands now. */
  outcome(settled: Settled): Outcome {
    return outcomeView(settled, this.#options.stand(settled.saleId), this.#options.ledger);
  }

  /**
   * The newest first, at most 50, those before entry `before` where it is given. `query` is a receipt's number, its code
   * with the till's number, or the scanned code at its end; one that names no receipt of this till finds nothing.
   */
  list(query: string, before: number | undefined): { receipts: ReceiptRow[]; more: boolean } {
    const text = query.trim();
    if (text !== "") {
      const found = this.#find(text);
      return { receipts: found === undefined ? [] : [this.#row(found)], more: false };
    }
    const summaries = this.#options.ledger.recentSales(rowsPerPage + 1, before);
    const receipts = summaries.slice(0, rowsPerPage).map((summary) => this.#row(summary));
    return { receipts, more: summaries.length > rowsPerPage };
  }

  /** One of them. @throws TillError `receipt.not-found`, `entry.unread`. */
  open(saleId: string): { receipt: ReceiptRow; basket: Basket; outcome: Outcome } {
    const summary = this.#options.ledger.sale(saleId);
    // Read anew: a note may have been deleted since.
    const settled = readSettled(this.#options.ledger, saleId);
    if (summary === undefined || settled === null) throw new TillError("receipt.not-found");
    return { receipt: this.#row(summary), basket: this.basket(settled), outcome: this.outcome(settled) };
  }

  /**
   * The sale or refund that a scanned receipt names.
   * @throws TillError `receipt.other-till` for the receipt of another ledger, `receipt.not-found` for none of this one.
   */
  scanned(code: ReceiptCode): string {
    const { ledger } = this.#options;
    if (code.ledger !== ledger.identity.ledger) throw new TillError("receipt.other-till");
    const entry = ledger.entry(code.seq);
    const [summary] = entry?.hash.startsWith(code.hashStart) === true ? ledger.salesAfter(code.seq - 1, 1) : [];
    if (summary?.seq !== code.seq) throw new TillError("receipt.not-found");
    return summary.saleId;
  }

  #find(text: string): SaleSummary | undefined {
    const { ledger } = this.#options;
    const code = parseReceiptCode(text);
    if (code !== null) {
      const [summary] = code.ledger === ledger.identity.ledger ? ledger.salesAfter(code.seq - 1, 1) : [];
      return summary?.seq === code.seq ? summary : undefined;
    }
    const number = /^(?:\d{1,4}-)?(\d{1,12})$/.exec(text)?.[1];
    const found = number === undefined ? undefined : ledger.saleByReceipt(Number(number));
    return text.includes("-") && found?.receiptCode !== text ? undefined : found;
  }

  #row({ seq, kind, saleId, receiptCode, time, totalMinor, tenderKinds }: SaleSummary): ReceiptRow {
    const refunds = kind === "sale" ? this.#options.ledger.refundsOf(saleId) : [];
    return {
      seq,
      kind,
      saleId,
      receiptCode,
      time,
      totalMinor,
      paidBy: paidBy(tenderKinds),
      ...refundedView(refunds, totalMinor),
    };
  }
}

/** What has come back of a sale: the last refund's receipt where nothing is left, else how much. */
function refundedView(
  refunds: readonly SaleSummary[],
  totalMinor: number,
): Pick<ReceiptRow, "refundedBy" | "refundedMinor"> {
  const last = refunds.at(-1);
  if (last === undefined) return {};
  const refundedMinor = -refunds.reduce((sum, refund) => sum + refund.totalMinor, 0);
  return refundedMinor >= totalMinor ? { refundedBy: last.receiptCode } : { refundedMinor };
}
