import { useEffect } from "react";
import { TillError } from "../../main/contract/errors.ts";
import type { RefundQuote, RefundWanted } from "../../main/contract/refunds.ts";
import type { Outcome } from "../../main/contract/snapshot.ts";
import { minorDigits } from "../../sync/protocol/money.ts";
import { unitsOf } from "../shared/number-entry.ts";
import { showFault, useAsk, useSnapshot, type Act } from "./till.tsx";
import { openPanel, setView, useView, type OpenedReceipt, type OpenRefund, type Panel, type View } from "./view.ts";

type RefundPanel = Extract<Panel, { kind: "refund" | "refund-amount" }>;

/** Opens what can come back of a stored sale, with what is left of it. Its id is made here, once, whatever is chosen then. */
export async function openRefund(act: Act, opened: OpenedReceipt): Promise<void> {
  const quote = await act("refund.quote", { saleId: opened.receipt.saleId, of: { kind: "all" } });
  if (quote === null) return;
  const refund: OpenRefund = {
    opened,
    refundId: crypto.randomUUID(),
    left: quote.left,
    chosen: {},
    reason: null,
    note: "",
  };
  openPanel({ kind: "refund", refund });
}

/** What of a line is left to come back: pieces, or grams. */
export function leftOfLine(refund: OpenRefund, lineId: string): number {
  const line = refund.left.lines.find((each) => each.lineId === lineId);
  return line?.quantity ?? line?.weightGrams ?? 0;
}

/** Everything that is left. */
export function chooseAll(refund: OpenRefund): OpenRefund["chosen"] {
  return Object.fromEntries(refund.left.lines.map(({ lineId }) => [lineId, leftOfLine(refund, lineId)]));
}

/** Whether everything that is left was chosen. */
export function isEverything(refund: OpenRefund): boolean {
  return refund.left.lines.every(({ lineId }) => (refund.chosen[lineId] ?? 0) === leftOfLine(refund, lineId));
}

/** What is asked back by what was chosen or typed; null where that is nothing, or more than there is. */
function wantedOf(panel: RefundPanel, typedMinor: number): RefundWanted | null {
  const { refund } = panel;
  if (panel.kind === "refund-amount") {
    const isWithin = typedMinor > 0 && typedMinor <= refund.left.mostAmountMinor;
    return isWithin ? { kind: "amount", amountMinor: typedMinor } : null;
  }
  const lines = refund.left.lines.flatMap(({ lineId, weightGrams }) => {
    const units = refund.chosen[lineId] ?? 0;
    if (units === 0) return [];
    return [{ lineId, ...(weightGrams === undefined ? { quantity: units } : { weightGrams: units }) }];
  });
  if (lines.length === 0) return null;
  return isEverything(refund) ? { kind: "all" } : { kind: "lines", lines };
}

function keyOf(panel: RefundPanel, wanted: RefundWanted): string {
  return JSON.stringify([panel.refund.refundId, wanted]);
}

/** What the open refund asks for, and what the till says that it pays out: null until it has said so of this very choice. */
export function useRefund(): { wanted: RefundWanted | null; quote: RefundQuote | null } {
  const panel = useView((view) => view.panel);
  const typed = useView((view) => view.entry);
  const quoted = useView((view) => view.quoted);
  const { till } = useSnapshot();
  return refundOf({ panel, entry: typed, quoted }, minorDigits(till.currency));
}

/** The same of a view. */
export function refundOf(
  { panel, entry, quoted }: Pick<View, "panel" | "entry" | "quoted">,
  decimals: number,
): { wanted: RefundWanted | null; quote: RefundQuote | null } {
  if (panel?.kind !== "refund" && panel?.kind !== "refund-amount") return { wanted: null, quote: null };
  const wanted = wantedOf(panel, unitsOf(entry, decimals));
  if (wanted === null || quoted?.key !== keyOf(panel, wanted)) return { wanted, quote: null };
  return { wanted, quote: quoted.quote };
}

/** Asks the till about each choice: it alone says what goes back, and where to. */
export function useRefundQuotes(): void {
  const ask = useAsk();
  const panel = useView((view) => view.panel);
  const { wanted } = useRefund();
  const isRefund = panel?.kind === "refund" || panel?.kind === "refund-amount";
  const key = isRefund && wanted !== null ? keyOf(panel, wanted) : null;
  const saleId = isRefund ? panel.refund.opened.receipt.saleId : null;
  const asked = JSON.stringify(wanted);
  useEffect(() => {
    if (key === null || saleId === null) return undefined;
    let isMeant = true;
    const of = JSON.parse(asked) as RefundWanted;
    ask("refund.quote", { saleId, of }).then(
      (quote) => isMeant && setView({ quoted: { key, quote } }),
      (error: unknown) => {
        if (!(error instanceof TillError)) throw error;
        if (isMeant && error.code !== "wire.closed") showFault({ code: error.code, params: { ...error.params } });
      },
    );
    return () => {
      isMeant = false;
    };
  }, [ask, key, saleId, asked]);
}

/** The end of the sale as it will be once this is given back: what goes to the wallet and out of the drawer. */
export function refundPreview({ outcome }: OpenedReceipt, quote: RefundQuote | null): Outcome {
  const { totalMinor = 0, walletMinor = 0, paidOutMinor = 0, roundingMinor = 0 } = quote ?? {};
  const cashMinor = totalMinor - walletMinor;
  let tender: Outcome["tender"] = outcome.tender;
  if (quote !== null) tender = walletMinor === 0 ? "cash" : cashMinor === 0 ? "wallet" : "mixed";
  return {
    ...outcome,
    kind: "refund",
    totalMinor,
    tender,
    walletMinor,
    cashMinor,
    changeMinor: paidOutMinor,
    roundingMinor,
  };
}
