import { Check, MessageCircle, Printer, ReceiptText, TriangleAlert, Users, type LucideIcon } from "lucide-react";
import type { Outcome } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { formatPaymentNumber } from "../shared/format.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { KioskKey, KioskMainKey } from "./kiosk-key.tsx";
import { Notices } from "./notices.tsx";
import styles from "./receipt.module.css";
import { Screen } from "./screen.tsx";
import { useAct } from "./use-act.ts";
import { useLeave } from "./use-leave.ts";
import { useWait, usePatienceState } from "./use-patience.ts";
import { patienceLimits } from "./patience.ts";

/** Paid and stored: the bead lies against the beam. It goes away by itself, because what it says is one shopper's. */
export function Receipt({ outcome }: { outcome: Outcome }) {
  const words = useWords();
  const formats = useFormats();
  const leave = useLeave();
  const amount = formats.money(outcome.walletMinor ?? outcome.totalMinor);
  return (
    <Screen
      title={words("kiosk.paid")}
      titleClassName={styles.title}
      isDrawn
      work={
        <>
          <p className={classNames(styles.amount, amount.length > 8 && styles.wide)}>{amount}</p>
          {outcome.paymentNumber !== undefined && (
            <p className={styles.number}>
              {words("kiosk.paid-number")}{" "}
              <strong className={styles.digits}>{formatPaymentNumber(outcome.paymentNumber)}</strong>
            </p>
          )}
          <div className={styles.rod} aria-hidden="true">
            <span className={styles.bead}>
              <Check className={styles.tick} strokeWidth={3.2} />
            </span>
          </div>
          <Notices />
        </>
      }
      lower={
        <>
          {outcome.tender !== "cash" && (
            <Fact
              icon={MessageCircle}
              title={words("kiosk.paid-chat")}
              text={words("kiosk.paid-chat-second", { code: outcome.receiptCode })}
            />
          )}
          <Paper outcome={outcome} />
          <KioskMainKey
            icon={Users}
            title={words("kiosk.done")}
            second={words("kiosk.done-second")}
            onPress={() => leave("shopper")}
          />
          <Leaving />
        </>
      }
    />
  );
}

function Fact(props: { icon: LucideIcon; title: string; text: string; isAttention?: boolean }) {
  const Icon = props.icon;
  return (
    <div className={classNames(styles.fact, props.isAttention === true && styles.attention)} role="status">
      <Icon className={styles.icon} strokeWidth={1.75} aria-hidden />
      <div>
        <p className={styles.factTitle}>{props.title}</p>
        <p>{props.text}</p>
      </div>
    </div>
  );
}

/** The paper is asked for and then followed in words; nothing is said to have come out that may not have. */
function Paper({ outcome }: { outcome: Outcome }) {
  const words = useWords();
  const act = useAct();
  switch (outcome.print) {
    case "none":
      return (
        <KioskKey
          className={styles.print}
          icon={Printer}
          label={words("kiosk.print")}
          second={words("kiosk.print-second")}
          onPress={() => void act("receipt.print", { saleId: outcome.saleId })}
        />
      );
    case "waiting":
      return <Fact icon={Printer} title={words("kiosk.print-asked")} text={words("kiosk.print-waiting")} />;
    case "printing":
      return <Fact icon={Printer} title={words("kiosk.print-asked")} text={words("kiosk.print-printing")} />;
    case "printed":
      return <Fact icon={ReceiptText} title={words("kiosk.print-done")} text={words("kiosk.print-done-text")} />;
    case "probably":
      return <Fact icon={ReceiptText} title={words("kiosk.print-asked")} text={words("kiosk.print-probably-text")} />;
    case "unknown":
      return (
        <Fact
          icon={TriangleAlert}
          title={words("kiosk.print-unknown")}
          text={words("kiosk.print-probably-text")}
          isAttention
        />
      );
    case "failed":
      return (
        <Fact
          icon={TriangleAlert}
          title={words("kiosk.print-none")}
          text={words("kiosk.print-none-text")}
          isAttention
        />
      );
  }
}

/** How long this stays, as a bead on its rod and in words. */
function Leaving() {
  const words = useWords();
  const wait = useWait(true);
  const occasion = usePatienceState((state) => state.patience.occasion);
  const leftMs = wait.kind === "rest" && wait.leftMs !== null ? wait.leftMs : 0;
  const wholeMs = patienceLimits[occasion]?.quietMs ?? leftMs;
  const part = wholeMs === 0 ? 1 : 1 - leftMs / wholeMs;
  return (
    <div className={styles.leaving}>
      <span className={styles.leavingRod} aria-hidden="true">
        <span className={styles.leavingBead} style={{ insetInlineStart: `${Math.round(part * 100)}%` }} />
      </span>
      <span>{words("kiosk.leaves", { seconds: Math.ceil(leftMs / 1000) })}</span>
    </div>
  );
}
