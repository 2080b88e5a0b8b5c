import type { Cell, LedgerFile } from "../ledger-file.ts";
import type { Report } from "../reasons.ts";
import type { PaymentRule } from "../rules/payments.ts";
import { isSameRow, reportOnce, type TableCheck } from "./table-check.ts";

/**
 * Payments, of which there may be as many as sales: what never changes in a row is looked up at the entry that said it, and
 * where each payment stands is read at the end, against what the rule of payments keeps of it in any case. The rule has to
 * have taken an entry in before this check.
 */
export function createPaymentsCheck(file: LedgerFile, payments: PaymentRule, report: Report): TableCheck {
  const differs = reportOnce("payments", report);
  const present = file.columns("payments");
  // Not there before version 8, when every payment was one of the platform's own wallet.
  const hasRail = present.includes("rail");
  const created = file.lookUp(
    `SELECT sale_id, amount_minor, currency, number, code_hash, created_seq${hasRail ? ", rail" : ""}
     FROM payments WHERE payment_id = ?`,
  );
  const transaction = file.lookUp("SELECT transaction_id FROM payments WHERE payment_id = ?");

  function isAsCreated(id: string, expected: readonly Cell[]): boolean {
    const row = created(id);
    return row !== undefined && isSameRow(row, expected);
  }

  return {
    next({ seq, known }) {
      if (known?.type === "payment.created") {
        const { paymentId, saleId, amountMinor, currency, number, codeHash, rail = "wallet" } = known.body;
        if (payments.record(paymentId)?.isLoose === true) return;
        const money = [saleId, amountMinor, currency, number, codeHash, seq];
        if (!isAsCreated(paymentId, [...money, ...(hasRail ? [rail] : [])])) differs(seq);
      } else if (known?.type === "payment.paid") {
        const { paymentId, transactionId } = known.body;
        const record = payments.record(paymentId);
        if (record?.isLoose !== false) return;
        if (transaction(paymentId)?.[0] !== transactionId) differs(seq);
      }
    },
    finish(lastSeq) {
      // Not there before version 3, whose migration fills it.
      const paidSeq = present.includes("paid_seq") ? ", paid_seq" : "";
      const rows = file.cursor(
        `SELECT payment_id, state, last_seq, reason, transaction_id IS NULL${paidSeq} FROM payments`,
      );
      for (; rows.row !== undefined; rows.advance()) {
        const [id, ...row] = rows.row;
        const record = payments.record(String(id));
        if (record === undefined) differs(lastSeq);
        else if (!record.isLoose) {
          const { state, lastSeq: last, reason, paidSeq: paid } = record;
          const expected: Cell[] = [state, last, reason ?? null, paid === 0 ? 1 : 0];
          if (paidSeq !== "") expected.push(paid === 0 ? null : paid);
          if (!isSameRow(row, expected)) differs(last);
        }
      }
    },
  };
}
