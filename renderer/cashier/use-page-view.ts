import { useEffect, useRef } from "react";
import type { Basket } from "../../main/contract/snapshot.ts";
import { useSnapshot } from "./till.tsx";
import { setView, useView, type Panel } from "./view.ts";

const entries: ReadonlySet<Panel["kind"]> = new Set(["weight", "quantity", "void", "settings", "help"]);

/** Keeps what is only about looking in step with the sale: a scan closes what is open, a payment ends listening. */
export function usePageView(): void {
  const { basket, outcome, payment } = useSnapshot();
  const lastBasket = useRef<Basket>(basket);
  const { addedCount, saleId } = basket;

  useEffect(() => {
    const { panel } = useView.getState();
    setView({
      selectedLineId: null,
      message: null,
      isListening: false,
      ...(panel !== null && entries.has(panel.kind) && addedCount > 0 ? { panel: null, entry: "" } : {}),
    });
  }, [saleId, addedCount]);

  const isPaying = payment !== undefined && payment.state !== "reversing";
  const outcomeSale = outcome?.saleId;
  useEffect(() => {
    if (isPaying || outcomeSale !== undefined) setView({ isListening: false, panel: null, entry: "" });
  }, [isPaying, outcomeSale]);

  useEffect(() => {
    if (basket.lines.length > 0) lastBasket.current = basket;
  }, [basket]);

  const receiptCode = outcome?.receiptCode;
  useEffect(() => {
    if (outcomeSale === undefined || receiptCode === undefined) {
      setView({ paidBasket: null });
      return;
    }
    const paid = lastBasket.current;
    setView({
      lastSale: { saleId: outcomeSale, receiptCode },
      paidBasket: paid.saleId === outcomeSale ? paid : null,
    });
  }, [outcomeSale, receiptCode]);
}
