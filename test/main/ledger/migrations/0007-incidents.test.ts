import { expect, test } from "vitest";
import { first } from "../../../../main/ledger/migrations/0001-first.ts";
import { wholeShop } from "../../../../main/ledger/migrations/0002-whole-shop.ts";
import { arrivals } from "../../../../main/ledger/migrations/0003-arrivals.ts";
import { signedOut } from "../../../../main/ledger/migrations/0004-signed-out.ts";
import { rowChecksums } from "../../../../main/ledger/migrations/0005-row-checksums.ts";
import { zReports } from "../../../../main/ledger/migrations/0006-z-reports.ts";
import { incidents } from "../../../../main/ledger/migrations/0007-incidents.ts";
import { databaseAt } from "./database-at.ts";

// Older tills told incidents in the journal alone, and nobody but the verifier ever read them.
test("what an older version told of its ledger is in the manager's list after the update, and nothing else is", () => {
  const { database, migrateTo } = databaseAt(first, wholeShop, arrivals, signedOut, rowChecksums, zReports);
  const insert = database.prepare(
    `INSERT INTO journal (seq, ledger, id, type, text, hash, signature, key_id)
     VALUES (?, 'l', ?, ?, ?, zeroblob(32), zeroblob(64), 'k')`,
  );
  const told = { time: "2026-11-20T14:32:09.120+08:00", body: { code: "marks.unreadable", detail: "marks/b" } };
  insert.run(1, "a", "sale.abandoned", JSON.stringify({ time: told.time, body: { reason: "cashier" } }));
  insert.run(2, "b", "incident", JSON.stringify(told));
  insert.run(3, "c", "incident", JSON.stringify({ body: {} }));
  migrateTo(incidents);
  expect(database.prepare("SELECT seq, at, code, detail FROM incidents ORDER BY seq").all()).toEqual([
    { seq: 2, at: told.time, ...told.body },
    { seq: 3, at: "", code: "", detail: "" },
  ]);
});
