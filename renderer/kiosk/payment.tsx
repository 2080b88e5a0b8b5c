import { Check, RefreshCw, TriangleAlert } from "lucide-react";
import type { PaymentView } from "../../main/contract/snapshot.ts";
import { useNow } from "../shared/clock.tsx";
import { formatPaymentNumber } from "../shared/format.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { KioskMainKey } from "./kiosk-key.tsx";
import { Notices } from "./notices.tsx";
import styles from "./payment.module.css";
import { Screen } from "./screen.tsx";
import { Totals } from "./totals.tsx";
import { useAct } from "./use-act.ts";

/** The wallet was asked and answers in a moment, or when its owner has agreed on the phone. */
export function Asking({ payment }: { payment: PaymentView }) {
  const words = useWords();
  const formats = useFormats();
  const isWaiting = payment.state === "waiting";
  const facts = [
    words("kiosk.asking-safe"),
    ...(isWaiting && payment.undoAt !== undefined
      ? [words("kiosk.waiting-undone", { time: formats.timeToSecond(payment.undoAt) })]
      : []),
  ];
  return (
    <Screen
      title={words(isWaiting ? "kiosk.waiting-title" : "kiosk.asking-title")}
      titleClassName={styles.title}
      isDrawn
      work={
        <div className={styles.panel}>
          <p className={styles.text}>
            {isWaiting
              ? words("kiosk.waiting-text", { amount: formats.money(payment.amountMinor) })
              : words("kiosk.asking-text")}
          </p>
          <Rod />
          <PaymentNumber payment={payment} />
          <Facts facts={facts} />
          <Notices className={styles.notice} />
        </div>
      }
      lower={
        <>
          <Totals label="kiosk.to-pay" />
          <KioskMainKey
            kind="busy"
            title={words("kiosk.asking-key")}
            second={words(isWaiting ? "kiosk.waiting-key-second" : "kiosk.asking-key-second")}
          />
        </>
      }
    />
  );
}

/** The wallet has not said whether it paid: what was asked, what is safe, and the one thing to do. Nothing here ends by itself. */
export function Unknown({ payment }: { payment: PaymentView }) {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const nowMs = useNow(1000);
  const seconds = payment.nextAskAt === undefined ? 0 : Math.ceil((Date.parse(payment.nextAskAt) - nowMs) / 1000);
  const facts = [
    words("kiosk.unknown-again"),
    ...(payment.undoAt === undefined
      ? []
      : [words("kiosk.unknown-undone", { time: formats.timeToSecond(payment.undoAt) })]),
    words("kiosk.unknown-kept"),
  ];
  return (
    <Screen
      title={words("kiosk.unknown-title")}
      titleClassName={styles.title}
      isDrawn
      work={
        <>
          <p className={styles.band} role="alert">
            <TriangleAlert className={styles.icon} strokeWidth={1.75} aria-hidden />
            {words("kiosk.unknown-band")}
          </p>
          <div className={styles.panel}>
            <p className={styles.text}>
              {words("kiosk.unknown-text", {
                amount: formats.money(payment.amountMinor),
                time: formats.time(payment.askedAt),
              })}
            </p>
            <PaymentNumber payment={payment} />
            <Facts facts={facts} />
            <Notices className={styles.notice} />
          </div>
        </>
      }
      lower={
        <>
          <Totals label="kiosk.to-pay" />
          <KioskMainKey
            icon={RefreshCw}
            title={words("kiosk.unknown-key")}
            second={seconds > 0 ? words("kiosk.unknown-key-second", { seconds }) : words("kiosk.unknown-key-now")}
            onPress={() => void act("payment.ask-again", { paymentId: payment.paymentId })}
          />
        </>
      }
    />
  );
}

/** A bead on its way to the beam. */
function Rod() {
  return (
    <div className={styles.rod} aria-hidden="true">
      <span className={styles.bead} />
      <span className={styles.end} />
    </div>
  );
}

function PaymentNumber({ payment }: { payment: PaymentView }) {
  const words = useWords();
  return (
    <p className={styles.number}>
      <span>{words("kiosk.asking-number")}</span>
      <strong className={styles.digits}>{formatPaymentNumber(payment.number)}</strong>
    </p>
  );
}

function Facts({ facts }: { facts: readonly string[] }) {
  return (
    <ul className={styles.facts}>
      {facts.map((fact) => (
        <li key={fact} className={styles.fact}>
          <Check className={styles.tick} strokeWidth={2.5} aria-hidden />
          {fact}
        </li>
      ))}
    </ul>
  );
}
