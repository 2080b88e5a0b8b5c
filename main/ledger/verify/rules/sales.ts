import { type Bodies, isId } from "../bodies.ts";
import { IdTable, NumberColumn, TextTable } from "../id-table.ts";
import type { Report } from "../reasons.ts";
import type { Rule } from "./receipts.ts";

/** What stands in place of a total where an id is a refund's, or a sale's whose total cannot be read. */
const ofRefund = -1;
const notKnown = -2;

/**
 * A sale is settled once and given back at most once, for what it came to at the most. Of a sale in an older ledger only
 * a second refund is seen.
 */
export function createSaleRule(report: Report): Rule {
  const ids = new IdTable();
  const totals = new NumberColumn();
  const currencies = new NumberColumn();
  const currencyNames = new TextTable();
  const refunded = new IdTable();

  function add(seq: number, id: string, totalMinor: number, currency: string): void {
    const number = ids.add(id);
    if (number === -1) {
      report({ seq, reason: "id-repeated", params: { id } });
      return;
    }
    totals.set(number, totalMinor);
    currencies.set(number, currencyNames.numberOf(currency));
  }

  /** What may be given back at the most; undefined where nothing may be. */
  function refundable({ saleId, currency }: Bodies["refund.settled"]): number | undefined {
    if (refunded.add(saleId) === -1) return undefined;
    const sale = ids.find(saleId);
    const totalMinor = sale === -1 ? notKnown : totals.get(sale);
    if (totalMinor === notKnown) return Number.MAX_SAFE_INTEGER;
    const isSaleOfCurrency = totalMinor !== ofRefund && currencyNames.text(currencies.get(sale)) === currency;
    return isSaleOfCurrency ? totalMinor : undefined;
  }

  return {
    next({ seq, type, known, body }) {
      if (known?.type === "sale.settled") {
        const { saleId, totalMinor, currency } = known.body;
        add(seq, saleId, totalMinor, currency);
      } else if (known?.type === "refund.settled") {
        const { refundId, totalMinor: statedMinor, currency, receiptCode: receipt } = known.body;
        const mostMinor = refundable(known.body);
        if (mostMinor === undefined || statedMinor > mostMinor) {
          report({ seq, reason: "refund", params: { receipt, statedMinor, countedMinor: mostMinor ?? 0, currency } });
        }
        add(seq, refundId, ofRefund, currency);
      } else if (type === "sale.settled" && isId(body["saleId"])) {
        add(seq, body["saleId"], notKnown, "");
      }
    },
  };
}
