import { ArrowLeft, Printer, Undo2 } from "lucide-react";
import { classNames } from "../shared/class-names.ts";
import { Key } from "../shared/components/key.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { LineFacts } from "./line-facts.tsx";
import { LinePrice } from "./line-price.tsx";
import styles from "./receipt-sheet.module.css";
import { openRefund } from "./refund-choice.ts";
import { walletWords } from "./refund-words.ts";
import { Sheet } from "./sheet.tsx";
import sheetStyles from "./sheets.module.css";
import { SettledSums } from "./settled-sums.tsx";
import { useAct, useSnapshot } from "./till.tsx";
import { openPanel, setView, type OpenedReceipt } from "./view.ts";

/** A stored sale or refund: its lines and payments as the bill shows them, a copy, and the way back for goods. */
export function ReceiptSheet({ opened, isReturn }: { opened: OpenedReceipt; isReturn: boolean }) {
  const words = useWords();
  const formats = useFormats();
  const { receipt, basket, outcome } = opened;
  const isRefund = receipt.kind === "refund";
  return (
    <Sheet title={words(isRefund ? "receipt.refund-title" : "receipt.title", { code: receipt.receiptCode })}>
      <p className={sheetStyles.hint}>
        {words("receipt.stored", {
          day: formats.day(receipt.time.slice(0, 10)),
          time: formats.timeToSecond(receipt.time),
        })}
        {basket.note !== undefined && (
          <>
            <br />
            {words("receipt.note", { note: basket.note })}
          </>
        )}
        {receipt.refundedMinor !== undefined && (
          <>
            <br />
            {words("receipt.part-refunded", { amount: formats.money(receipt.refundedMinor) })}
          </>
        )}
        {outcome.walletState !== undefined && (
          <>
            <br />
            {words(walletWords[outcome.walletState], { amount: formats.money(outcome.walletMinor ?? 0) })}
          </>
        )}
      </p>
      <ReceiptKeys opened={opened} isReturn={isReturn} />
      {/* A list that scrolls with its sheet is reached by the keyboard through the sheet. */}
      <ul className={styles.lines} aria-label={words("bill.lines")}>
        {basket.lines.map((line) => (
          <li key={line.lineId} className={styles.line}>
            <span className={styles.quantity}>
              {line.quantity !== undefined && (
                <>
                  {line.quantity}
                  <span className={styles.times}>×</span>
                </>
              )}
            </span>
            <span className={styles.words}>
              <span>{formats.name(line.name)}</span>
              <LineFacts line={line} basket={basket} />
            </span>
            <LinePrice line={line} />
          </li>
        ))}
      </ul>
      <SettledSums basket={basket} outcome={outcome} />
    </Sheet>
  );
}

function ReceiptKeys({ opened, isReturn }: { opened: OpenedReceipt; isReturn: boolean }) {
  const words = useWords();
  const act = useAct();
  const { payment } = useSnapshot();
  const { receipt } = opened;
  const explain = (text: string) => setView({ message: { kind: "reason", text } });
  let reason: string | undefined;
  if (receipt.kind === "refund") reason = words("receipt.is-refund");
  else if (receipt.refundedBy !== undefined) reason = words("receipt.refunded", { code: receipt.refundedBy });
  else if (payment !== undefined) reason = words("function.void-paying");
  return (
    <div className={classNames(sheetStyles.keys, sheetStyles.three)}>
      <Key
        className={sheetStyles.key}
        icon={ArrowLeft}
        label={words("receipt.all")}
        onPress={() => openPanel({ kind: "receipts", isReturn })}
      />
      <Key
        className={sheetStyles.key}
        icon={Printer}
        label={words("function.copy")}
        onPress={() =>
          void act("receipt.print-copy", { saleId: receipt.saleId }).then((done) => {
            if (done !== null) explain(words("receipt.copy-on-its-way"));
          })
        }
      />
      <Key
        className={sheetStyles.key}
        icon={Undo2}
        label={words("receipt.return")}
        reason={reason}
        onReason={explain}
        onPress={() => void openRefund(act, opened)}
      />
    </div>
  );
}
