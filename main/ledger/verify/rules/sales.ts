import { type Bodies, type Fields, isId, readBody } from "../bodies.ts";
import { IdTable, NumberColumn, TextTable } from "../id-table.ts";
import type { Report } from "../reasons.ts";
import type { WalkedEntry } from "../walk.ts";
import type { Rule } from "./receipts.ts";
import { type Excess, excessOf, payoutsHold } from "./refunds.ts";

type Refund = Bodies["refund.settled"];

/** What stands in place of a total where an id is a refund's, or a sale's whose total cannot be read. */
const ofRefund = -1;
const notKnown = -2;

/** No till writes as many for one sale; in a file that was made up they are not all read again for each. */
const mostRefundsRead = 200;

/** Gives the text of an entry that was walked already. An export, which is read once from end to end, has no such way back. */
export type ReadBack = (seq: number) => string | undefined;

/**
 * A sale is settled once, and all its refunds together give back what it came to at the most: in all, and where entries can be
 * read again also of each line, tax class and tender. Of a sale in an older ledger only a second whole refund is seen. What is
 * kept is a few numbers for each sale and refund, however long they are.
 */
export function createSaleRule(report: Report, readBack?: ReadBack): Rule {
  const ids = new IdTable();
  const totals = new NumberColumn();
  const currencies = new NumberColumn();
  const seqs = new NumberColumn();
  const currencyNames = new TextTable();
  const refunds = createRefundSums();

  function add(seq: number, id: string, totalMinor: number, currency: string): void {
    const number = ids.add(id);
    if (number === -1) {
      report({ seq, reason: "id-repeated", params: { id } });
      return;
    }
    totals.set(number, totalMinor);
    seqs.set(number, seq);
    currencies.set(number, currencyNames.numberOf(currency));
  }

  /** What may be given back at the most, in all refunds together; undefined where nothing may be. */
  function refundable({ saleId, currency }: Refund): number | undefined {
    const sale = ids.find(saleId);
    const totalMinor = sale === -1 ? notKnown : totals.get(sale);
    if (totalMinor === notKnown) return Number.MAX_SAFE_INTEGER;
    const isSaleOfCurrency = totalMinor !== ofRefund && currencyNames.text(currencies.get(sale)) === currency;
    return isSaleOfCurrency ? totalMinor : undefined;
  }

  /** What is wrong with a refund, by the sums alone and then by the parts of its sale. */
  function excess(seq: number, refund: Refund): Excess | undefined {
    const before = refunds.of(refund.saleId);
    const mostMinor = refundable(refund);
    const statedMinor = refund.totalMinor;
    // A whole refund leaves nothing, also where what was sold had no price, and also where nobody here knows the sale.
    const isClosed = before.seq > 0 && before.isWhole;
    refunds.add(seq, refund);
    if (mostMinor === undefined || isClosed) return { statedMinor, countedMinor: 0 };
    if (statedMinor > mostMinor - before.totalMinor)
      return { statedMinor, countedMinor: Math.max(0, mostMinor - before.totalMinor) };
    if (!payoutsHold(refund)) return { statedMinor: refund.paidOutMinor, countedMinor: refund.totalMinor };
    return readBack === undefined ? undefined : partsExcess(refund, before.seq, readBack);
  }

  function partsExcess(refund: Refund, newestBefore: number, read: ReadBack): Excess | undefined {
    const saleNumber = ids.find(refund.saleId);
    if (saleNumber === -1) return undefined;
    const sale = bodyIn(read(seqs.get(saleNumber)), "sale.settled");
    const earlierOnes: (Refund & Fields)[] = [];
    for (let seq = newestBefore; seq > 0 && earlierOnes.length < mostRefundsRead; seq = refunds.before(seq)) {
      const earlier = bodyIn(read(seq), "refund.settled");
      if (earlier === undefined) return undefined;
      earlierOnes.push(earlier);
    }
    return sale === undefined ? undefined : excessOf(sale, earlierOnes, refund as Refund & Fields);
  }

  function next({ seq, type, known, body }: WalkedEntry): void {
    if (known?.type === "sale.settled") {
      const { saleId, totalMinor, currency } = known.body;
      add(seq, saleId, totalMinor, currency);
    } else if (known?.type === "refund.settled") {
      const { refundId, currency, receiptCode: receipt } = known.body;
      const found = excess(seq, known.body);
      if (found !== undefined) report({ seq, reason: "refund", params: { receipt, ...found, currency } });
      add(seq, refundId, ofRefund, currency);
    } else if (type === "sale.settled" && isId(body["saleId"])) {
      add(seq, body["saleId"], notKnown, "");
    }
  }

  return { next };
}

/** What the refunds of a sale came to until now. */
interface Given {
  totalMinor: number;
  /** The newest of them, 0 where there is none. */
  seq: number;
  /** One of them was of the whole sale, as every refund of an older version is. */
  isWhole: boolean;
}

/** The refunds of each sale: their sum, and for each the one before it. */
function createRefundSums(): {
  of(saleId: string): Given;
  add(seq: number, refund: Refund): void;
  /** The refund of the same sale before this one, 0 where there is none. */
  before(seq: number): number;
} {
  const sales = new IdTable();
  const sums = new NumberColumn();
  const newest = new NumberColumn();
  const whole = new NumberColumn();
  const previous = new Map<number, number>();
  return {
    of(saleId) {
      const number = sales.find(saleId);
      if (number === -1) return { totalMinor: 0, seq: 0, isWhole: false };
      return { totalMinor: sums.get(number), seq: newest.get(number), isWhole: whole.get(number) === 1 };
    },
    add(seq, { saleId, totalMinor, payouts }) {
      const isNew = sales.add(saleId) !== -1;
      const number = sales.find(saleId);
      // Most sales that come back do so once: a second refund is rare, and only those are linked.
      if (!isNew) previous.set(seq, newest.get(number));
      sums.set(number, (isNew ? 0 : sums.get(number)) + totalMinor);
      newest.set(number, seq);
      whole.set(number, payouts === undefined || (!isNew && whole.get(number) === 1) ? 1 : 0);
    },
    before: (seq) => previous.get(seq) ?? 0,
  };
}

/** The body of a text that was walked before, where it is of this type and says what is looked into. */
function bodyIn<T extends "sale.settled" | "refund.settled">(
  text: string | undefined,
  type: T,
): (Bodies[T] & Fields) | undefined {
  if (text === undefined) return undefined;
  const fields = JSON.parse(text) as { type: string; body: Fields };
  const read = fields.type === type ? readBody(type, fields.body) : "strange";
  return typeof read === "object" ? (read.body as Bodies[T] & Fields) : undefined;
}
