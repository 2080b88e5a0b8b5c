import { expect, test } from "vitest";
import { workTables } from "../../main/ledger/work/row-checksum.ts";
import { incidentWords } from "../../renderer/manager/ledger/incident-words.ts";
import { english } from "../../renderer/shared/words/en.ts";
import { readSourceFiles } from "../architecture/source-files.ts";

/** Every place in which the till tells an incident, with its code. */
const tellings = [
  /incident\(ids, "([a-z.-]+)"/g,
  /note\(\{ code: "([a-z.-]+)"/g,
  /#tell\("([a-z.-]+)"/g,
  /type: "incident",\s*body: \{ code: "([a-z.-]+)"/g,
];

// A code without words would send a manager to the operator for something that needs nobody.
test("everything that the till tells of its ledger has words of its own on the manager's page", () => {
  const sources = readSourceFiles().filter(({ path }) => path.startsWith("main/"));
  const codes = sources.flatMap(({ text }) => tellings.flatMap((telling) => [...text.matchAll(telling)]));
  const told = [...new Set(codes.map(([, code]) => code ?? ""))].toSorted();
  expect(told).toEqual([
    "chain.broken",
    "disk.flush-failed",
    "disk.full",
    "disk.room",
    "ledger.restored",
    "ledger.succeeded",
    "log.cut",
    "marks.unreadable",
    "row.damaged",
  ]);
  for (const code of told)
    expect([code, incidentWords({ code, detail: "" }).title]).not.toContain("manager.incident-other");
});

test("each table of working state says what the loss of its row costs", () => {
  for (const detail of workTables) {
    expect([detail, incidentWords({ code: "row.damaged", detail }).means]).not.toContain("manager.incident-row-means");
  }
});

test("a code or a table of a newer till still reads as sentences, whatever it is called", () => {
  for (const code of ["clock.unsure", "constructor", "__proto__", ""]) {
    const { title, means, todo } = incidentWords({ code, detail: "" });
    expect([english[title], english[means], english[todo]]).not.toContain(undefined);
    expect(title).toBe("manager.incident-other");
  }
  expect(incidentWords({ code: "row.damaged", detail: "toString" }).means).toBe("manager.incident-row-means");
});
