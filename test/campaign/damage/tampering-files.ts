import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Tampering } from "./tampering.ts";
import { writeFolder } from "./till-files.ts";

/** What is done to whole files. */
export const byFile: readonly Tampering[] = [
  {
    name: "rolled-back file",
    does: ({ folder, history }) =>
      writeFileSync(join(folder, "ledger.db"), history.firstEvening.get("ledger.db") ?? ""),
    shownBy: ["opening ledger.behind-mark", "verify behind-mark"],
  },
  {
    name: "rolled-back folder, marks and all",
    does: ({ folder, history }) => writeFolder(folder, history.firstEvening),
    shownBy: ["receipt receipt.not-found", "platform ledger.fork"],
  },
  {
    name: "rolled-back file, marks deleted",
    does({ folder, history }) {
      writeFileSync(join(folder, "ledger.db"), history.firstEvening.get("ledger.db") ?? "");
      for (const name of ["mark-a", "mark-b"]) rmSync(join(folder, "marks", name), { force: true });
    },
    shownBy: ["receipt receipt.not-found", "platform ledger.fork"],
  },
  {
    name: "file deleted",
    does: ({ folder }) => rmSync(join(folder, "ledger.db")),
    shownBy: ["opening ledger.behind-mark"],
  },
  {
    name: "copied file of another till",
    does: ({ folder, history }) => writeFileSync(join(folder, "ledger.db"), history.otherTill.get("ledger.db") ?? ""),
    shownBy: ["opening ledger.behind-mark"],
  },
  {
    name: "the whole folder of another till",
    does: ({ folder, history }) => writeFolder(folder, history.otherTill),
    shownBy: ["receipt receipt.other-till"],
  },
  {
    name: "swapped marks",
    does({ folder }) {
      const [a, b] = ["mark-a", "mark-b"].map((name) => join(folder, "marks", name)) as [string, string];
      const [ofA, ofB] = [readFileSync(a), readFileSync(b)];
      writeFileSync(a, ofB);
      writeFileSync(b, ofA);
    },
    shownBy: ["legal: the platform has all"],
  },
  {
    name: "the marks of another till",
    does({ folder, history }) {
      for (const name of ["mark-a", "mark-b"])
        writeFileSync(join(folder, "marks", name), history.otherTill.get(join("marks", name)) ?? "");
    },
    shownBy: ["opening ledger.behind-mark"],
  },
  {
    name: "both marks torn",
    does({ folder }) {
      for (const name of ["mark-a", "mark-b"]) writeFileSync(join(folder, "marks", name), "torn");
    },
    shownBy: ["told marks.unreadable"],
  },
];
