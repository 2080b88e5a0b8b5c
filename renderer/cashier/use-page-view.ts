import { useEffect, useRef } from "react";
import type { Basket } from "../../main/contract/snapshot.ts";
import { useAct, useSnapshot } from "./till.tsx";
import { openReceipt } from "./use-receipts.ts";
import { closePanel, openPanel, setView, useView, type Panel } from "./view.ts";

/** What stays open when goods are added: money that is being counted is not swept away by a scan. */
const staying: ReadonlySet<Panel["kind"]> = new Set<Panel["kind"]>(["cash", "count"]);

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
      ...(panel !== null && !staying.has(panel.kind) && addedCount > 0 ? { panel: null, entry: "" } : {}),
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
  // The same goes for a price that has to be typed.
  const code = notice?.fault.code;
  const isPad = code === "basket.weight-needed" || code === "basket.price-needed";
  const wantedId = isPad ? notice?.fault.params["item"] : undefined;
  useEffect(() => {
    if (typeof wantedId !== "string" || noticeId === undefined || useView.getState().panel !== null) return;
    const openPad = async () => {
      const found = await act("catalog.tile", { itemId: wantedId });
      if (found?.tile === undefined) return;
      openPanel({ kind: code === "basket.price-needed" ? "open-price" : "weight", tile: found.tile });
      await act("notice.dismiss", { noticeId });
    };
    void openPad();
  }, [wantedId, noticeId, code, act]);

  // A receipt was scanned: its sale opens, and the notice has said what it had to.
  const scannedSale = notice?.open?.saleId;
  useEffect(() => {
    if (scannedSale === undefined || noticeId === undefined) return;
    void openReceipt(act, scannedSale, true).then(() => act("notice.dismiss", { noticeId }));
  }, [scannedSale, noticeId, act]);

  // Somebody tried to take the money before the age was looked at: nothing lies over the question.
  useEffect(() => {
    if (code === "basket.age-unchecked") closePanel();
  }, [code, noticeId]);

  // A line that left the basket takes its panel with it.
  useEffect(() => {
    const { panel } = useView.getState();
    const lineId = panel !== null && "lineId" in panel ? panel.lineId : null;
    if (lineId !== null && !basket.lines.some((line) => line.lineId === lineId)) closePanel();
  }, [basket]);

  useEffect(() => {
    if (basket.lines.length > 0) lastBasket.current = basket;
  }, [basket]);

  useEffect(() => {
    const paid = lastBasket.current;
    setView({ paidBasket: outcomeSale !== undefined && paid.saleId === outcomeSale ? paid : null });
  }, [outcomeSale]);
}
