import type { PaymentView } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./asks-rod.module.css";

/** The first ask, the last two without an answer, the next one, and the beam where the answer is. */
const mostSilentAsks = 2;

/** The rod of what was asked and when, and when it is asked again. */
export function AsksRod({ payment }: { payment: PaymentView }) {
  const words = useWords();
  const formats = useFormats();
  const isWaiting = payment.state === "waiting";
  const later = payment.asks.filter((at) => at > payment.askedAt).slice(-mostSilentAsks);
  return (
    <ol className={styles.rod} aria-label={words("unknown.rod")}>
      <li className={classNames(styles.stop, styles.asked)}>
        <span className={styles.mark}>
          <span className={styles.bead} />
        </span>
        <span className={styles.time}>{formats.timeToSecond(payment.askedAt)}</span>
        <span className={styles.word}>{words("unknown.asked")}</span>
      </li>
      {later.map((at) => (
        <li key={at} className={styles.stop}>
          <span className={styles.mark}>
            <span className={styles.bead} />
          </span>
          <span className={styles.time}>{formats.timeToSecond(at)}</span>
          <span className={styles.word}>{words(isWaiting ? "waiting.not-yet" : "unknown.no-answer")}</span>
        </li>
      ))}
      {(payment.nextAskAt !== undefined || payment.undoAt === undefined) && (
        <li className={classNames(styles.stop, styles.next)}>
          <span className={styles.mark}>
            <span className={styles.bead} />
          </span>
          <span className={styles.time}>
            {payment.nextAskAt === undefined ? words("unknown.now") : formats.timeToSecond(payment.nextAskAt)}
          </span>
          <span className={styles.word}>{words("unknown.next")}</span>
        </li>
      )}
      <li className={classNames(styles.stop, styles.last)}>
        <span className={styles.mark}>
          <span className={styles.beam} />
        </span>
        {payment.undoAt === undefined ? (
          <>
            <span className={styles.time}>{words("unknown.answer")}</span>
            <span className={styles.word}>{words("unknown.answer-second")}</span>
          </>
        ) : (
          <>
            <span className={styles.time}>{formats.timeToSecond(payment.undoAt)}</span>
            <span className={styles.word}>{words(isWaiting ? "waiting.undone-at" : "unknown.undone-at")}</span>
          </>
        )}
      </li>
    </ol>
  );
}
