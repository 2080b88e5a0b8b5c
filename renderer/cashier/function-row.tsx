import { CirclePause, CirclePlay, Ellipsis, ReceiptText, Tag, Undo2 } from "lucide-react";
import type { KeyboardEvent } from "react";
import { Key } from "../shared/components/key.tsx";
import { useWords } from "../shared/words/intl.tsx";
import { useAct, useSnapshot } from "./till.tsx";
import { openPanel, setView } from "./view.ts";

/** The keys below the goods. A key whose time has not come says why when it is touched; the arrow keys walk along them. */
export function FunctionRow({ className }: { className?: string | undefined }) {
  const words = useWords();
  const { basket, payment } = useSnapshot();
  const paying = payment === undefined ? undefined : words("function.void-paying");
  const explain = (text: string) => setView({ message: { kind: "reason", text } });
  return (
    <div className={className} role="group" aria-label={words("function.row")} onKeyDownCapture={walk}>
      {basket.lines.length === 0 ? <ParkedKey /> : <ParkKey paying={paying} />}
      <Key
        isStacked
        icon={Tag}
        label={words("function.discount")}
        shortcut="discount"
        reason={basket.lines.length === 0 ? words("function.void-empty") : paying}
        onReason={explain}
        onPress={() => openPanel({ kind: "discount", lineId: null, unit: "percent" })}
      />
      <Key
        isStacked
        icon={Undo2}
        label={words("function.return")}
        shortcut="return"
        reason={paying}
        onReason={explain}
        onPress={() => openPanel({ kind: "receipts", isReturn: true })}
      />
      <Key
        isStacked
        icon={ReceiptText}
        label={words("function.receipts")}
        shortcut="receipts"
        onPress={() => openPanel({ kind: "receipts", isReturn: false })}
      />
      <Key
        isStacked
        icon={Ellipsis}
        label={words("function.more")}
        shortcut="more-sheet"
        onPress={() => openPanel({ kind: "more" })}
      />
    </div>
  );
}

function walk(event: KeyboardEvent): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step === undefined) return;
  const keys = [...event.currentTarget.querySelectorAll("button")];
  const next = keys[keys.findIndex((key) => key === document.activeElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** Sets the sale aside in one touch. */
function ParkKey({ paying }: { paying: string | undefined }) {
  const words = useWords();
  const act = useAct();
  const { basket } = useSnapshot();
  return (
    <Key
      key="park"
      isStacked
      icon={CirclePause}
      label={words("function.park")}
      shortcut="park"
      reason={paying}
      onReason={(text) => setView({ message: { kind: "reason", text } })}
      onPress={() => void act("sale.park", { saleId: basket.saleId })}
    />
  );
}

/** With nothing in the basket the same key leads to the sales that were set aside. */
function ParkedKey() {
  const words = useWords();
  const { staff } = useSnapshot();
  const count = staff?.parked.length ?? 0;
  return (
    <Key
      key="parked"
      isStacked
      icon={CirclePlay}
      label={count === 0 ? words("function.parked-empty") : words("function.parked", { count })}
      shortcut="park"
      reason={count === 0 ? words("function.parked-none") : undefined}
      onReason={() => setView({ message: { kind: "reason", text: words("parked.none") } })}
      onPress={() => openPanel({ kind: "parked" })}
    />
  );
}
