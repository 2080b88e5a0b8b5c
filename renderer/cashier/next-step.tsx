import type { PaymentView } from "../../main/contract/snapshot.ts";
import { Banknote, Plus, RefreshCw, ScanBarcode, ScanQrCode, Unplug } from "lucide-react";
import { useNow } from "../shared/clock.tsx";
import { Key } from "../shared/components/key.tsx";
import { MainKey } from "../shared/components/main-key.tsx";
import { formatPaymentNumber } from "../shared/format.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useEntry } from "./entries.ts";
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
  if (payment?.state === "unknown") return <AskAgain payment={payment} />;
  if (outcome !== undefined) {
    return (
      <MainKey
        kind="press"
        icon={ScanBarcode}
        title={words("next.title")}
        second={words("next.second")}
        onPress={() => void act("sale.next", { saleId: outcome.saleId })}
      />
    );
  }
  if (panel?.kind === "weight" || panel?.kind === "cash" || panel?.kind === "quantity") return <EntryStep />;
  if (basket.lines.length === 0) {
    return <MainKey kind="listen" icon={ScanBarcode} title={words("empty.title")} second={words("empty.second")} />;
  }
  return isListening ? <Listen /> : <Pay />;
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

function Listen() {
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
          ? words("listen.second", { amount: formats.money(basket.totalMinor) })
          : words("pay.offline")
      }
      back={<Key label={words("listen.back")} onPress={() => setView({ isListening: false })} />}
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

/** While a number is typed, the next step is to take it. */
function EntryStep() {
  const entry = useEntry();
  if (entry === null) return null;
  const { title, second } = entry.step;
  if (!entry.isReady)
    return <MainKey kind="listen" icon={entry.kind === "cash" ? Banknote : Plus} title={title} second={second} />;
  return (
    <MainKey
      kind="press"
      icon={entry.kind === "cash" ? Banknote : Plus}
      title={title}
      second={second}
      onPress={entry.take}
    />
  );
}
