import { Check, Undo2 } from "lucide-react";
import type { WalletMove } from "../../sync/protocol/wallet-api.ts";
import { Key } from "../shared/components/key.tsx";
import { formatPaymentNumber } from "../shared/format.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./arrived.module.css";
import { useGo, usePhone, usePhoneState } from "./phone-context.tsx";

/** A payment that has just been made with this wallet, or given back to it, in place of the code. */
export function Arrived({ move }: { move: WalletMove }) {
  const words = useWords();
  const formats = useFormats();
  const go = useGo();
  const phone = usePhone();
  const { wallet } = usePhoneState();
  const isPaid = move.kind === "charge";
  const Icon = isPaid ? Check : Undo2;
  const { threadId } = move;
  return (
    <section className={styles.card} role="status">
      <div className={styles.rod} aria-hidden="true">
        <span className={styles.wire} />
        <span className={styles.bead} />
        <span className={styles.beam} />
      </div>
      <h2 className={styles.title}>
        <Icon size={32} strokeWidth={2.4} aria-hidden />
        {words(isPaid ? "wallet.paid-title" : "wallet.given-back-title")}
      </h2>
      <p className={styles.amount}>{formats.money(Math.abs(move.amountMinor))}</p>
      {move.store !== undefined && (
        <p className={styles.store}>{words("wallet.at-store", { store: formats.name(move.store) })}</p>
      )}
      {move.number !== undefined && (
        <div className={styles.facts}>
          <p className={styles.number}>{words("wallet.payment", { number: formatPaymentNumber(move.number) })}</p>
          {isPaid && <p>{words("wallet.paid-check")}</p>}
        </div>
      )}
      <p className={styles.facts}>
        {wallet !== null && <strong>{words("wallet.balance", { amount: formats.money(wallet.balanceMinor) })}</strong>}
        {isPaid && <span>{words("wallet.receipt-follows")}</span>}
      </p>
      <div className={styles.keys}>
        <Key
          className={styles.key}
          label={words("wallet.open-chat")}
          onPress={() => go(threadId === undefined ? { screen: "chats" } : { screen: "chat", threadId })}
        />
        <Key className={styles.key} label={words("wallet.new-code")} onPress={phone.dismissArrived} />
      </div>
    </section>
  );
}
