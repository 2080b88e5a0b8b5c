import { useEffect } from "react";
import { TillError, type Fault } from "../../main/contract/errors.ts";
import type { RecoveryContract, RecoveryView } from "../../main/contract/recovery.ts";
import type { Locale } from "../../main/contract/snapshot.ts";
import { RecoveryApp } from "../recovery/recovery-app.tsx";
import { setView, viewAtStart, type View } from "../recovery/view.ts";
import type { Phase, Session } from "../shared/session.ts";
import type { WordKey } from "../shared/words/en.ts";
import { galleryNow } from "./snapshots.ts";

type Screen = { stand: RecoveryView | null; phase?: Phase; view?: Partial<View> };

const behind: Fault = { code: "ledger.behind-mark", params: { missing: 3, entries: 7, receipt: "2-20701" } };

const waiting: RecoveryView = {
  run: "gallery",
  version: 1,
  audience: "staff",
  state: "waiting",
  locale: "en",
  tillNumber: 2,
  store: { en: "Lantern Lane Grocery", "zh-CN": "灯笼巷杂货店" },
  zone: "Asia/Shanghai",
  fault: behind,
  lastError: behind,
  nextTryAt: "2026-11-20T14:31:32.000+08:00",
  taken: 0,
  canApprove: true,
};

const { lastError: _lastError, nextTryAt: _nextTryAt, ...trying } = waiting;
const working: RecoveryView = { ...trying, state: "working" };
const { fault: _fault, ...shopper } = trying;
const kiosk: RecoveryView = { ...shopper, audience: "kiosk", state: "waiting", tillNumber: 3 };
const customer: RecoveryView = { ...shopper, audience: "customer", state: "waiting" };

function because(code: Fault["code"], params: Fault["params"] = {}): RecoveryView {
  return { ...waiting, fault: { code, params }, lastError: { code, params } };
}

const wrong: Partial<View> = { isApproving: true, fault: { code: "staff.pin-wrong", params: {} } };
const mustWait: Partial<View> = {
  isApproving: true,
  waitUntilMs: galleryNow + 28_000,
  fault: { code: "staff.pin-wait", params: { seconds: 30 } },
};

const screens: Readonly<Record<string, Screen>> = {
  "recovery-waiting": { stand: waiting },
  "recovery-one": { stand: because("ledger.behind-mark", { missing: 1, entries: 2, receipt: "2-20701" }) },
  "recovery-many": {
    stand: {
      ...because("ledger.behind-mark", { missing: 12_345, entries: 40_000, receipt: "2-32046" }),
      taken: 61_208,
    },
  },
  "recovery-platform": { stand: because("ledger.behind-mark", { missing: 4, entries: 9, receipt: "" }) },
  "recovery-end": { stand: because("ledger.behind-mark", { missing: 0, entries: 2, receipt: "2-20701" }) },
  "recovery-gone": { stand: because("ledger.behind-mark", { missing: 0, entries: 0, receipt: "" }) },
  "recovery-damaged": { stand: because("ledger.damaged", { detail: "row 41 missing from index" }) },
  "recovery-key": { stand: because("ledger.key-missing") },
  "recovery-nobody": { stand: { ...waiting, canApprove: false } },
  "recovery-refused": { stand: { ...waiting, lastError: { code: "ledger.not-recoverable", params: {} } } },
  "recovery-asking": { stand: working },
  "recovery-reading": { stand: { ...working, taken: 1200 } },
  "recovery-restored": { stand: { ...working, state: "done", taken: 1216, recovered: "restored" } },
  "recovery-succeeded": { stand: { ...working, state: "done", recovered: "succeeded" } },
  "recovery-pin": { stand: waiting, view: { isApproving: true, pin: "25" } },
  "recovery-pin-whole": { stand: waiting, view: { isApproving: true, pin: "258013" } },
  "recovery-pin-wrong": { stand: waiting, view: wrong },
  "recovery-pin-wait": { stand: waiting, view: mustWait },
  "recovery-pin-busy": { stand: working, view: { isApproving: true, isBusy: true } },
  "recovery-restarting": { stand: waiting, phase: "restarting" },
  "recovery-opening": { stand: null, phase: "connecting" },
  "recovery-kiosk": { stand: kiosk },
  "recovery-kiosk-nobody": { stand: { ...kiosk, canApprove: false } },
  "recovery-kiosk-done": { stand: { ...kiosk, state: "done" } },
  "recovery-kiosk-pin": { stand: kiosk, view: { isApproving: true, pin: "25" } },
  "recovery-kiosk-pin-whole": { stand: kiosk, view: { isApproving: true, pin: "2580" } },
  "recovery-kiosk-pin-wrong": { stand: kiosk, view: wrong },
  "recovery-kiosk-pin-wait": { stand: kiosk, view: mustWait },
  "recovery-customer": { stand: customer },
  "recovery-customer-done": { stand: { ...customer, state: "done" } },
};

/** The screens of a till that waits for its ledger in the gallery. */
export const recoveryScreenNames = Object.keys(screens);

/** A line to a till that stands still and refuses every PIN. */
function fixedSession(stand: RecoveryView | null, phase: Phase): Session<RecoveryContract> {
  const state = { phase, snapshot: stand, fault: null };
  return {
    state: () => state,
    subscribe: () => () => {},
    call: (method) =>
      method === "recovery.approve" ? Promise.reject(new TillError("staff.pin-wrong")) : Promise.resolve({} as never),
    close: () => {},
  };
}

/** Draws a screen of a till that waits for its ledger. */
export function RecoveryGallery(props: {
  name: string;
  locale: Locale;
  words: Readonly<Record<WordKey, string>> | undefined;
}) {
  const screen = screens[props.name];
  useEffect(() => setView({ ...viewAtStart, ...screen?.view }), [screen]);
  if (screen === undefined) return null;
  const { stand, phase = "ready" } = screen;
  const session = fixedSession(stand === null ? null : { ...stand, locale: props.locale }, phase);
  return <RecoveryApp session={session} words={props.words} />;
}
