import { Check, MessageCircle, Wallet } from "lucide-react";
import type { Outcome } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { formatPaymentNumber } from "../shared/format.ts";
import type { WordKey } from "../shared/words/en.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./done.module.css";
import { Twice } from "./twice.tsx";

/** The figure that the shopper looks for: the change, the money that comes back, or what was paid. */
function figureOf(outcome: Outcome): { title: WordKey; amountMinor: number } {
  const changeMinor = outcome.changeMinor ?? 0;
  if (outcome.kind === "refund") {
    // To a shopper the money is back when the platform has said so, and not before.
    const isToWallet = outcome.tender === "wallet";
    const word = outcome.walletState === "given-back" ? "customer.refund-wallet" : "customer.refund-on-its-way";
    return isToWallet
      ? { title: word, amountMinor: outcome.walletMinor ?? 0 }
      : { title: "customer.refund", amountMinor: changeMinor };
  }
  if (changeMinor > 0) return { title: "customer.change", amountMinor: changeMinor };
  return { title: "customer.paid", amountMinor: outcome.totalMinor + (outcome.roundingMinor ?? 0) };
}

/** Paid and stored: the bead lies against the beam, and the change stands as large as it is read across a counter. */
export function Done({ outcome }: { outcome: Outcome }) {
  const words = useWords();
  const formats = useFormats();
  const { title, amountMinor } = figureOf(outcome);
  const amount = formats.money(amountMinor);
  const { tenderedMinor, changeMinor = 0, cashMinor, walletMinor } = outcome;
  const hasWallet = outcome.tender !== "cash" && outcome.kind === "sale";
  return (
    <main className={styles.page}>
      <div className={styles.rod} aria-hidden="true">
        <span className={styles.wire} />
        <span className={styles.bead}>
          <Check className={styles.tick} strokeWidth={3.4} />
        </span>
      </div>
      <div className={styles.beam} />
      <div className={styles.words} role="status">
        <h1 className={styles.title}>
          <Twice text={title} />
        </h1>
        <p className={classNames(styles.amount, amount.length > 7 && styles.wide, amount.length > 10 && styles.wider)}>
          {amount}
        </p>
        <ul className={styles.facts}>
          {outcome.kind === "sale" && tenderedMinor !== undefined && changeMinor > 0 && (
            <li>
              {words("customer.of", {
                taken: formats.money(tenderedMinor),
                total: formats.money(tenderedMinor - changeMinor),
              })}
            </li>
          )}
          {cashMinor !== undefined && walletMinor !== undefined && (
            <li>{words("customer.split", { cash: formats.money(cashMinor), wallet: formats.money(walletMinor) })}</li>
          )}
          {outcome.paymentNumber !== undefined && (
            <li className={styles.fact}>
              <Wallet size={32} aria-hidden />
              <span>
                {words("customer.number")}{" "}
                <strong className={styles.digits}>{formatPaymentNumber(outcome.paymentNumber)}</strong>
              </span>
            </li>
          )}
          {hasWallet && (
            <li className={styles.fact}>
              <MessageCircle size={32} aria-hidden />
              <span>
                <Twice text="customer.chat" />
              </span>
            </li>
          )}
        </ul>
        <p className={styles.thanks}>
          <Twice text="customer.thanks" />
        </p>
      </div>
    </main>
  );
}
