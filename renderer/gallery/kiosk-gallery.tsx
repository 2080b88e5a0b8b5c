import { useEffect } from "react";
import type { Fault } from "../../main/contract/errors.ts";
import type { Locale, Outcome, Snapshot } from "../../main/contract/snapshot.ts";
import { KioskApp } from "../kiosk/kiosk-app.tsx";
import { usePatienceState } from "../kiosk/use-patience.ts";
import { plainAccess, setView, viewAtStart, type View } from "../kiosk/view.ts";
import type { Phase } from "../shared/session.ts";
import type { WordKey } from "../shared/words/en.ts";
import { fixedSession } from "./fixed-session.ts";
import { tiles } from "./goods.ts";
import { kioskSnapshot, shopperBaskets, shopperOutcome, shopperPayment } from "./kiosk-snapshots.ts";
import { galleryNow, inLocale } from "./snapshots.ts";

type Screen = { snapshot: Snapshot | null; phase?: Phase; view?: Partial<View>; isAsked?: true };

const scanning = kioskSnapshot;
const plain: Snapshot = { ...scanning, basket: shopperBaskets.plain };
const begun = { ...scanning, basket: shopperBaskets.empty };
const noticeAt = "2026-11-20T14:31:20.000+08:00";
const calledMs = galleryNow - 20_000;

function withNotice(snapshot: Snapshot, tone: "unknown-item" | "blocked", code: Fault["code"]): Snapshot {
  return { ...snapshot, notice: { id: 1, tone, fault: { code, params: {} }, at: noticeAt } };
}

function paid(change: Partial<Outcome> = {}): Snapshot {
  return { ...begun, outcome: { ...shopperOutcome, ...change } };
}

const screens: Readonly<Record<string, Screen>> = {
  "kiosk-start": { snapshot: begun },
  "kiosk-begun": { snapshot: begun, view: { hasBegun: true } },
  "kiosk-scanning": { snapshot: scanning },
  "kiosk-plain": { snapshot: plain },
  "kiosk-chosen": { snapshot: plain, view: { selectedLineId: plain.basket.lines[1]!.lineId } },
  "kiosk-deposit": { snapshot: { ...scanning, basket: shopperBaskets.deposit } },
  "kiosk-long": { snapshot: { ...scanning, basket: shopperBaskets.long } },
  "kiosk-low": { snapshot: plain, view: { access: { ...plainAccess, isLow: true } } },
  "kiosk-large": { snapshot: scanning, view: { access: { ...plainAccess, isLarge: true } } },
  "kiosk-high-contrast": { snapshot: scanning, view: { access: { ...plainAccess, isHighContrast: true } } },
  "kiosk-help": { snapshot: scanning, view: { helpCalledMs: calledMs } },
  "kiosk-unknown-code": { snapshot: withNotice(plain, "unknown-item", "scan.unknown-code") },
  "kiosk-unreadable": { snapshot: withNotice(plain, "unknown-item", "scan.unreadable") },
  "kiosk-early-wallet": { snapshot: withNotice(begun, "blocked", "wallet.no-sale"), view: { hasBegun: true } },
  "kiosk-refused": { snapshot: plain, view: { fault: { code: "session.busy", params: {} } } },
  "kiosk-goods": { snapshot: plain, view: { panel: { kind: "goods", category: null } } },
  "kiosk-search": { snapshot: plain, view: { panel: { kind: "goods", category: null }, query: "ba" } },
  "kiosk-bags": { snapshot: plain, view: { panel: { kind: "goods", category: "bags" } } },
  "kiosk-weight": { snapshot: plain, view: { panel: { kind: "weight", tile: tiles[1]! }, entry: "0.842" } },
  "kiosk-weight-empty": { snapshot: plain, view: { panel: { kind: "weight", tile: tiles[1]! } } },
  "kiosk-quantity": {
    snapshot: plain,
    view: { panel: { kind: "quantity", lineId: "", name: "Jasmine tea 500 ml" }, entry: "12" },
  },
  "kiosk-start-over": { snapshot: scanning, view: { panel: { kind: "start-over" } } },
  "kiosk-access": { snapshot: scanning, view: { panel: { kind: "access" } } },
  "kiosk-check": { snapshot: scanning, view: { wantsToPay: true } },
  "kiosk-check-called": { snapshot: scanning, view: { wantsToPay: true, helpCalledMs: calledMs } },
  "kiosk-pin": { snapshot: scanning, view: { wantsToPay: true, panel: { kind: "pin" }, entry: "12" } },
  "kiosk-pin-wrong": {
    snapshot: scanning,
    view: { wantsToPay: true, panel: { kind: "pin" }, fault: { code: "staff.pin-wrong", params: {} } },
  },
  "kiosk-pin-wait": {
    snapshot: scanning,
    view: {
      wantsToPay: true,
      panel: { kind: "pin" },
      pinWaitUntilMs: galleryNow + 30_000,
      fault: { code: "staff.pin-wait", params: { seconds: 30 } },
    },
  },
  "kiosk-pay": { snapshot: { ...scanning, basket: shopperBaskets.checked }, view: { wantsToPay: true } },
  "kiosk-pay-offline": {
    snapshot: {
      ...plain,
      sync: { ...plain.sync, state: "offline", offlineSince: "2026-11-20T13:05:00.000+08:00" },
    },
    view: { wantsToPay: true },
  },
  "kiosk-declined": { snapshot: withNotice(plain, "blocked", "wallet.insufficient"), view: { wantsToPay: true } },
  "kiosk-undoing": { snapshot: { ...plain, undoing: 1 }, view: { wantsToPay: true } },
  "kiosk-other-ways": { snapshot: plain, view: { wantsToPay: true, panel: { kind: "other-ways" } } },
  "kiosk-waiting": {
    snapshot: {
      ...plain,
      payment: { ...shopperPayment, rail: "alipay", state: "waiting", undoAt: "2026-11-20T14:32:07.000+08:00" },
    },
  },
  "kiosk-asking": { snapshot: { ...plain, payment: shopperPayment } },
  "kiosk-unknown": {
    snapshot: {
      ...plain,
      payment: {
        ...shopperPayment,
        state: "unknown",
        nextAskAt: "2026-11-20T14:31:28.000+08:00",
        undoAt: "2026-11-20T14:31:52.000+08:00",
      },
    },
  },
  "kiosk-paid": { snapshot: paid() },
  "kiosk-printing": { snapshot: paid({ print: "printing" }) },
  "kiosk-printed": { snapshot: paid({ print: "printed" }) },
  "kiosk-no-paper": {
    snapshot: paid({ print: "failed", printFault: { code: "printer.out-of-paper", params: {} } }),
  },
  "kiosk-more-time": { snapshot: plain, isAsked: true },
  "kiosk-restarting": { snapshot: plain, phase: "restarting" },
  "kiosk-opening": { snapshot: null, phase: "connecting" },
  "kiosk-closed": { snapshot: null, phase: "refused" },
};

/** The kiosk's screens in the gallery. */
export const kioskScreenNames = Object.keys(screens);

/** Sets what the page shows beside the till's snapshot, once it has opened and tidied its own view. Gives the way to stop. */
function showView({ view = {}, isAsked }: Screen): () => void {
  setView(viewAtStart);
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      setView(view);
      if (isAsked !== true) return;
      frame = requestAnimationFrame(() =>
        usePatienceState.setState({
          patience: { occasion: "shopping", sinceMs: galleryNow - 66_000, askedMs: galleryNow - 6_000 },
        }),
      );
    });
  });
  return () => cancelAnimationFrame(frame);
}

/** Draws a screen of the kiosk. */
export function KioskGallery(props: {
  name: string;
  locale: Locale;
  words: Readonly<Record<WordKey, string>> | undefined;
}) {
  const screen = screens[props.name];
  useEffect(() => (screen === undefined ? undefined : showView(screen)), [screen]);
  if (screen === undefined) return null;
  const { snapshot, phase = "ready" } = screen;
  return (
    <KioskApp
      session={fixedSession(snapshot === null ? null : inLocale(snapshot, props.locale), phase)}
      words={props.words}
    />
  );
}
