import type { PaymentView } from "../../main/contract/snapshot.ts";
import {
  Banknote,
  DoorClosed,
  Plus,
  RefreshCw,
  ScanBarcode,
  ScanQrCode,
  Tag,
  Undo2,
  Unplug,
  type LucideIcon,
} from "lucide-react";
import { useNow } from "../shared/clock.tsx";
import { Key } from "../shared/components/key.tsx";
import { MainKey } from "../shared/components/main-key.tsx";
import { formatPaymentNumber } from "../shared/format.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { AgeStep, needsAge } from "./age-step.tsx";
import { isDoubleTouch, notePress } from "./double-touch.ts";
import type { Entry } from "./entries/entry.ts";
import { numberPads, useEntry } from "./entries/use-entry.ts";
import { isInDoubt } from "./is-in-doubt.ts";
import { RefundStep } from "./refund-step.tsx";
import { useAct, useSessionState, useSnapshot } from "./till.tsx";
import { setView, useView } from "./view.ts";

/** The one next step, always in the same place. */
export function NextStep() {
  const words = useWords();
  const { phase } = useSessionState();
  const { basket, outcome, payment } = useSnapshot();
  const isListening = useView((view) => view.isListening);
  const panel = useView((view) => view.panel);
  const act = useAct();
  if (phase !== "ready") {
    return (
      <MainKey kind="listen" icon={Unplug} title={words("restarting.key")} second={words("restarting.key-second")} />
    );
  }
  if (payment?.state === "asking") {
    return (
      <MainKey
        kind="busy"
        title={words("asking.title")}
        second={words("asking.second", { number: formatPaymentNumber(payment.number) })}
      />
    );
  }
  if (isInDoubt(payment)) return <AskAgain payment={payment} />;
  if (outcome !== undefined) {
    return (
      <MainKey
        kind="press"
        icon={ScanBarcode}
        title={words("next.title")}
        second={words("next.second")}
        onPress={() => {
          if (!isDoubleTouch()) void act("sale.next", { saleId: outcome.saleId });
        }}
      />
    );
  }
  if (panel !== null && numberPads.has(panel.kind)) return <EntryStep />;
  if (panel?.kind === "refund") return <RefundStep panel={panel} />;
  if (basket.lines.length === 0) {
    return <MainKey kind="listen" icon={ScanBarcode} title={words("empty.title")} second={words("empty.second")} />;
  }
  if (needsAge(basket)) return <AgeStep basket={basket} />;
  if (basket.cashPartMinor !== undefined) return <Listen isRest />;
  return isListening ? <Listen isRest={false} /> : <Pay />;
}

function Pay() {
  const words = useWords();
  const formats = useFormats();
  const { basket, sync } = useSnapshot();
  return (
    <MainKey
      kind="press"
      icon={ScanQrCode}
      title={words("pay.title", { amount: formats.money(basket.totalMinor) })}
      second={words(sync.state === "online" ? "pay.second" : "pay.offline")}
      onPress={() => setView({ isListening: true })}
    />
  );
}

/** `isRest`: a part is paid in cash, so there is no way back from waiting for the code of the rest. */
function Listen({ isRest }: { isRest: boolean }) {
  const words = useWords();
  const formats = useFormats();
  const { basket, sync } = useSnapshot();
  return (
    <MainKey
      kind="listen"
      icon={ScanQrCode}
      title={words("listen.title")}
      second={
        sync.state === "online"
          ? words(isRest ? "listen.rest" : "listen.second", { amount: formats.money(basket.dueMinor) })
          : words("pay.offline")
      }
      back={isRest ? undefined : <Key label={words("listen.back")} onPress={() => setView({ isListening: false })} />}
    />
  );
}

function AskAgain({ payment }: { payment: PaymentView }) {
  const words = useWords();
  const act = useAct();
  const now = useNow(250);
  const { paymentId, nextAskAt, undoAt } = payment;
  const secondsTo = (at: string | undefined) =>
    at === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(at) - now) / 1000));
  const seconds = secondsTo(nextAskAt ?? undoAt);
  const soon = nextAskAt === undefined ? "unknown.undo-soon" : "unknown.ask-second";
  return (
    <MainKey
      kind="press"
      icon={RefreshCw}
      title={words("unknown.ask")}
      second={seconds > 0 ? words(soon, { seconds }) : words("unknown.ask-now")}
      onPress={() => void act("payment.ask-again", { paymentId })}
    />
  );
}

const entryIcons = {
  add: Plus,
  cash: Banknote,
  price: Tag,
  refund: Undo2,
  shift: DoorClosed,
} as const satisfies Record<Entry["icon"], LucideIcon>;

/** While a number is typed, the next step is to take it. */
function EntryStep() {
  const entry = useEntry();
  if (entry === null) return null;
  const { title, second } = entry.step;
  const icon = entryIcons[entry.icon];
  if (!entry.isReady) return <MainKey kind="listen" icon={icon} title={title} second={second} />;
  return (
    <MainKey
      kind="press"
      icon={icon}
      title={title}
      second={second}
      onPress={() => {
        if (entry.icon === "cash" || entry.icon === "refund") notePress();
        entry.take();
      }}
    />
  );
}
