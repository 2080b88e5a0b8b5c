import type { Timers } from "../contract/wire.ts";
import type { ZReport } from "../contract/z-report.ts";
import type { ManagerHandlers } from "../handlers/parts.ts";
import type { LedgerCare } from "./ledger-care.ts";
import type { LedgerChecks } from "./ledger-checks.ts";
import type { Leaving } from "./leaving.ts";
import type { ManagerRequests } from "./manager-requests.ts";
import { readOverview, type OverviewParts } from "./overview.ts";
import { forAWhile } from "./patience.ts";
import type { Reports } from "./reports.ts";
import { readSyncEntry, readSyncLog, stateOf } from "./sync-log.ts";
import type { ZReports } from "./z-reports.ts";

/** The parts that answer the manager's page. */
export type ManagerParts = {
  log: OverviewParts;
  reports: Reports;
  zReports: ZReports;
  /** Brings a Z report to paper. @throws TillError `printer.not-set-up`. */
  printZ(report: ZReport): void;
  requests: ManagerRequests;
  timers: Timers;
  checks: LedgerChecks;
  care: LedgerCare;
  leaving: Leaving;
};

/** What the manager's page asks, answered by these parts. */
export function managerHandlers(parts: ManagerParts): ManagerHandlers {
  const { log, reports, zReports, requests, timers, checks, care, leaving } = parts;
  return {
    "report.x": async () => {
      await reports.catchUp();
      return reports.x();
    },
    "report.day": () => reports.day(),
    "report.z-list": ({ before }) => zReports.list(before),
    "report.z": ({ number }) => zReports.read(number),
    "report.print-z": async ({ number }) => {
      parts.printZ(await zReports.read(number));
      return {};
    },
    "sync.overview": () => readOverview(log),
    "sync.log": (find) => readSyncLog(log, find),
    "sync.entry": ({ seq }) => readSyncEntry(log, seq),
    "sync.send-again": async ({ seq }) => {
      if (stateOf(log, seq) === "needs-you") await requests.judgeAgain(seq);
      // The state is what the mark and the answers say once they are here, never what a single request came to.
      if (stateOf(log, seq) !== "settled") await forAWhile(timers, log.worker.wholeRound());
      return { state: stateOf(log, seq) };
    },
    "sync.try-now": () => {
      log.worker.tryNow();
      return {};
    },
    "ledger.check": () => {
      checks.start();
      return {};
    },
    "ledger.care": () => care.view(),
    "ledger.incidents-seen": ({ upToSeq }) => {
      care.seen(upToSeq);
      return {};
    },
    "ledger.backup": ({ file }) => care.backup(file),
    "chat.threads": async () => ({ threads: await requests.threads() }),
    "chat.messages": ({ threadId, after }) => requests.messages(threadId, after),
    "chat.send": async ({ threadId, message }) => {
      await requests.send(threadId, message);
      return {};
    },
    "chat.read": async ({ threadId, upTo }) => {
      await requests.read(threadId, upTo);
      return {};
    },
    "till.sign-out": async () => {
      await leaving.signOut();
      return {};
    },
    "till.reset": async () => {
      await leaving.reset();
      return {};
    },
  };
}
