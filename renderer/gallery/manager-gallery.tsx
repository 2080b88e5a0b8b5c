import type { ReactNode } from "react";
import { TillError } from "../../main/contract/errors.ts";
import type { MethodName, MethodOutput, TillContract } from "../../main/contract/methods.ts";
import type { Locale, Snapshot } from "../../main/contract/snapshot.ts";
import { setChat, type Draft, type Unsent } from "../manager/chat/drafts.ts";
import { ManagerApp } from "../manager/manager-app.tsx";
import { isSection, setView, viewAtStart, type View } from "../manager/view.ts";
import { ClockProvider } from "../shared/clock.tsx";
import type { Phase, Session, SessionState } from "../shared/session.ts";
import type { WordKey } from "../shared/words/en.ts";
import {
  day,
  emptyReport,
  entryOf,
  firstDay,
  heldRow,
  lateDay,
  managerNow,
  overviews,
  rows,
  safeRow,
  time,
  xReport,
} from "./manager-answers.ts";
import { evenZReport, zReport, zRows } from "./manager-z-reports.ts";
import { careOfNewTill, cares } from "./manager-care.ts";
import { operatorMessages, shopperMessages, threads } from "./manager-chat.ts";
import { snapshots } from "./snapshots.ts";

type Answers = {
  [M in MethodName<TillContract>]?: (
    input: Record<string, unknown>,
  ) => MethodOutput<TillContract, M> | Promise<MethodOutput<TillContract, M>>;
};

type ManagerScreen = {
  view?: Partial<View>;
  snapshot?: Snapshot | null;
  answers?: Answers;
  phase?: Phase;
  drafts?: Readonly<Record<string, Draft>>;
  unsent?: readonly Unsent[];
};

const complete = { state: "complete", entries: 61_208, at: time(managerNow - 126_000), tookMs: 2140 } as const;
const catalog = {
  items: 204,
  changedAt: "2026-11-20T06:00:04.000+08:00",
  checkedAt: time(managerNow - 36_000),
};

const base: Snapshot = {
  ...snapshots.empty,
  staff: { parked: [], ledgerCheck: complete, catalog },
  devices: [
    { id: "printer", kind: "printer", state: "ready", place: "192.168.1.40:9100" },
    { id: "scanner", kind: "scanner", state: "ready", place: "/dev/serial/by-id/usb-Honeywell_1900-if00" },
  ],
  sync: { state: "online", salesWaiting: 0, moneyWaitingMinor: 0, lastContactAt: time(managerNow - 400) },
};

function withStaff(change: Partial<NonNullable<Snapshot["staff"]>>): Snapshot {
  return { ...base, staff: { parked: [], ledgerCheck: complete, catalog, ...change } };
}

const offline: Snapshot = {
  ...base,
  sync: {
    state: "offline",
    salesWaiting: 50,
    moneyWaitingMinor: 284_000,
    offlineSince: "2026-11-20T17:58:00.000+08:00",
    lastContactAt: "2026-11-20T17:57:41.000+08:00",
  },
};

const noPaper: Snapshot["devices"] = [
  {
    id: "printer",
    kind: "printer",
    state: "degraded",
    place: "192.168.1.40:9100",
    fault: { code: "printer.out-of-paper", params: {} },
  },
  { id: "scanner", kind: "scanner", state: "absent", fault: { code: "scanner.unplugged", params: {} } },
];

const quiet: Answers = {
  "report.day": () => day,
  "report.x": () => xReport,
  "report.z-list": () => ({ reports: zRows, more: false }),
  "report.z": () => zReport,
  "sync.overview": () => overviews.all,
  "sync.log": () => ({ rows: rows.all, more: true }),
  "sync.entry": () => entryOf(rows.all[0]!),
  "ledger.care": () => cares.well,
  "chat.threads": () => ({ threads: threads.map((thread) => ({ ...thread, unread: 0 })) }),
  "chat.messages": ({ threadId, after }) => ({
    messages: after === undefined ? (threadId === threads[1]!.threadId ? operatorMessages : shopperMessages) : [],
    more: false,
    readUpTo: 3,
  }),
  "chat.read": () => ({}),
};

const usual: Answers = {
  "sync.overview": () => overviews.usual,
  "sync.log": ({ state }) => ({ rows: state === "needs-you" ? [heldRow] : rows.usual, more: state === undefined }),
  "sync.entry": () => entryOf(heldRow),
  "chat.threads": () => ({ threads }),
};

const away: Answers = {
  "sync.overview": () => overviews.offline,
  "sync.log": () => ({ rows: rows.offline, more: false }),
  "sync.entry": () => entryOf(safeRow),
};

const first: Answers = {
  "report.day": () => firstDay,
  "report.x": () => emptyReport,
  "report.z-list": () => ({ reports: [], more: false }),
  "sync.overview": () => overviews.empty,
  "sync.log": () => ({ rows: [], more: false }),
  "chat.threads": () => ({ threads: [{ threadId: threads[1]!.threadId, with: "operator", unread: 0 }] }),
  "chat.messages": () => ({ messages: [], more: false, readUpTo: 0 }),
};

const held = (code: string): Answers => {
  const other = { ...heldRow, answer: { code, at: heldRow.madeAt, by: "platform" as const } };
  return {
    ...usual,
    "sync.log": () => ({ rows: [other, ...rows.usual.slice(1)], more: true }),
    "sync.entry": () => entryOf(other),
  };
};

const never = () => new Promise<never>(() => {});
const unreachable = () => Promise.reject(new TillError("wire.timeout"));

const todayScreens: Record<string, ManagerScreen> = {
  "manager-today": { answers: usual },
  "manager-today-quiet": {},
  "manager-today-first": { answers: first },
  "manager-today-needs": { answers: away, snapshot: { ...offline, devices: noPaper } },
  "manager-today-disk": {
    snapshot: withStaff({ disk: { state: "full", freeBytes: 2_000_000 }, unseenIncidents: 2 }),
  },
  "manager-today-table": { view: { hoursAsTable: true } },
  "manager-today-late": { answers: { "report.day": () => lateDay } },
  "manager-today-reading": { answers: { "report.day": never, "sync.overview": never } },
  "manager-today-fault": { answers: { "report.day": unreachable } },
  "manager-restarting": { phase: "restarting", answers: usual },
  "manager-left": { phase: "restarting", view: { section: "till", hasLeft: true } },
  "manager-opening": { snapshot: null, phase: "connecting" },
};

const syncScreens: Record<string, ManagerScreen> = {
  "manager-sync": { answers: usual },
  "manager-sync-all": {},
  "manager-sync-booked": { view: { opened: rows.all[0]!.seq } },
  "manager-sync-offline": { answers: away, snapshot: offline },
  "manager-sync-safe": { answers: away, snapshot: offline, view: { opened: safeRow.seq } },
  "manager-sync-paused": {
    answers: away,
    snapshot: { ...offline, sync: { ...offline.sync, state: "paused", fault: { code: "auth.revoked", params: {} } } },
  },
  "manager-sync-many": { answers: { ...usual, "sync.overview": () => overviews.many } },
  "manager-sync-empty": { answers: first },
  "manager-sync-search": { view: { query: "208" } },
  "manager-sync-not-found": { view: { query: "99999" }, answers: { "sync.log": () => ({ rows: [], more: false }) } },
  "manager-sync-unknown-code": { answers: held("customs.unclear") },
  "manager-sync-payment": { answers: held("payment.unmatched") },
  "manager-sync-page": { view: { skip: 100 } },
  "manager-sync-unread": {
    answers: { "sync.entry": () => ({ ...entryOf(rows.all[0]!), lines: [], unread: true }) },
    view: { opened: rows.all[0]!.seq },
  },
};

const closedAnswer: MethodOutput<TillContract, "shift.close"> = {
  shift: xReport.shift,
  number: zReport.number,
  sales: zReport.sales,
  salesMinor: zReport.salesMinor,
  expectedCashMinor: zReport.drawer.expectedMinor,
  differenceMinor: zReport.drawer.differenceMinor,
};

const reportScreens: Record<string, ManagerScreen> = {
  "manager-reports": {},
  "manager-reports-counting": { view: { closing: "counting", counted: "5530.8" } },
  "manager-reports-asking": {
    answers: { "shift.close": () => closedAnswer },
    view: { closing: "asking", countedShift: xReport.shift, counted: "5530.80" },
  },
  "manager-reports-unread": { answers: { "report.x": () => ({ ...xReport, unread: 2 }) } },
  "manager-reports-z": { view: { zReport: "list" } },
  "manager-reports-z-closed": {
    answers: { "report.x": () => emptyReport },
    view: { zReport: zReport.number, isJustClosed: true },
  },
  "manager-reports-z-even": {
    answers: { "report.z": () => ({ ...evenZReport, paper: { print: "printed", copies: 2 } }) },
    view: { zReport: evenZReport.number },
  },
  "manager-reports-z-page": {
    answers: { "report.z-list": () => ({ reports: zRows, more: true }) },
    view: { zReport: "list", zBefore: [63_000] },
  },
  "manager-reports-z-no-paper": {
    answers: {
      "report.z": () => ({
        ...zReport,
        paper: { print: "failed", copies: 1, fault: { code: "printer.out-of-paper", params: {} } },
      }),
    },
    snapshot: { ...base, devices: noPaper },
    view: { zReport: zReport.number },
  },
  "manager-reports-z-differs": {
    answers: { "report.z": () => ({ ...zReport, unread: 1, differs: true }) },
    snapshot: { ...base, devices: [] },
    view: { zReport: zReport.number },
  },
  "manager-reports-z-unread": {
    answers: {
      "report.z-list": () => ({ reports: zRows.map(({ figures: _figures, ...row }) => row), more: false }),
      "report.z": () => Promise.reject(new TillError("entry.unread", { seq: 61_000 })),
    },
    view: { zReport: zReport.number },
  },
  "manager-reports-z-reading": { answers: { "report.z-list": never }, view: { zReport: "list" } },
  "manager-reports-z-none": { answers: first, view: { zReport: "list" } },
  "manager-reports-empty": { answers: first },
};

const ledgerScreens: Record<string, ManagerScreen> = {
  "manager-ledger": {},
  "manager-ledger-running": {
    snapshot: withStaff({
      ledgerCheck: { state: "running", done: 38_400, entries: 61_208, startedAt: time(managerNow - 2000) },
    }),
  },
  "manager-ledger-broken": {
    snapshot: withStaff({
      ledgerCheck: {
        state: "broken",
        entries: 61_208,
        at: time(managerNow - 60_000),
        seq: 40_217,
        reason: "previous-hash",
      },
    }),
  },
  "manager-ledger-stopped": {
    snapshot: withStaff({
      ledgerCheck: { state: "stopped", at: time(managerNow - 60_000), fault: { code: "ledger.disk-full", params: {} } },
    }),
  },
  "manager-ledger-unchecked": {
    snapshot: { ...base, staff: { parked: [], catalog } },
    answers: { ...first, "ledger.care": () => careOfNewTill },
  },
  "manager-ledger-happened": {
    snapshot: withStaff({ unseenIncidents: 2 }),
    answers: { "ledger.care": () => cares.happened },
  },
  "manager-ledger-seen": { answers: { "ledger.care": () => cares.seen } },
  "manager-ledger-every": {
    snapshot: withStaff({ unseenIncidents: cares.every.unseen }),
    answers: { "ledger.care": () => cares.every },
  },
  "manager-ledger-low": {
    snapshot: withStaff({ disk: { state: "low", freeBytes: cares.low.disk.freeBytes } }),
    answers: { "ledger.care": () => cares.low },
  },
  "manager-ledger-full": {
    snapshot: withStaff({ disk: { state: "full", freeBytes: cares.full.disk.freeBytes }, unseenIncidents: 1 }),
    answers: { "ledger.care": () => cares.full },
  },
  "manager-ledger-following": { answers: { "ledger.care": () => cares.following } },
  "manager-ledger-reading": { answers: { "ledger.care": never } },
};

const otherScreens: Record<string, ManagerScreen> = {
  "manager-devices": {},
  "manager-devices-needs": { snapshot: { ...base, devices: noPaper } },
  "manager-devices-none": { snapshot: { ...base, devices: [] } },
  "manager-catalogue": {},
  "manager-catalogue-old": {
    snapshot: {
      ...withStaff({ catalog: { ...catalog, checkedAt: "2026-11-17T18:02:00.000+08:00" } }),
      sync: { ...offline.sync, lastContactAt: "2026-11-17T18:02:00.000+08:00" },
    },
  },
  "manager-catalogue-none": { snapshot: { ...withStaff({ catalog: { items: 0 } }), categories: [] } },
  "manager-chat": { answers: usual, view: { thread: threads[0]!.threadId } },
  "manager-chat-list": { answers: usual },
  "manager-chat-empty": { answers: first, view: { thread: "operator" } },
  "manager-chat-operator": {
    view: { thread: "operator" },
    drafts: {
      operator: { text: "The total of this receipt is right here. What does the platform add up?", about: "2-20765" },
    },
    unsent: [
      {
        threadId: threads[1]!.threadId,
        message: { messageId: threads[0]!.threadId, text: "Can you look at till 2, please?", about: "2-20765" },
        at: managerNow - 20_000,
        isSending: false,
        fault: { code: "platform.not-reached", params: {} },
      },
    ],
  },
  "manager-till": {},
  "manager-till-blocked": { answers: away, snapshot: offline },
  "manager-till-sign-out": { view: { question: "sign-out" } },
  "manager-till-reset": { view: { question: "reset" } },
};

const screens: Readonly<Record<string, ManagerScreen>> = {
  ...todayScreens,
  ...syncScreens,
  ...reportScreens,
  ...ledgerScreens,
  ...otherScreens,
};

/** The names of the manager's screens. */
export const managerScreenNames: readonly string[] = Object.keys(screens);

const clock = () => managerNow;

/** A line to a till that stands still and answers the manager's questions. */
function managerSession(snapshot: Snapshot | null, phase: Phase, answers: Answers): Session<TillContract> {
  const state: SessionState<Snapshot> = { phase, snapshot, fault: null };
  // A page whose line is down has read everything before that.
  let told = phase === "restarting" ? { ...state, phase: "ready" as Phase } : state;
  const listeners = new Set<() => void>();
  if (phase === "restarting") {
    requestAnimationFrame(() => {
      told = state;
      for (const listener of listeners) listener();
    });
  }
  return {
    state: () => told,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async call(method, input) {
      const answer = answers[method];
      if (answer === undefined) throw new TillError("session.busy");
      return answer(input);
    },
    close: () => {},
  };
}

/** One state of the manager's page, with fixed data and a clock that stands still. */
export function openManagerScreen(
  name: string,
  locale: Locale,
  words: Readonly<Record<WordKey, string>> | undefined,
): ReactNode {
  const screen = screens[name] ?? {};
  const section = name.split("-")[1] ?? null;
  setView({ ...viewAtStart, ...(isSection(section) ? { section } : {}), ...screen.view });
  setChat({ drafts: screen.drafts ?? {}, unsent: screen.unsent ?? [] });
  const snapshot = screen.snapshot === undefined ? base : screen.snapshot;
  const told = snapshot === null ? null : { ...snapshot, locale };
  const session = managerSession(told, screen.phase ?? "ready", { ...quiet, ...screen.answers });
  return (
    <ClockProvider clock={clock}>
      <ManagerApp session={session} words={words} />
    </ClockProvider>
  );
}
