import { Banknote, Check, CircleQuestionMark, Undo2 } from "lucide-react";
import type { ChatReceipt } from "../../sync/protocol/chat.ts";
import { formatPaymentNumber } from "../shared/format.ts";
import { TradeProvider, useFormats, useWords, type Words } from "../shared/words/intl.tsx";
import { Qr } from "./qr.tsx";
import styles from "./receipt-card.module.css";
import { ReceiptLines } from "./receipt-lines.tsx";
import { useWhen } from "./use-when.ts";
import { Press } from "./press.tsx";

/** What a receipt is called by how it was paid. */
function titleOf(receipt: ChatReceipt, words: Words): string {
  const kinds = new Set(receipt.tenders.map(({ kind }) => kind));
  const isMixed = kinds.size > 1;
  if (receipt.kind === "refund") {
    if (isMixed) return words("wallet.receipt-refund-mixed");
    return words(kinds.has("wallet") ? "wallet.receipt-refund-wallet" : "wallet.receipt-refund-cash");
  }
  if (isMixed) return words("wallet.receipt-mixed");
  return words(kinds.has("wallet") ? "wallet.receipt-wallet" : "wallet.receipt-cash");
}

/** A receipt in a chat. `refunds` gave it back, whole or in part. What is left of it can still be returned. */
export function ReceiptCard(props: {
  receipt: ChatReceipt;
  refunds: readonly ChatReceipt[];
  onAsk(): void;
  onReturn(): void;
}) {
  const { receipt } = props;
  return (
    <TradeProvider trade={{ currency: receipt.currency, zone: receipt.zone }}>
      <Card {...props} />
    </TradeProvider>
  );
}

function Card({ receipt, refunds, onAsk, onReturn }: Parameters<typeof ReceiptCard>[0]) {
  const words = useWords();
  const formats = useFormats();
  const when = useWhen();
  const isRefund = receipt.kind === "refund";
  const backMinor = refunds.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  const isWhole = refunds.length > 0 && backMinor >= receipt.totalMinor;
  const canReturn = !isRefund && !isWhole;
  const isToWallet = receipt.tenders.some(({ kind }) => kind === "wallet");
  const RefundIcon = isToWallet ? Undo2 : Banknote;
  const Icon = isRefund ? RefundIcon : Check;
  return (
    <article className={styles.card} aria-label={words("wallet.receipt-number", { receipt: receipt.receiptCode })}>
      <div className={isRefund ? styles.headRefund : styles.head}>
        <div>
          <p>{titleOf(receipt, words)}</p>
          <p className={styles.amount}>{formats.money(receipt.totalMinor)}</p>
        </div>
        <Icon size={34} strokeWidth={isRefund ? 1.8 : 3} aria-hidden />
      </div>
      <div className={styles.body}>
        <ReceiptLines receipt={receipt} />
        <div className={styles.code}>
          {canReturn && (
            <div className={styles.qr}>
              <Qr
                text={receipt.returnCode}
                name={words("wallet.return-image", { receipt: receipt.receiptCode })}
                mostPixels={4}
              />
            </div>
          )}
          <div className={styles.codeWords}>
            <p className={styles.number}>{words("wallet.receipt-number", { receipt: receipt.receiptCode })}</p>
            {receipt.originalReceiptCode !== undefined && (
              <p>{words("wallet.of-receipt", { receipt: receipt.originalReceiptCode })}</p>
            )}
            {receipt.tenders
              .filter(({ number }) => number !== undefined)
              .map(({ number }) => (
                <p key={number}>{words("wallet.payment", { number: formatPaymentNumber(number ?? "") })}</p>
              ))}
            {canReturn && <p>{words("wallet.show-for-return")}</p>}
            {refunds.map((refund) => (
              <p key={refund.receiptCode}>
                {isWhole && refunds.length === 1
                  ? words("wallet.receipt-given-back", { day: when.day(refund.time) })
                  : words("wallet.receipt-part-given-back", {
                      amount: formats.money(refund.totalMinor),
                      day: when.day(refund.time),
                    })}
              </p>
            ))}
          </div>
        </div>
      </div>
      <div className={styles.keys}>
        <Press className={styles.key} onPress={onAsk}>
          <CircleQuestionMark size={22} aria-hidden />
          {words("wallet.ask")}
        </Press>
        {canReturn && (
          <Press className={styles.key} onPress={onReturn}>
            <Undo2 size={22} aria-hidden />
            {words("wallet.return")}
          </Press>
        )}
      </div>
    </article>
  );
}
