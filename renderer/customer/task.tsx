import {
  Banknote,
  Hourglass,
  RotateCcw,
  ScanQrCode,
  Smartphone,
  TriangleAlert,
  Wallet,
  type LucideIcon,
} from "lucide-react";
import type { Snapshot } from "../../main/contract/snapshot.ts";
import { declineCodes } from "../../sync/protocol/api.ts";
import { classNames } from "../shared/class-names.ts";
import { formatPaymentNumber } from "../shared/format.ts";
import type { Phase } from "../shared/session.ts";
import { useTillSessionState, useTillSnapshot } from "../shared/till-session.tsx";
import type { WordKey } from "../shared/words/en.ts";
import { useWords } from "../shared/words/intl.tsx";
import styles from "./task.module.css";
import { Twice } from "./twice.tsx";

type TaskView = { icon: LucideIcon; title: WordKey; second: WordKey; tone: "wait" | "attention"; number?: string };

const declines: ReadonlySet<string> = new Set(declineCodes);

/** The one thing that the shopper can do now. Why a wallet did not pay is between it and its owner. */
function taskOf({ payment, notice, undoing, sync }: Snapshot, phase: Phase): TaskView {
  if (phase !== "ready") {
    return { icon: Hourglass, title: "customer.moment", second: "customer.moment-second", tone: "wait" };
  }
  if (payment?.state === "asking") {
    const { number } = payment;
    return { icon: Wallet, title: "customer.asking", second: "customer.asking-second", tone: "wait", number };
  }
  if (payment?.state === "waiting") {
    const { number } = payment;
    const words = { title: "customer.waiting", second: "customer.waiting-second" } as const;
    return { icon: Smartphone, ...words, tone: "wait", number };
  }
  if (payment !== undefined) {
    const { number } = payment;
    const words = { title: "customer.unknown", second: "customer.unknown-second" } as const;
    return { icon: TriangleAlert, ...words, tone: "attention", number };
  }
  if (notice !== undefined && declines.has(notice.fault.code)) {
    const words = { title: "customer.not-paid", second: "customer.not-paid-second" } as const;
    return { icon: TriangleAlert, ...words, tone: "attention" };
  }
  if (undoing !== undefined) {
    return { icon: RotateCcw, title: "customer.undoing", second: "customer.undoing-second", tone: "wait" };
  }
  if (sync.state !== "online") {
    return { icon: Banknote, title: "customer.do-cash", second: "customer.do-cash-second", tone: "wait" };
  }
  return { icon: ScanQrCode, title: "customer.do-pay", second: "customer.do-pay-second", tone: "wait" };
}

/** What to do now, in both languages, with the payment number where one is open. */
export function Task() {
  const words = useWords();
  const { phase } = useTillSessionState();
  const task = taskOf(useTillSnapshot(), phase);
  const Icon = task.icon;
  return (
    <div className={classNames(styles.task, styles[task.tone])} role="status">
      <Icon className={styles.icon} strokeWidth={1.6} aria-hidden />
      <div className={styles.words}>
        <p className={styles.title}>
          <Twice text={task.title} />
        </p>
        <p className={styles.second}>
          <Twice text={task.second} />
        </p>
      </div>
      {task.number !== undefined && (
        <p className={styles.number}>
          {words("customer.number")} <strong className={styles.digits}>{formatPaymentNumber(task.number)}</strong>
        </p>
      )}
    </div>
  );
}
