import { expect, test } from "vitest";
import { cashSale } from "./sales.ts";
import { openTestLedger, seededIds, temporaryFolder } from "./support.ts";

const at = "2026-11-20T14:32:09.120+08:00";

test("the open basket and the settings are there again after a restart", () => {
  const folder = temporaryFolder();
  const before = openTestLedger(folder);
  before.openBasket.save("one");
  before.openBasket.save("two");
  before.settings.save("locale", "zh-CN");
  before.settings.save("gone", "x");
  before.settings.remove("gone");
  before.close();
  const after = openTestLedger(folder);
  expect(after.openBasket.read()).toBe("two");
  expect(after.settings.read("locale")).toBe("zh-CN");
  expect(after.settings.read("gone")).toBeUndefined();
  after.openBasket.clear();
  expect(after.openBasket.read()).toBeUndefined();
});

test("a print job keeps its bytes and its state, so no receipt is printed twice after a restart", () => {
  const folder = temporaryFolder();
  const before = openTestLedger(folder);
  const ids = seededIds("jobs");
  const job = {
    jobId: ids.uuid(),
    saleId: ids.uuid(),
    kind: "receipt" as const,
    bytes: Uint8Array.of(27, 64, 0, 255),
    state: "waiting" as const,
    createdAt: at,
    updatedAt: at,
  };
  before.printJobs.add(job);
  expect(() => before.printJobs.add(job)).toThrow();
  expect(before.printJobs.forgetBefore("2027")).toBe(0);
  before.printJobs.setState(job.jobId, "unknown", at, "printer.silent");
  before.close();
  const after = openTestLedger(folder);
  expect(after.printJobs.job(job.jobId)).toEqual({ ...job, state: "unknown", code: "printer.silent" });
  expect(after.printJobs.jobsIn("waiting", 10)).toEqual([]);
  expect(after.printJobs.jobsIn("unknown", 10).length).toBe(1);
  expect(after.printJobs.forgetBefore("2026-11-20T00")).toBe(0);
  // Its bytes hold the note of the sale, which is not kept for ever in a second place.
  expect(after.printJobs.forgetBefore("2027")).toBe(1);
});

test("the platform's mark goes back when the platform was restored, so what it lost is sent again", () => {
  const ledger = openTestLedger(temporaryFolder());
  ledger.append([cashSale(ledger, seededIds("marks"))]);
  const { ledger: id } = ledger.identity;
  const mark = (seq: number) => ({
    ledger: id,
    acknowledgedSeq: seq,
    hash: ledger.entry(seq)?.hash ?? "",
    epoch: 1,
    at,
  });
  expect(ledger.platformMarks.read(id)).toBeUndefined();
  ledger.platformMarks.save(mark(2));
  ledger.platformMarks.save({ ...mark(1), epoch: 2 });
  expect(ledger.platformMarks.read(id)).toEqual({ ...mark(1), epoch: 2 });
  // A platform that lost all of it stands before the first entry.
  const nothing = { ...mark(0), hash: "0".repeat(64) };
  ledger.platformMarks.save(nothing);
  expect(ledger.platformMarks.read(id)).toEqual(nothing);
});

test("an older answer of the platform never takes the place of a newer one", () => {
  const ledger = openTestLedger(temporaryFolder());
  const answer = { ledger: ledger.identity.ledger, seq: 2, code: "price.differs", at };
  ledger.platformAnswers.save({ ...answer, state: "needs-you", cursor: 5 });
  expect(ledger.platformAnswers.needingYou(answer.ledger, 10).length).toBe(1);
  ledger.platformAnswers.save({ ...answer, state: "settled", code: "ok", cursor: 6 });
  ledger.platformAnswers.save({ ...answer, state: "needs-you", cursor: 4 });
  expect(ledger.platformAnswers.answer(answer.ledger, 2)).toMatchObject({ state: "settled", cursor: 6 });
  expect(ledger.platformAnswers.needingYou(answer.ledger, 10)).toEqual([]);
});

test("vain tries are counted per entry, so the sync log says how often each was really sent", () => {
  const ledger = openTestLedger(temporaryFolder());
  const ids = seededIds("push");
  ledger.append([cashSale(ledger, ids)]);
  ledger.pushFailures.record(1, 2, "network", at);
  ledger.append([cashSale(ledger, ids)]);
  ledger.pushFailures.record(2, 9, "busy", at);
  expect(ledger.pushFailures.failure(1)).toEqual({ seq: 1, attempts: 1, code: "network", at });
  expect(ledger.pushFailures.failure(2)).toEqual({ seq: 2, attempts: 2, code: "busy", at });
  expect(ledger.pushFailures.failure(3)).toEqual({ seq: 3, attempts: 1, code: "busy", at });
  expect(ledger.pushFailures.failure(4)).toBeUndefined();
});

test("several changes of working state are one, so a crash never keeps half of them", () => {
  const ledger = openTestLedger(temporaryFolder());
  const fail = () =>
    ledger.write(() => {
      ledger.settings.save("cursor", "9");
      throw new Error("half way");
    });
  expect(fail).toThrow("half way");
  expect(ledger.settings.read("cursor")).toBeUndefined();
});
