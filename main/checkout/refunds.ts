import { canonicalise, type CanonicalValue } from "../../sync/protocol/canonical.ts";
import type { EntryBody, RefundReason } from "../../sync/protocol/entry-types.ts";
import { TillError } from "../contract/errors.ts";
import type { RefundQuote, RefundWanted } from "../contract/refunds.ts";
import type { Ledger } from "../ledger/open.ts";
import { leftOfSale, type SaleLeft } from "../sale/refund-left.ts";
import { giveBack, type GivenBack, type Wanted } from "../sale/refund.ts";
import type { ShopRules } from "./basket-view.ts";
import { plainNote } from "./note.ts";
import type { Receipts } from "./receipts.ts";
import { refundAnswer, type Settling } from "./settling.ts";

type Sale = EntryBody<"sale.settled">;
type Refund = EntryBody<"refund.settled">;

/** What refunds work with. */
export type RefundsOptions = {
  ledger: Ledger;
  receipts: Receipts;
  settling: Settling;
  payments: { readonly isHolding: boolean };
  rules(): ShopRules;
};

/** A refund as a page asks for it. The page makes the id, so that asking again gives the same refund. */
export type RefundRequest = {
  refundId: string;
  saleId: string;
  of: RefundWanted;
  reason: RefundReason;
  note: string;
};

/** Gives settled sales back, whole or in part, and says beforehand what would go back and where to. */
export class Refunds {
  readonly #options: RefundsOptions;

  constructor(options: RefundsOptions) {
    this.#options = options;
  }

  /**
   * What is left of a sale, and what a refund of this part would pay out, and how. Nothing is stored.
   * @throws TillError `receipt.not-found`, `refund.not-a-sale`, `refund.nothing-left`, `refund.above-remaining`.
   */
  quote(saleId: string, of: RefundWanted): RefundQuote {
    const sale = this.#sale(saleId);
    const before = this.#before(saleId);
    const { cashRoundingMinor } = this.#options.rules().store;
    const left = leftOfSale(sale, before);
    const wanted = wantedOf(sale, of);
    return { left: leftView(left), ...payoutView(giveBack(sale, { before, wanted, cashRoundingMinor })) };
  }

  /**
   * Gives back a sale, or what is asked for of it, to where its money came from. The same id again gives the stored answer.
   * @throws TillError `receipt.not-found`, `refund.not-a-sale`, `refund.nothing-left`, `refund.above-remaining`,
   * `refund.too-many`, `payment.open`, and `refund.id-used` where the id stands for something else.
   */
  settle(request: RefundRequest): ReturnType<typeof refundAnswer> {
    const { refundId, saleId, reason, of } = request;
    const sale = this.#sale(saleId);
    const stored = this.#options.receipts.settled(refundId);
    if (stored !== null) {
      if (stored.kind !== "refund" || !this.#isSame(sale, stored.body, request)) throw new TillError("refund.id-used");
      return refundAnswer(stored.body);
    }
    if (this.#options.payments.isHolding) throw new TillError("payment.open");
    const note = plainNote(request.note);
    const before = this.#before(saleId);
    return refundAnswer(
      this.#options.settling.refund(sale, { refundId, reason, note, wanted: wantedOf(sale, of), before }),
    );
  }

  #sale(saleId: string): Sale {
    const sale = this.#options.receipts.settled(saleId);
    if (sale === null) throw new TillError("receipt.not-found");
    if (sale.kind !== "sale") throw new TillError("refund.not-a-sale");
    return sale.body;
  }

  /** The refunds of a sale, the oldest first. Where one cannot be read nobody can say what is left. */
  #before(saleId: string): Refund[] {
    return this.#options.ledger.refundsOf(saleId).flatMap((summary) => {
      const settled = this.#options.receipts.settled(summary.saleId);
      return settled?.kind === "refund" ? [settled.body] : [];
    });
  }

  /** Whether a stored refund is the one that is asked for: the same goods or money for the same reason. */
  #isSame(sale: Sale, stored: Refund, { saleId, of, reason }: RefundRequest): boolean {
    if (stored.saleId !== saleId || stored.reason !== reason) return false;
    const all = this.#before(saleId);
    const before = all.slice(
      0,
      all.findIndex(({ refundId }) => refundId === stored.refundId),
    );
    try {
      const asked = giveBack(sale, { before, wanted: wantedOf(sale, of), cashRoundingMinor: 1 });
      return goodsText(asked) === goodsText(stored);
    } catch (error) {
      // What could not have been given back then is something else than what was.
      if (error instanceof TillError && error.code.startsWith("refund.")) return false;
      throw error;
    }
  }
}

/** What of a refund was asked for; how coins paid it out is the till's own. Lines may be named in any order. */
function goodsText({
  lines,
  reductions = [],
  totalMinor,
}: Pick<Refund, "lines" | "reductions" | "totalMinor">): string {
  const ordered = lines.toSorted((one, other) => (one.lineId < other.lineId ? -1 : 1));
  return canonicalise({ lines: ordered, reductions, totalMinor } as unknown as CanonicalValue);
}

function wantedOf(sale: Sale, of: RefundWanted): Wanted {
  if (of.kind !== "lines") return of;
  const measures = new Map(sale.lines.map(({ lineId, weightGrams }) => [lineId, weightGrams === undefined]));
  const lines = of.lines.map(({ lineId, quantity, weightGrams }) => {
    // Pieces of a weighed good are nothing that was sold, nor grams of a bottle.
    const units = measures.get(lineId) === true ? quantity : weightGrams;
    return { lineId, units: units ?? 0 };
  });
  return { kind: "lines", lines };
}

function leftView({ lines, taxes, totalMinor }: SaleLeft): RefundQuote["left"] {
  return {
    totalMinor: Math.max(0, totalMinor),
    // A deposit goes back with its bottle and never as money alone.
    mostAmountMinor: taxes.reduce((sum, { grossMinor }) => sum + Math.max(0, grossMinor), 0),
    lines: lines.map(({ line, units }) => {
      const { lineId, weightGrams } = line;
      return { lineId, ...(weightGrams === undefined ? { quantity: units } : { weightGrams: units }) };
    }),
  };
}

function payoutView({ totalMinor, payouts, paidOutMinor, roundingMinor }: GivenBack): Omit<RefundQuote, "left"> {
  const wallet = payouts.filter((payout) => payout.kind === "wallet");
  const [first] = wallet;
  return {
    totalMinor,
    walletMinor: wallet.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    ...(first === undefined ? {} : { paymentNumber: first.number, rail: first.rail ?? "wallet" }),
    paidOutMinor,
    roundingMinor,
  };
}
