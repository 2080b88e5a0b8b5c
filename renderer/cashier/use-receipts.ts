import { useEffect, useState } from "react";
import { TillError } from "../../main/contract/errors.ts";
import type { ReceiptRow } from "../../main/contract/manager.ts";
import { useAsk, useSessionState, useSnapshot, type Act } from "./till.tsx";
import { openPanel, setView } from "./view.ts";

/** Typing is asked about after this pause, so that a fast typist does not ask for each digit. */
const typingPauseMs = 120;

/** The receipts in view, and whether there are older ones. */
type FoundReceipts = { readonly receipts: readonly ReceiptRow[]; readonly more: boolean; readonly isKnown: boolean };

const nothing: FoundReceipts = { receipts: [], more: false, isKnown: false };

/** The newest sales and refunds of this till, or the one that `query` names; older ones on request. */
export function useReceipts(query: string): FoundReceipts & { older(): void } {
  const ask = useAsk();
  const { phase } = useSessionState();
  const { run, staff } = useSnapshot();
  const [found, setFound] = useState<FoundReceipts>(nothing);
  const text = query.trim();
  // A new sale, or a refund, changes the list.
  const newest = staff?.lastSale?.saleId;
  useEffect(() => {
    if (phase !== "ready") return;
    let isWanted = true;
    const read = async () => {
      try {
        const answer = await ask("receipts.list", text === "" ? {} : { query: text });
        if (isWanted) setFound({ ...answer, isKnown: true });
      } catch (error) {
        if (!(error instanceof TillError)) throw error;
        if (isWanted && error.code !== "wire.closed") tell(error);
      }
    };
    const timer = setTimeout(() => void read(), text === "" ? 0 : typingPauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [ask, phase, text, run, newest]);
  return {
    ...found,
    older() {
      const before = found.receipts.at(-1)?.seq;
      if (before === undefined) return;
      void ask("receipts.list", { before }).then(
        ({ receipts, more }) =>
          setFound((shown) => ({ receipts: [...shown.receipts, ...receipts], more, isKnown: true })),
        (error: unknown) => {
          if (!(error instanceof TillError)) throw error;
          tell(error);
        },
      );
    },
  };
}

function tell(error: TillError): void {
  setView({ message: { kind: "fault", fault: { code: error.code, params: { ...error.params } } } });
}

/** Opens a stored sale or refund on the left side. */
export async function openReceipt(act: Act, saleId: string, isReturn: boolean): Promise<void> {
  const opened = await act("receipts.open", { saleId });
  if (opened !== null) openPanel({ kind: "receipt", opened, isReturn });
}
