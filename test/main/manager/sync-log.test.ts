import { expect, test } from "vitest";
import { refundSale } from "../../../main/sale/refund.ts";
import { readKnownEntry } from "../../../main/ledger/entries.ts";
import { readSyncEntry, readSyncLog } from "../../../main/manager/sync-log.ts";
import { answerStore } from "../../../main/sync-stores.ts";
import { verifyLedger } from "../../../main/ledger/verify/verify.ts";
import { codeThrownBy, temporaryFolder } from "../ledger/support.ts";
import { incident, openDesk, type Desk } from "./support.ts";

/** Gives a sale back; gives the entry's number. */
function refund({ ledger, newId }: Desk, saleSeq: number): number {
  const sale = readKnownEntry(ledger.entry(saleSeq)?.text ?? "");
  if (sale?.type !== "sale.settled") throw new Error("Not a sale");
  const receiptNumber = ledger.nextReceiptNumber();
  const body = refundSale(sale.body, {
    refundId: newId(),
    reason: "unwanted",
    drawer: "1",
    receiptNumber,
    tillNumber: 1,
    cashRoundingMinor: 10,
  });
  return ledger.append([{ id: newId(), type: "refund.settled", body }]).at(-1)?.seq ?? 0;
}

function statesOf(desk: Desk): [number, string][] {
  return readSyncLog(desk.parts, {}).rows.map(({ seq, state }) => [seq, state]);
}

// The manager acts from the top of this list: what needs a person must never lie below what does not.
test("the log begins with what needs a person, then what is only here, then what is on its way, each the newest first", () => {
  const desk = openDesk();
  const [first, second, third, fourth, fifth, sixth] = Array.from({ length: 6 }, () => desk.sell()) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  desk.acknowledge(fourth);
  desk.judge(first, "needs-you");
  desk.judge(second, "settled");
  desk.judge(fourth, "needs-you");
  desk.worker.underWay = { fromSeq: fifth, toSeq: fifth };
  expect(statesOf(desk)).toEqual([
    [fourth, "needs-you"],
    [first, "needs-you"],
    [sixth, "safe"],
    [fifth, "on-the-way"],
    [third, "confirmed"],
    [second, "settled"],
  ]);
  for (const [seq, state] of statesOf(desk)) {
    const rows = readSyncLog(desk.parts, { state: state as "safe" }).rows;
    expect(rows.map((row) => row.seq)).toContain(seq);
    expect(rows.every((row) => row.state === state)).toBe(true);
  }
});

// A platform that was restored from a backup has lost sales that it had confirmed: the page must say so again.
test("a sale is confirmed by the stored mark alone, also when the platform falls back behind it", () => {
  const desk = openDesk();
  const seqs = [desk.sell(), desk.sell(), desk.sell()] as const;
  const [first, second, third] = seqs;
  desk.worker.underWay = { fromSeq: first, toSeq: third };
  expect(readSyncLog(desk.parts, {}).rows.map(({ state }) => state)).toEqual(Array(3).fill("on-the-way"));
  desk.clock.nowMs += 60_000;
  desk.acknowledge(second);
  desk.worker.underWay = null;
  desk.clock.nowMs += 60_000;
  desk.acknowledge(third);
  const { ledger, identity } = { ledger: desk.ledger, identity: desk.ledger.identity.ledger };
  expect(ledger.arrivals.arrivedAt(identity, first)).toBe("2026-11-20T14:33:09.120+08:00");
  expect(ledger.arrivals.arrivedAt(identity, third)).toBe("2026-11-20T14:34:09.120+08:00");
  desk.judge(third, "settled");
  desk.acknowledge(first);
  expect(readSyncLog(desk.parts, {}).rows).toMatchObject([
    { seq: third, state: "safe" },
    { seq: second, state: "safe" },
    { seq: first, state: "confirmed", arrivedAt: "2026-11-20T14:33:09.120+08:00" },
  ]);
  expect(readSyncLog(desk.parts, {}).rows[0]).not.toHaveProperty("arrivedAt");
  desk.clock.nowMs += 60_000;
  desk.acknowledge(third);
  expect(ledger.arrivals.arrivedAt(identity, first)).toBe("2026-11-20T14:33:09.120+08:00");
  expect(ledger.arrivals.arrivedAt(identity, second)).toBe("2026-11-20T14:35:09.120+08:00");
});

// Held for good otherwise: the restored platform's new word would look older than its word from before.
test("what a restored platform says counts, although it counts its answers anew", () => {
  const desk = openDesk();
  const seq = desk.sell();
  desk.acknowledge(seq);
  const store = answerStore(desk.ledger);
  const answer = { ledger: desk.ledger.identity.ledger, seq, at: desk.parts.format(desk.clock.nowMs) };
  store.storeAnswers([{ ...answer, state: "needs-you", code: "sale.arithmetic", cursor: 500 }], 500);
  expect(statesOf(desk)).toEqual([[seq, "needs-you"]]);
  store.startOver();
  expect(store.answerCursor()).toBe(0);
  store.storeAnswers([{ ...answer, state: "settled", code: "stored", cursor: 3 }], 3);
  expect(statesOf(desk)).toEqual([[seq, "settled"]]);
});

test("when the times of arrival are lost, the log says nothing instead of a time that is wrong", () => {
  const desk = openDesk();
  const [first, second] = [desk.sell(), desk.sell()];
  // Acknowledged before this table was there: only the mark is known.
  desk.ledger.platformMarks.save({
    ledger: desk.ledger.identity.ledger,
    acknowledgedSeq: first,
    hash: desk.ledger.entry(first)?.hash ?? "",
    epoch: 1,
    at: "2026-11-20T14:32:09.120+08:00",
  });
  desk.acknowledge(second);
  const [newest, oldest] = readSyncLog(desk.parts, {}).rows;
  expect(newest?.arrivedAt).toBeDefined();
  expect(oldest).toMatchObject({ state: "confirmed", tries: 1 });
  expect(oldest).not.toHaveProperty("arrivedAt");
});

test("vain tries are counted and named until the sale has arrived, and the next one is announced", () => {
  const desk = openDesk();
  const seq = desk.sell();
  expect(readSyncLog(desk.parts, {}).rows).toMatchObject([{ tries: 0, state: "safe" }]);
  desk.push.noteVainTry(1, seq, "platform.not-reached");
  desk.push.noteVainTry(1, seq, "busy");
  desk.worker.nextRoundAt = desk.clock.nowMs + 1000;
  expect(readSyncLog(desk.parts, {}).rows).toMatchObject([
    { tries: 2, answer: { code: "busy", by: "platform" }, nextTryAt: "2026-11-20T14:32:10.120+08:00" },
  ]);
  desk.push.noteVainTry(1, seq, "platform.no-answer");
  expect(readSyncLog(desk.parts, {}).rows[0]?.answer).toMatchObject({ code: "platform.no-answer", by: "line" });
  desk.acknowledge(seq);
  const [arrived] = readSyncLog(desk.parts, {}).rows;
  expect(arrived).toMatchObject({ tries: 4, state: "confirmed" });
  expect(arrived).not.toHaveProperty("answer");
  expect(arrived).not.toHaveProperty("nextTryAt");
  desk.judge(seq, "needs-you", "sale.arithmetic");
  expect(readSyncLog(desk.parts, {}).rows[0]?.answer).toMatchObject({ code: "sale.arithmetic", by: "platform" });
});

test("pages of the log follow each other without a gap or a double, across all states and with a search", () => {
  const desk = openDesk();
  const seqs = desk.sellMany(450);
  desk.acknowledge(seqs[299] ?? 0);
  for (let index = 0; index < 130; index += 1) desk.judge(seqs[index * 2] ?? 0, "needs-you");
  desk.worker.underWay = { fromSeq: seqs[300] ?? 0, toSeq: seqs[360] ?? 0 };
  const read: number[] = [];
  for (let more = true; more;) {
    const page = readSyncLog(desk.parts, { skip: read.length });
    read.push(...page.rows.map(({ seq }) => seq));
    more = page.more;
  }
  expect(read).toHaveLength(450);
  expect(new Set(read)).toEqual(new Set(seqs));
  expect(readSyncLog(desk.parts, { skip: 450 })).toEqual({ rows: [], more: false });
  const found = readSyncLog(desk.parts, { query: " 1-44 " }).rows;
  expect(found.map(({ receiptCode }) => receiptCode)).toEqual(
    [...Array(10).keys()].map((n) => `1-44${9 - n}`).concat("1-44"),
  );
  expect(readSyncLog(desk.parts, { query: "%" }).rows).toEqual([]);
});

test("a refund stands in the log under its own number, below zero, and both open with the very text that is sent", () => {
  const folder = temporaryFolder();
  const desk = openDesk(folder);
  const sale = desk.sell(1130);
  const back = refund(desk, sale);
  const [row] = readSyncLog(desk.parts, {}).rows;
  expect(row).toMatchObject({ seq: back, kind: "refund", totalMinor: -1130, paidBy: "cash", receiptCode: "1-2" });
  expect(readSyncEntry(desk.parts, back)).toMatchObject({
    row: { seq: back },
    text: desk.ledger.entry(back)?.text,
    hash: desk.ledger.entry(back)?.hash,
    lines: [{ totalMinor: 1130 }],
    answers: [],
  });
  desk.acknowledge(back);
  desk.judge(sale, "settled");
  expect(readSyncEntry(desk.parts, sale).answers).toMatchObject([{ state: "settled", code: "stored" }]);
});

test("an entry that is no sale, and one that there is not, are refused in words", () => {
  const desk = openDesk();
  desk.ledger.append([incident(desk.newId)]);
  for (const seq of [1, 2, 3]) expect(codeThrownBy(() => readSyncEntry(desk.parts, seq))).toBe("entry.not-found");
});

test("where a day begins is known from its first entry on, and after a rebuild, too", async () => {
  const folder = temporaryFolder();
  const desk = openDesk(folder);
  desk.sell();
  const days = desk.ledger.firstSeqOf("2026-11-20");
  expect(days).toBe(1);
  desk.clock.nowMs += 24 * 3600 * 1000;
  const seq = desk.sell();
  expect(desk.ledger.firstSeqOf("2026-11-21")).toBe(seq);
  desk.ledger.rebuild();
  expect(desk.ledger.firstSeqOf("2026-11-21")).toBe(seq);
  expect(desk.ledger.firstSeqOf("2026-11-22")).toBeUndefined();
  desk.ledger.close();
  expect(await verifyLedger({ folder })).toMatchObject({ ok: true });
});
