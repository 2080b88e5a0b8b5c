import { Banknote } from "lucide-react";
import type { Outcome } from "../../main/contract/snapshot.ts";
import { MainKey } from "../shared/components/main-key.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { notePress } from "./double-touch.ts";
import { useAct } from "./till.tsx";
import { closePanel, type OpenedReceipt, type Panel } from "./view.ts";

/**
 * What goes out of the drawer for a whole sale, in minor units: the sale's basket says what cash comes to for what was due
 * after the part in cash, which coins could pay exactly.
 */
function payOutMinor({ basket }: OpenedReceipt): number {
  return basket.cash.dueMinor + (basket.cashPartMinor ?? 0);
}

/** The end of the sale as it will be once it is given back: what goes out in cash, and the rounding that makes it so. */
export function refundPreview(opened: OpenedReceipt): Outcome {
  const { totalMinor } = opened.outcome;
  const changeMinor = payOutMinor(opened);
  return { ...opened.outcome, kind: "refund", changeMinor, roundingMinor: changeMinor - totalMinor };
}

/** Asks with the amount, once there is a reason, and pays the whole sale out. The till pays a sale out once only. */
export function RefundStep({ panel }: { panel: Extract<Panel, { kind: "refund" }> }) {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const { opened, reason, note } = panel;
  const amount = formats.money(payOutMinor(opened));
  if (reason === null) {
    return (
      <MainKey
        kind="listen"
        icon={Banknote}
        title={words("refund.choose")}
        second={words("refund.choose-second", { amount })}
      />
    );
  }
  return (
    <MainKey
      kind="press"
      icon={Banknote}
      title={words("refund.pay-out", { amount })}
      second={words("refund.pay-out-second")}
      onPress={() => {
        notePress();
        const { saleId } = opened.receipt;
        void act("refund.cash", { saleId, reason, ...(note.trim() === "" ? {} : { note }) }).then((done) => {
          if (done !== null) closePanel();
        });
      }}
    />
  );
}
