import { useEffect, useRef } from "react";
import type { Snapshot } from "../../main/contract/snapshot.ts";
import { useTillSnapshot } from "../shared/till-session.tsx";
import { isAboutPaying } from "./shopper-words.ts";
import { useAct, useQuietAct } from "./use-act.ts";
import { homeLocale } from "./use-leave.ts";
import { forgetShopper, openPanel, setView, useView, type Panel } from "./view.ts";

/** A scan closes these; the question whether to start over and the access keys as well, because scanning answers it. */
const panelsOfItems: ReadonlySet<Panel["kind"]> = new Set([
  "goods",
  "weight",
  "quantity",
  "pin",
  "start-over",
  "access",
  "other-ways",
]);

/** Whether another shopper stands here than before: the receipt has gone, or a basket with goods has. */
function isAnotherShopper(before: Snapshot, after: Snapshot): boolean {
  if (before.outcome !== undefined) return after.outcome?.saleId !== before.outcome.saleId;
  return after.outcome === undefined && before.basket.saleId !== after.basket.saleId && before.basket.lines.length > 0;
}

/** Forgets a shopper when the till has gone on to the next one, whoever made it do so. */
function useForgetting(snapshot: Snapshot): void {
  const quietly = useQuietAct();
  const last = useRef(snapshot);
  useEffect(() => {
    const before = last.current;
    last.current = snapshot;
    if (!isAnotherShopper(before, snapshot)) return;
    const { leftSaleId } = useView.getState();
    // The page has left this sale already; who has begun since then keeps what they chose.
    if (before.outcome !== undefined && leftSaleId === before.outcome.saleId) return;
    forgetShopper(null);
    if (snapshot.locale !== homeLocale()) void quietly("settings.set-locale", { locale: homeLocale() });
  }, [snapshot, quietly]);
}

/** Keeps what is only about looking in step with the sale. */
export function useKioskView(): void {
  const snapshot = useTillSnapshot();
  const { basket, outcome, payment, notice } = snapshot;
  const act = useAct();
  const quietly = useQuietAct();
  useForgetting(snapshot);

  // What is scanned is shown: it ends what is open, also the step of paying.
  const { addedCount, saleId } = basket;
  const lastAdded = useRef({ addedCount, saleId });
  useEffect(() => {
    const last = lastAdded.current;
    lastAdded.current = { addedCount, saleId };
    const isAdded = addedCount > (last.saleId === saleId ? last.addedCount : 0);
    if (!isAdded) return;
    const { panel } = useView.getState();
    const isClosing = panel !== null && panelsOfItems.has(panel.kind);
    setView({
      hasBegun: true,
      wantsToPay: false,
      selectedLineId: null,
      fault: null,
      reason: null,
      ...(isClosing ? { panel: null, entry: "", query: "" } : {}),
    });
  }, [addedCount, saleId]);

  const isPaying = payment !== undefined;
  const isOver = outcome !== undefined;
  useEffect(() => {
    if (isPaying) setView({ wantsToPay: true, panel: null, entry: "", fault: null, reason: null });
  }, [isPaying]);
  useEffect(() => {
    if (isOver) setView({ panel: null, entry: "", fault: null, reason: null });
  }, [isOver]);

  const noticeId = notice?.id;
  const contents = basket.lines.map((line) => `${line.lineId} ${line.quantity ?? line.weightGrams}`).join();
  const told = useRef({ contents, noticeId });
  useEffect(() => {
    const last = told.current;
    told.current = { contents, noticeId };
    // What was said about the items is over once they are others; what came with the change stays.
    if (last.contents !== contents && noticeId !== undefined && noticeId === last.noticeId) {
      void quietly("notice.dismiss", { noticeId });
    }
  }, [contents, noticeId, quietly]);

  // A code that the till could not take begins as well: its words stand where the first item will lie.
  const lastNotice = useRef(noticeId);
  const fault = notice?.fault;
  useEffect(() => {
    if (noticeId === undefined || noticeId === lastNotice.current) return;
    lastNotice.current = noticeId;
    const isForPaying = fault !== undefined && (isAboutPaying(fault) || fault.code === "basket.age-unchecked");
    setView({ hasBegun: true, fault: null, reason: null, ...(isForPaying ? { wantsToPay: true, panel: null } : {}) });
  }, [noticeId, fault]);

  // Once a person has looked, nothing more is to be said of it.
  const isChecked = basket.age?.checked !== undefined;
  const isAboutAge = fault?.code === "basket.age-unchecked";
  useEffect(() => {
    if (isChecked && isAboutAge && noticeId !== undefined) void quietly("notice.dismiss", { noticeId });
  }, [isChecked, isAboutAge, noticeId, quietly]);

  // Goods that are sold by weight were scanned: the pad for the weight opens by itself.
  const weighedId = fault?.code === "basket.weight-needed" ? fault.params["item"] : undefined;
  useEffect(() => {
    if (typeof weighedId !== "string" || noticeId === undefined) return;
    const openPad = async () => {
      const found = await act("catalog.tile", { itemId: weighedId });
      if (found?.tile === undefined) return;
      openPanel({ kind: "weight", tile: found.tile });
      await quietly("notice.dismiss", { noticeId });
    };
    void openPad();
  }, [weighedId, noticeId, act, quietly]);
}
