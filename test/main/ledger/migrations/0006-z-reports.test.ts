import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../../../main/ledger/database.ts";
import { migrate } from "../../../../main/ledger/migrations/index.ts";
import { first } from "../../../../main/ledger/migrations/0001-first.ts";
import { createShiftReads } from "../../../../main/ledger/shift-reads.ts";
import { createTillReads } from "../../../../main/ledger/till-reads.ts";
import { temporaryFolder } from "../support.ts";

// The office files its reports by number: those of before the update must have one, and the next one follows them.
test("shifts that an older version closed get the numbers of their reports in the order in which they were closed", () => {
  const file = join(temporaryFolder(), "ledger.db");
  const database = openDatabase(file);
  onTestFinished(() => void database.close());
  migrate(database, file, [first]);
  const insert = database.prepare("INSERT INTO shifts VALUES (?, 'main', ?, 'opened', NULL, 100, 'CNY', ?, 'closed')");
  // Their ids are in no order.
  insert.run("m", 3, 10);
  insert.run("a", 11, 20);
  insert.run("z", 21, 30);
  insert.run("b", 31, null);
  migrate(database, file);
  const reads = createShiftReads(database);
  const closed = reads.closedShifts(10);
  expect(closed.map(({ shift, zNumber, closedSeq }) => [shift, zNumber, closedSeq])).toEqual([
    ["z", 3, 30],
    ["a", 2, 20],
    ["m", 1, 10],
  ]);
  expect(reads.closedShiftByNumber(2)).toMatchObject({ shift: "a", floatMinor: 100 });
  expect(reads.closedShift("b")).toBeUndefined();
  expect(createTillReads(database).openShift()).toMatchObject({ shift: "b" });
});

test("the open shift and the newest reports are found by their index, after ten years as on the first day", () => {
  const file = join(temporaryFolder(), "ledger.db");
  const database = openDatabase(file);
  onTestFinished(() => void database.close());
  migrate(database, file);
  const planOf = (query: string) =>
    database
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`)
      .all()
      .map(({ detail }) => detail)
      .join("\n");
  const open = "SELECT * FROM shifts WHERE closed_seq IS NULL ORDER BY opened_seq DESC LIMIT 1";
  const newest = "SELECT * FROM shifts WHERE closed_seq < 9 ORDER BY closed_seq DESC LIMIT 50";
  const numbered = "SELECT * FROM shifts WHERE z_number = 1 ORDER BY closed_seq DESC LIMIT 1";
  for (const query of [open, newest, numbered]) expect(planOf(query)).toMatch(/SEARCH shifts USING INDEX/);
});
