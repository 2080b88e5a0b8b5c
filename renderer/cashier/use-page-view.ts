import { useEffect, useRef } from "react";
import type { Basket } from "../../main/contract/snapshot.ts";
import { useAct, useSnapshot } from "./till.tsx";
import { openPanel, setView, useView, type Panel } from "./view.ts";

const entries: ReadonlySet<Panel["kind"]> = new Set(["weight", "quantity", "void", "settings", "help"]);

/** Keeps what is only about looking in step with the sale: a scan closes what is open, a payment ends listening. */
export function usePageView(): void {
  const { basket, outcome, payment, notice, undoing = 0 } = useSnapshot();
  const act = useAct();
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

  // What was said about the basket is over once the basket is another one; what came with the change stays.
  const contents = basket.lines.map((line) => `${line.lineId} ${line.quantity ?? line.weightGrams}`).join();
  const noticeId = notice?.id;
  const told = useRef({ contents, noticeId });
  useEffect(() => {
    const last = told.current;
    told.current = { contents, noticeId };
    if (last.contents === contents) return;
    setView({ message: null });
    if (noticeId !== undefined && noticeId === last.noticeId) void act("notice.dismiss", { noticeId });
  }, [contents, noticeId, act]);

  const isPaying = payment !== undefined;
  const outcomeSale = outcome?.saleId;
  useEffect(() => {
    if (isPaying || outcomeSale !== undefined) setView({ isListening: false, panel: null, entry: "" });
  }, [isPaying, outcomeSale]);

  // A notice that was put away comes back when one more payment is being undone, not when one of them is over.
  useEffect(() => {
    if (undoing < useView.getState().readUndoing) setView({ readUndoing: undoing });
  }, [undoing]);

  // Goods that are sold by weight were scanned: the till asks for the weight, and the pad for it opens by itself.
  const weighedId = notice?.fault.code === "basket.weight-needed" ? notice.fault.params["item"] : undefined;
  useEffect(() => {
    if (typeof weighedId !== "string" || noticeId === undefined || useView.getState().panel !== null) return;
    const openPad = async () => {
      const found = await act("catalog.tile", { itemId: weighedId });
      if (found?.tile === undefined) return;
      openPanel({ kind: "weight", tile: found.tile });
      await act("notice.dismiss", { noticeId });
    };
    void openPad();
  }, [weighedId, noticeId, act]);

  useEffect(() => {
    if (basket.lines.length > 0) lastBasket.current = basket;
  }, [basket]);

  useEffect(() => {
    const paid = lastBasket.current;
    setView({ paidBasket: outcomeSale !== undefined && paid.saleId === outcomeSale ? paid : null });
  }, [outcomeSale]);
}
