import { Check, Lock, Smartphone, TriangleAlert } from "lucide-react";
import type { PaymentView } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { formatPaymentNumber } from "../shared/format.ts";
import { walletNames } from "../shared/wallet-names.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { AsksRod } from "./asks-rod.tsx";
import styles from "./unknown.module.css";

/**
 * The wallet has not said whether it paid, or waits for its owner: what was asked, how shopper and till find the payment, what
 * is safe.
 */
export function Unknown({ payment }: { payment: PaymentView }) {
  const words = useWords();
  const formats = useFormats();
  const isWaiting = payment.state === "waiting";
  const wallet = words(walletNames[payment.rail]);
  const Icon = isWaiting ? Smartphone : TriangleAlert;
  const safe = [words("unknown.safe-again"), words("unknown.safe-stored"), words("unknown.safe-undone")];
  return (
    <section className={styles.panel}>
      <p className={classNames(styles.band, isWaiting && styles.calm)} role={isWaiting ? "status" : "alert"}>
        <Icon size={24} aria-hidden />
        {words(isWaiting ? "waiting.band" : "unknown.band")}
      </p>
      <div className={styles.body}>
        <h1 className={styles.title}>{words(isWaiting ? "waiting.title" : "unknown.title", { wallet })}</h1>
        <p className={styles.sentence}>
          {words(isWaiting ? "waiting.sentence" : "unknown.sentence", {
            wallet,
            amount: formats.money(payment.amountMinor),
            time: formats.timeToSecond(payment.askedAt),
          })}
        </p>
        <AsksRod payment={payment} />
        <div className={styles.number}>
          <span>{words("unknown.number")}</span>
          <strong className={styles.digits}>{formatPaymentNumber(payment.number)}</strong>
        </div>
        <h2 className={styles.safe}>{words("unknown.safe")}</h2>
        <ul className={styles.facts}>
          {safe.map((fact) => (
            <li key={fact} className={styles.fact}>
              <Check size={22} strokeWidth={2.5} aria-hidden />
              {fact}
            </li>
          ))}
        </ul>
        <p className={classNames(styles.foot, styles.fact)}>
          <Lock size={22} aria-hidden />
          {words("unknown.locked")}
        </p>
      </div>
    </section>
  );
}
