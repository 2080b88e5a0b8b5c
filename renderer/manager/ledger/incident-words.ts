import type { LedgerCareView } from "../../../main/contract/manager.ts";
import type { WordKey } from "../../shared/words/en.ts";

/** Something that happened to the ledger. */
export type Incident = LedgerCareView["incidents"][number];

/** What it is, what it means and what to do. */
export type IncidentWords = { readonly title: WordKey; readonly means: WordKey; readonly todo: WordKey };

const wordsOfCode: Readonly<Record<string, IncidentWords>> = {
  "marks.unreadable": {
    title: "manager.incident-marks",
    means: "manager.incident-marks-means",
    todo: "manager.incident-marks-todo",
  },
  "disk.flush-failed": {
    title: "manager.incident-flush",
    means: "manager.incident-flush-means",
    todo: "manager.incident-flush-todo",
  },
  "ledger.restored": {
    title: "manager.incident-restored",
    means: "manager.incident-restored-means",
    todo: "manager.incident-restored-todo",
  },
  "ledger.succeeded": {
    title: "manager.incident-succeeded",
    means: "manager.incident-succeeded-means",
    todo: "manager.incident-succeeded-todo",
  },
  "row.damaged": {
    title: "manager.incident-row",
    means: "manager.incident-row-means",
    todo: "manager.incident-row-todo",
  },
  "disk.full": {
    title: "manager.incident-full",
    means: "manager.incident-full-means",
    todo: "manager.incident-full-todo",
  },
  "disk.room": {
    title: "manager.incident-room",
    means: "manager.incident-room-means",
    todo: "manager.incident-room-todo",
  },
  "log.cut": {
    title: "manager.incident-log",
    means: "manager.incident-log-means",
    todo: "manager.incident-log-todo",
  },
  "chain.broken": {
    title: "manager.incident-chain",
    means: "manager.incident-chain-means",
    todo: "manager.incident-chain-todo",
  },
};

const other: IncidentWords = {
  title: "manager.incident-other",
  means: "manager.incident-other-means",
  todo: "manager.incident-other-todo",
};

/** What the loss of a row costs, by the table that it stood in. */
const lossOfTable: Readonly<Record<string, WordKey>> = {
  open_basket: "manager.incident-row-basket",
  parked_sales: "manager.incident-row-parked",
  print_jobs: "manager.incident-row-print",
  private_values: "manager.incident-row-private",
  settings: "manager.incident-row-settings",
  platform_marks: "manager.incident-row-sync",
  platform_answers: "manager.incident-row-sync",
  push_failures: "manager.incident-row-sync",
  arrivals: "manager.incident-row-sync",
  outages: "manager.incident-row-sync",
};

/** The words of an incident. A code of another version has words as well: whom to tell. */
export function incidentWords({ code, detail }: Pick<Incident, "code" | "detail">): IncidentWords {
  const words = Object.hasOwn(wordsOfCode, code) ? (wordsOfCode[code] ?? other) : other;
  const loss = code === "row.damaged" && Object.hasOwn(lossOfTable, detail) ? lossOfTable[detail] : undefined;
  return loss === undefined ? words : { ...words, means: loss };
}
