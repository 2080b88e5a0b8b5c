import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button } from "react-aria-components";
import type { ReceiptRow } from "../../main/contract/manager.ts";
import { classNames } from "../shared/class-names.ts";
import { Key } from "../shared/components/key.tsx";
import type { WordKey } from "../shared/words/en.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { FoundPayments, paymentNumberIn } from "./found-payments.tsx";
import styles from "./row-list.module.css";
import { Sheet } from "./sheet.tsx";
import sheetStyles from "./sheets.module.css";
import { TextRow } from "./text-row.tsx";
import { useAct, useSnapshot } from "./till.tsx";
import { openReceipt, useReceipts } from "./use-receipts.ts";

/** A scanned receipt code and its longest number are shorter than this. */
const mostCharacters = 100;

/** The sales and refunds of this till: the newest first, or the one whose number is typed; payments by the number on a shopper's phone. A scanned receipt opens at once. */
export function ReceiptsSheet({ isReturn }: { isReturn: boolean }) {
  const words = useWords();
  const [query, setQuery] = useState("");
  const payment = paymentNumberIn(query);
  const { receipts, more, isKnown, older } = useReceipts(query);
  return (
    <Sheet title={words(isReturn ? "receipts.return-title" : "receipts.title")}>
      <p className={sheetStyles.hint}>{words(isReturn ? "receipts.return-hint" : "receipts.hint")}</p>
      <TextRow
        label={words("receipts.number")}
        value={query}
        mostCharacters={mostCharacters}
        isNumber
        onChange={setQuery}
      />
      {payment !== null && <FoundPayments number={payment} />}
      {isKnown && receipts.length === 0 && payment === null && (
        <p className={styles.none} role="status">
          {words(query.trim() === "" ? "receipts.none" : "receipts.not-found")}
        </p>
      )}
      <ul className={styles.rows} aria-label={words("receipts.title")}>
        {receipts.map((row) => (
          <li key={row.saleId}>
            <Row row={row} isReturn={isReturn} />
          </li>
        ))}
      </ul>
      {more && (
        <div className={sheetStyles.more}>
          <Key className={sheetStyles.key} icon={ChevronDown} label={words("receipts.older")} onPress={older} />
        </div>
      )}
    </Sheet>
  );
}

const paidWords = {
  cash: "receipts.cash",
  wallet: "receipts.wallet",
  mixed: "receipts.mixed",
} as const satisfies Record<ReceiptRow["paidBy"], WordKey>;

const refundWords = {
  cash: "receipts.refund-cash",
  wallet: "receipts.refund-wallet",
  mixed: "receipts.refund-mixed",
} as const satisfies Record<ReceiptRow["paidBy"], WordKey>;

function Row({ row, isReturn }: { row: ReceiptRow; isReturn: boolean }) {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const { till } = useSnapshot();
  const isRefund = row.kind === "refund";
  const isOff = isReturn && (isRefund || row.refundedBy !== undefined);
  // A stored time carries the shop's own offset, so its first ten characters are the day on the shop's calendar.
  const day = row.time.slice(0, 10);
  let second = words(isRefund ? refundWords[row.paidBy] : paidWords[row.paidBy]);
  if (row.refundedMinor !== undefined) {
    second = words("receipts.part-refunded", { amount: formats.money(row.refundedMinor) });
  }
  if (row.refundedBy !== undefined) second = words("receipts.refunded", { code: row.refundedBy });
  return (
    <Button
      className={classNames(styles.row, isOff && styles.off)}
      onPress={() => void openReceipt(act, row.saleId, isReturn)}
    >
      <span className={styles.words}>
        <span className={styles.first}>
          {row.receiptCode}
          <span className={styles.time}>
            {day === till.businessDay ? formats.time(row.time) : `${formats.day(day)} ${formats.time(row.time)}`}
          </span>
        </span>
        <span className={styles.second}>{second}</span>
      </span>
      <span className={styles.amount}>{formats.column(isRefund ? -Math.abs(row.totalMinor) : row.totalMinor)}</span>
      <ChevronRight size={24} aria-hidden />
    </Button>
  );
}
