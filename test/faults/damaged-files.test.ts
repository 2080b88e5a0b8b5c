import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openTestLedger, temporaryFolder } from "../main/ledger/support.ts";
import { damagedCopy, type DeadTill, keptLogs, killedTill, nextStart, sell } from "./dead-till.ts";
import { seededChance } from "./random.ts";

/** SQLite's file format, section 4.1: a header, then frames of a header and a page each. */
const logHeaderBytes = 32;
const frameHeaderBytes = 24;

/** The log's page size, from its header. */
const pageBytesOf = (log: Buffer): number => log.readUInt32BE(8);

/** One till with everything in its log, one with its last sales there. */
const killedTills = (): DeadTill[] => [killedTill("first-start"), killedTill("clean-start")];

function startWithLog(till: DeadTill, log: Buffer): { outcome: string; kept: Buffer[] } {
  const folder = damagedCopy(till, (copy) => writeFileSync(join(copy, "ledger.db-wal"), log));
  try {
    return { outcome: nextStart(folder, till), kept: keptLogs(folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function flipped(log: Buffer, at: number, bit: number): Buffer {
  const copy = Buffer.from(log);
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
}

/** The outcomes that occurred, each with the first place where it did. */
function outcomes(places: readonly number[], outcomeAt: (place: number) => string): Map<string, number> {
  const found = new Map<string, number>();
  for (const place of places) {
    const outcome = outcomeAt(place);
    if (!found.has(outcome)) found.set(outcome, place);
  }
  return found;
}

describe("the log of a till that was killed", () => {
  test("is what its last sales stand in, and with it whole the next start has them", () => {
    for (const till of killedTills()) {
      expect(startWithLog(till, till.log)).toEqual({ outcome: "whole", kept: [] });
    }
  });

  test("is missed when it is gone, so that no till begins again where it stood a day ago", () => {
    for (const till of killedTills()) {
      const folder = damagedCopy(till, (copy) => rmSync(join(copy, "ledger.db-wal")));
      expect(nextStart(folder, till)).toBe("ledger.behind-mark");
    }
  });

  test(
    "cut off after any of its frames, or anywhere in one, is told and never taken for the whole",
    { timeout: 120_000 },
    () => {
      const chance = seededChance(20_261_120);
      for (const till of killedTills()) {
        const { log } = till;
        const frameBytes = frameHeaderBytes + pageBytesOf(log);
        const frames = (log.length - logHeaderBytes) / frameBytes;
        expect(Number.isInteger(frames)).toBe(true);
        // Every frame of a short log, and some forty of a long one.
        const step = Math.ceil(frames / 45);
        const boundaries = Array.from(
          { length: Math.ceil(frames / step) },
          (_, index) => logHeaderBytes + index * step * frameBytes,
        );
        const anywhere = Array.from({ length: 25 }, () => chance.below(log.length));
        const found = outcomes(
          [...boundaries, ...anywhere],
          (place) => startWithLog(till, log.subarray(0, place)).outcome,
        );
        expect([...found.keys()]).toEqual(["ledger.behind-mark"]);
      }
    },
  );

  test(
    "with one bit flipped in its header, in the head of a frame or in a page is told, and kept as it was found",
    { timeout: 120_000 },
    () => {
      const chance = seededChance(20_261_121);
      for (const till of killedTills()) {
        const { log } = till;
        const pageBytes = pageBytesOf(log);
        const frames = (log.length - logHeaderBytes) / (frameHeaderBytes + pageBytes);
        const frameAt = (frame: number) => logHeaderBytes + frame * (frameHeaderBytes + pageBytes);
        const anyFrame = () => frameAt(chance.below(frames));
        const header = Array.from({ length: logHeaderBytes }, (_, place) => place);
        const heads = [0, 1, frames - 1].flatMap((frame) =>
          Array.from({ length: frameHeaderBytes / 2 }, (_, index) => frameAt(frame) + index * 2),
        );
        const pages = Array.from({ length: 30 }, () => anyFrame() + frameHeaderBytes + chance.below(pageBytes));
        const found = outcomes([...header, ...heads, ...pages], (place) => {
          const damaged = flipped(log, place, chance.below(8));
          const { outcome, kept } = startWithLog(till, damaged);
          return `${outcome}, ${kept.length === 1 && kept[0]?.equals(damaged) === true ? "kept" : "lost"}`;
        });
        expect([...found.keys()]).toEqual(["ledger.behind-mark, kept"]);
      }
    },
  );

  // One bit cost every sale after it. All of them are still in the file, and somebody who mends it has them again.
  test("can be mended and put back after it was refused, because the refused start has not used it up", () => {
    for (const till of killedTills()) {
      const folder = damagedCopy(till, (copy) => writeFileSync(join(copy, "ledger.db-wal"), flipped(till.log, 60, 3)));
      expect(nextStart(folder, till)).toBe("ledger.behind-mark");
      const [kept] = keptLogs(folder);
      writeFileSync(join(folder, "ledger.db-wal"), flipped(kept ?? Buffer.alloc(0), 60, 3));
      expect(nextStart(folder, till)).toBe("whole");
      expect(readdirSync(folder).filter((name) => name.includes("found"))).toEqual([]);
    }
  });

  // SQLite gives no error: a cleaner that removes "temporary" files takes every sale since the last checkpoint.
  test("removed under a till that sells on is told at the next start, with how many sales are gone", () => {
    const live = join(temporaryFolder(), "till");
    const ledger = openTestLedger(live);
    sell(ledger, 2, 1);
    rmSync(join(live, "ledger.db-wal"));
    const stored = new Map(sell(ledger, 3, 2));
    const folder = join(temporaryFolder(), "till");
    cpSync(live, folder, { recursive: true });
    ledger.close();
    expect(nextStart(folder, { folder, stored, log: Buffer.alloc(0) })).toBe("ledger.behind-mark");
  });
});

describe("the database of a till that was killed", () => {
  test("is missed when it is gone or empty, with its log and without", () => {
    for (const till of killedTills()) {
      for (const also of ["ledger.db-wal", "nothing"]) {
        const gone = damagedCopy(till, (copy) => {
          rmSync(join(copy, "ledger.db"));
          rmSync(join(copy, also), { force: true });
        });
        expect(nextStart(gone, till)).toMatch(/^ledger\.(behind-mark|damaged)$/);
        const empty = damagedCopy(till, (copy) => {
          writeFileSync(join(copy, "ledger.db"), "");
          rmSync(join(copy, also), { force: true });
        });
        expect(nextStart(empty, till)).toMatch(/^ledger\.(behind-mark|damaged)$/);
      }
    }
  });

  test("cut off anywhere is told, unless its log holds all that was cut off", () => {
    const till = killedTill("clean-start");
    const database = readFileSync(join(till.folder, "ledger.db"));
    const pageBytes = pageBytesOf(till.log);
    const chance = seededChance(20_261_122);
    const boundaries = Array.from({ length: database.length / pageBytes }, (_, page) => page * pageBytes);
    const anywhere = Array.from({ length: 20 }, () => chance.below(database.length));
    const found = outcomes([...boundaries, ...anywhere], (length) => {
      const folder = damagedCopy(till, (copy) => writeFileSync(join(copy, "ledger.db"), database.subarray(0, length)));
      return nextStart(folder, till);
    });
    expect([...found.keys()].filter((outcome) => !/^(whole|ledger\.(damaged|behind-mark))$/.test(outcome))).toEqual([]);
    expect(found.has("ledger.damaged")).toBe(true);
  });
});

describe("the marks of a till that was killed", () => {
  const slots = ["mark-a", "mark-b"].map((name) => join("marks", name));

  test("cost nothing when both are gone: the till opens, sells, and has new ones", () => {
    for (const till of killedTills()) {
      const folder = damagedCopy(till, (copy) => rmSync(join(copy, "marks"), { recursive: true }));
      expect(nextStart(folder, till)).toBe("whole");
      const ledger = openTestLedger(folder);
      sell(ledger, 1, 3);
      expect(slots.some((slot) => readFileSync(join(folder, slot), "utf8").includes(ledger.head().hash))).toBe(true);
    }
  });

  test("of another till's ledger are told, because the ledger beside them may be the wrong one", () => {
    const [till, other] = killedTills();
    if (till === undefined || other === undefined) expect.fail();
    const folder = damagedCopy(till, (copy) =>
      cpSync(join(other.folder, "marks"), join(copy, "marks"), { recursive: true }),
    );
    expect(nextStart(folder, till)).toMatch(/^ledger\.(behind-mark|damaged)$/);
  });

  test("with a bit flipped anywhere, in one of them or in both, never keep a whole ledger shut", () => {
    const chance = seededChance(20_261_123);
    const till = killedTill("clean-start");
    for (let count = 0; count < 40; count += 1) {
      const folder = damagedCopy(till, (copy) => {
        for (const slot of slots.slice(chance.below(2))) {
          const content = readFileSync(join(copy, slot));
          if (content.length > 0)
            writeFileSync(join(copy, slot), flipped(content, chance.below(content.length), chance.below(8)));
        }
      });
      expect(nextStart(folder, till)).toBe("whole");
    }
  });
});
