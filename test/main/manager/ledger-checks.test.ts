import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { ledgerCheckSchema, type LedgerCheck } from "../../../main/contract/snapshot.ts";
import { LedgerChecks, type LedgerCheckParts } from "../../../main/manager/ledger-checks.ts";
import { temporaryFolder } from "../ledger/support.ts";
import { incident, openDesk, type Desk } from "./support.ts";

/** The checks of a desk, with all that its pages are shown. */
function openChecks(desk: Desk, changes: Partial<LedgerCheckParts> = {}) {
  const shown: LedgerCheck[] = [];
  const failures: unknown[] = [];
  const checks: LedgerChecks = new LedgerChecks({
    ...desk.parts,
    changed: () => void shown.push(ledgerCheckSchema.parse(checks.current)),
    failed: (error) => void failures.push(error),
    ...changes,
  });
  return { checks, shown, failures };
}

function copiesLeft(desk: Desk): string[] {
  const folder = join(desk.parts.folder, "copies");
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** A ledger of many entries, so that there is progress to tell. */
function fill(desk: Desk, count: number): void {
  desk.ledger.append(Array.from({ length: count }, () => incident(desk.newId)));
}

test("a check tells how far it is, and that all entries hold, while selling goes on; its copy is gone", async () => {
  const desk = openDesk();
  fill(desk, 6_000);
  desk.sell();
  const { checks, shown } = openChecks(desk);
  const entries = desk.ledger.head().seq;
  checks.start();
  expect(shown).toMatchObject([{ state: "running", done: 0, entries }]);
  // Sold while the copy is made and read: a mark beyond the copy would look like sales that are missing.
  const selling = setInterval(() => desk.sell(), 5);
  await checks.ended();
  clearInterval(selling);
  expect(desk.ledger.head().seq).toBeGreaterThan(entries);
  const result = checks.current;
  expect(result?.state).toBe("complete");
  expect(result?.state === "complete" ? result.entries : 0).toBeGreaterThanOrEqual(entries);
  expect(shown.filter(({ state }) => state === "running").length).toBeGreaterThan(1);
  expect(copiesLeft(desk)).toEqual([]);
}, 60_000);

test("a second touch while it runs begins no second check", async () => {
  const desk = openDesk();
  const { checks, shown } = openChecks(desk);
  checks.start();
  checks.start();
  await checks.ended();
  expect(shown.map(({ state }) => state)).toEqual(["running", "complete"]);
});

test("working state that nobody has read for long is checked as well, and what is damaged is told with the next sale", async () => {
  const folder = temporaryFolder();
  const before = openDesk(folder);
  before.ledger.write(() => {
    for (let count = 0; count < 600; count += 1) before.ledger.settings.save(`a ${1000 + count}`, "x");
  });
  before.ledger.close();
  const database = new Database(join(folder, "ledger.db"));
  database.exec("UPDATE settings SET value = 'y' WHERE key = 'a 1000'");
  database.close();
  const desk = openDesk(folder);
  const { checks } = openChecks(desk);
  checks.start();
  await checks.ended();
  expect(checks.current?.state).toBe("complete");
  const { seq } = desk.ledger.head();
  desk.sell();
  expect(JSON.parse(desk.ledger.entry(seq + 1)?.text ?? "")).toMatchObject({ body: { code: "row.damaged" } });
});

test("an entry whose signature somebody has changed is named with the reason, and the result is there after a restart", async () => {
  const folder = temporaryFolder();
  const before = openDesk(folder);
  const seq = before.sell(1130);
  before.sell();
  before.ledger.close();
  const database = new Database(join(folder, "ledger.db"));
  const named = database.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'journal_refuses_update'");
  const trigger = named.pluck().get() ?? "";
  database.exec("DROP TRIGGER journal_refuses_update");
  database.prepare("UPDATE journal SET signature = zeroblob(64) WHERE seq = ?").run(seq);
  database.exec(trigger);
  database.close();
  const desk = openDesk(folder);
  const { checks } = openChecks(desk);
  checks.start();
  await checks.ended();
  const broken = { state: "broken", seq, reason: "signature", entries: seq - 1 };
  expect(checks.current).toMatchObject(broken);
  expect(copiesLeft(desk)).toEqual([]);
  expect(openChecks(desk).checks.current).toMatchObject(broken);
});

// The manager reads which list it is, and that no money is lost.
test("a list that says something else than the ledger is named with the reason, its table and the whole ledger", async () => {
  const folder = temporaryFolder();
  const before = openDesk(folder);
  const seq = before.sell(1130);
  before.ledger.close();
  const database = new Database(join(folder, "ledger.db"));
  database.prepare("UPDATE sales SET total_minor = 1131 WHERE seq = ?").run(seq);
  database.close();
  const desk = openDesk(folder);
  const { checks } = openChecks(desk);
  checks.start();
  await checks.ended();
  const entries = desk.ledger.head().seq;
  const broken = { state: "broken", seq, reason: "projection-differs", params: { table: "sales" }, entries };
  expect(checks.current).toMatchObject(broken);
  expect(openChecks(desk).checks.current).toMatchObject(broken);
});

test("a check whose thread dies is stopped with a fault, told to the log, and can be begun again", async () => {
  const desk = openDesk();
  const dying = openChecks(desk, { workerFile: new URL("./dying-worker.ts", import.meta.url) });
  dying.checks.start();
  await dying.checks.ended();
  expect(dying.checks.current).toMatchObject({ state: "stopped", fault: { code: "internal" } });
  expect(dying.failures).toHaveLength(1);
  expect(copiesLeft(desk)).toEqual([]);
  const { checks } = openChecks(desk);
  expect(checks.current).toMatchObject({ state: "stopped" });
  checks.start();
  await checks.ended();
  expect(checks.current).toMatchObject({ state: "complete" });
});

test("a folder that takes no copy stops the check with a fault, and the ledger goes on", async () => {
  const desk = openDesk();
  writeFileSync(join(desk.parts.folder, "copies"), "");
  const { checks } = openChecks(desk);
  checks.start();
  await checks.ended();
  expect(checks.current?.state).toBe("stopped");
  desk.sell();
});

// A shop that closes must not wait for a check of years, and the next opening must not find its copy.
test("a till that is closed stops its check, and what the one before came to stays", async () => {
  const desk = openDesk();
  fill(desk, 6_000);
  const first = openChecks(desk);
  first.checks.start();
  await first.checks.ended();
  const { checks, failures } = openChecks(desk);
  checks.start();
  await new Promise((resolve) => setImmediate(resolve));
  await checks.close();
  expect(failures).toEqual([]);
  expect(copiesLeft(desk)).toEqual([]);
  expect(openChecks(desk).checks.current).toEqual(first.checks.current);
  checks.start();
  expect(copiesLeft(desk)).toEqual([]);
}, 60_000);
