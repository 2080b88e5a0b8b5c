import { Printer } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Outcome, PaymentView } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { Key } from "../shared/components/key.tsx";
import type { WordKey } from "../shared/words/en.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { AgeRow, needsAge } from "./age-step.tsx";
import { cashKeysThatFit } from "./cash-keys.ts";
import { PartRow } from "./part-row.tsx";
import { useAct, useSessionState, useSnapshot } from "./till.tsx";
import styles from "./tender-row.module.css";
import { openPanel } from "./view.ts";

/** Cash in one touch: the exact amount, two notes with the change they give, and any other amount. */
export function TenderRow() {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const { basket, payment, notice } = useSnapshot();
  const { phase } = useSessionState();
  const { saleId, cash, cashPartMinor } = basket;
  if (phase !== "ready") return <Reason text={words("restarting.tender")} />;
  if (basket.lines.length === 0) return <Reason text={words("tender.empty")} />;
  if (payment?.state === "asking") return <Reason text={words("tender.asking")} />;
  if (needsAge(basket)) return <AgeRow basket={basket} />;
  if (cashPartMinor !== undefined) return <PartRow partMinor={cashPartMinor} />;
  // The wallet holds too little: what it can pay and some cash may be enough.
  const isPartWanted = notice?.fault.code === "wallet.insufficient";
  const pay = (tenderedMinor: number) => void act("tender.cash", { saleId, tenderedMinor });
  const other = isPartWanted
    ? { label: words("part.part"), second: words("part.part-second") }
    : { label: words("tender.other"), second: words("tender.other-second") };
  const faces = cash.suggestions.map(({ tenderedMinor, changeMinor }, index) =>
    index === 0
      ? { label: words("tender.cash", { amount: formats.money(tenderedMinor) }), second: words("tender.exact") }
      : {
          label: formats.note(tenderedMinor),
          second: words("tender.back", { amount: formats.column(changeMinor) }),
        },
  );
  const { count, isSmall } = cashKeysThatFit(faces, other);
  const keyClass = classNames(styles.key, styles.cash, isSmall && styles.small);
  return (
    <div className={styles.row}>
      {cash.suggestions.slice(0, count).map(({ tenderedMinor }, index) => (
        <Key
          key={tenderedMinor}
          className={keyClass}
          label={faces[index]?.label ?? ""}
          second={faces[index]?.second}
          shortcut={index === 0 ? "cash-exact" : undefined}
          onPress={() => pay(tenderedMinor)}
        />
      ))}
      <Key
        className={classNames(keyClass, isPartWanted && styles.wanted)}
        label={other.label}
        second={other.second}
        shortcut="cash-other"
        onPress={() => openPanel({ kind: "cash", isPart: isPartWanted })}
      />
    </div>
  );
}

function Reason({ text }: { text: string }) {
  return (
    <div className={styles.row}>
      <p className={styles.reason}>{text}</p>
    </div>
  );
}

const refundRows = {
  cash: "refund.row-cash",
  wallet: "refund.row-wallet",
  mixed: "refund.row-both",
} as const satisfies Record<Outcome["tender"], WordKey>;

/** While a sale is given back, what will happen stands in the place of the tenders. */
export function RefundRow({ outcome }: { outcome: Outcome }) {
  const words = useWords();
  return <Reason text={words(refundRows[outcome.tender])} />;
}

/** The ways out of an outcome that is waited for: another tender for this sale, or the next shopper while it is asked about. */
export function UnknownRow({ payment }: { payment: PaymentView }) {
  const words = useWords();
  const act = useAct();
  return (
    <div className={styles.row}>
      <Key
        className={styles.key}
        label={words("unknown.undo")}
        second={words("unknown.undo-second")}
        onPress={() => void act("payment.undo", { paymentId: payment.paymentId })}
      />
      <Key
        className={styles.key}
        label={words("unknown.aside")}
        second={words("unknown.aside-second")}
        onPress={() => void act("payment.set-aside", { paymentId: payment.paymentId })}
      />
    </div>
  );
}

/** Whether the receipt did not surely come out, and the printer could print it now. */
export function useIsPrinterMended(outcome: Outcome): boolean {
  const { devices } = useSnapshot();
  const isMissing = outcome.print === "failed" || outcome.print === "unknown";
  return isMissing && devices.some(({ kind, state }) => kind === "printer" && state === "ready");
}

/** A second touch on a cash key lands here; within this time it is not taken for the wish for a copy. */
const doubleTouchMs = 700;

/** What can be done with a stored sale besides going on. */
export function PaidRow({ outcome }: { outcome: Outcome }) {
  const words = useWords();
  const act = useAct();
  const isMended = useIsPrinterMended(outcome);
  const shownAt = useRef(0);
  useEffect(() => {
    shownAt.current = performance.now();
  }, []);
  return (
    <div className={styles.row}>
      <Key
        className={classNames(styles.key, isMended && styles.wanted)}
        icon={Printer}
        label={words("paid.copy")}
        shortcut="copy"
        onPress={() => {
          if (performance.now() - shownAt.current < doubleTouchMs) return;
          void act("receipt.print-copy", { saleId: outcome.saleId });
        }}
      />
    </div>
  );
}
