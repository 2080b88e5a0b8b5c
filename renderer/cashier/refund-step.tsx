import { Undo2 } from "lucide-react";
import type { RefundQuote, RefundWanted } from "../../main/contract/refunds.ts";
import type { RefundReason } from "../../sync/protocol/entry-types.ts";
import { MainKey } from "../shared/components/main-key.tsx";
import { useFormats, useWords, type Formats, type Words } from "../shared/words/intl.tsx";
import { notePress } from "./double-touch.ts";
import { useRefund } from "./refund-choice.ts";
import { useAct, type Act } from "./till.tsx";
import { closeAfter, type OpenRefund, type Panel } from "./view.ts";

/** Gives back what was chosen. The refund has its id already, so that asking again pays nothing twice. */
export async function settleRefund(
  act: Act,
  { opened, refundId, note }: OpenRefund,
  of: RefundWanted,
  reason: RefundReason,
): Promise<void> {
  const { saleId } = opened.receipt;
  await closeAfter(act("refund.settle", { refundId, saleId, of, reason, ...(note.trim() === "" ? {} : { note }) }));
}

/** Where the money goes, for the second line of the main key. */
export function whereTo({ walletMinor, paidOutMinor }: RefundQuote, words: Words, formats: Formats): string {
  if (walletMinor === 0) return words("refund.to-cash");
  if (paidOutMinor === 0) return words("refund.to-wallet");
  return words("refund.to-both", { wallet: formats.money(walletMinor), cash: formats.money(paidOutMinor) });
}

/** Says what is still to be chosen, then asks with the amount and gives it back. */
export function RefundStep({ panel }: { panel: Extract<Panel, { kind: "refund" }> }) {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const { wanted, quote } = useRefund();
  const { reason } = panel.refund;
  if (wanted === null) {
    return (
      <MainKey
        kind="listen"
        icon={Undo2}
        title={words("refund.choose-goods")}
        second={words("refund.choose-goods-second")}
      />
    );
  }
  if (quote === null || reason === null) {
    const second =
      quote === null
        ? words("refund.counting")
        : words("refund.choose-second", { amount: formats.money(quote.totalMinor) });
    return <MainKey kind="listen" icon={Undo2} title={words("refund.choose")} second={second} />;
  }
  return (
    <MainKey
      kind="press"
      icon={Undo2}
      title={words("refund.give-back", { amount: formats.money(quote.totalMinor) })}
      second={whereTo(quote, words, formats)}
      onPress={() => {
        notePress();
        void settleRefund(act, panel.refund, wanted, reason);
      }}
    />
  );
}
