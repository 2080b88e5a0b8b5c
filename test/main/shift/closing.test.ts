import { expect, test } from "vitest";
import type { Ledger } from "../../../main/ledger/open.ts";
import { RunningFigures } from "../../../main/shift/running-figures.ts";
import { closeShift } from "../../../main/shift/shift.ts";
import { codeThrownBy } from "../ledger/support.ts";
import { ShiftTill } from "./shift-till.ts";

const cash = (priceMinor: number) => ({ priceMinor, walletMinor: 0, commissionMinor: 0 });
const hourMs = 3_600_000;

// A till that is killed in between must not come back without a shift, with two, or with another float.
test("a closing whose next opening cannot be written has not happened at all: both are one transaction", () => {
  const till = new ShiftTill();
  till.openShift(100_00);
  till.sell(cash(10_00));
  const before = { head: till.ledger.head(), balances: till.ledger.balances(), shift: till.ledger.openShift() };
  const usedId = till.ledger.entry(1)?.id ?? "";
  let made = 0;
  // The third id is the one of the next shift's entry; it stands for something else already.
  const newId = () => ((made += 1) === 3 ? usedId : till.newId());
  expect(codeThrownBy(() => closeShift({ ...till.parts, newId }, 110_00))).toBe("ledger.id-used");
  const after = () => ({
    head: till.ledger.head(),
    balances: till.ledger.balances(),
    shift: till.ledger.openShift(),
  });
  expect(after()).toEqual(before);
  till.restart();
  expect(after()).toEqual(before);
  expect(till.close(110_00)).toMatchObject({ sales: 1, differenceMinor: 0, perpetual: { zNumber: 1, sales: 1 } });
  till.restart();
  expect(till.ledger.openShift()).toMatchObject({ floatMinor: 110_00 });
});

test("a closing reads the entries of its own shift and no others, however long the till has been in use", () => {
  const till = new ShiftTill();
  till.openShift(0);
  for (let shift = 1; shift <= 3; shift += 1) {
    for (let sale = 0; sale < 5; sale += 1) till.sell(cash(10_00));
    till.close(0);
  }
  till.sell(cash(7_00));
  const openedSeq = till.ledger.openShift()?.openedSeq ?? 0;
  const { ledger, asked } = watched(till.ledger);
  const parts = { ...till.parts, ledger, figures: new RunningFigures(ledger) };
  expect(closeShift(parts, 0)).toMatchObject({
    sales: 1,
    perpetual: { zNumber: 4, sales: 16, salesMinor: 157_00 },
  });
  // From the entry before, the last shift's report, which tells the totals of all time.
  expect(Math.min(...asked)).toBe(openedSeq - 1);
});

/** A ledger that tells behind which entries it was read, and that is never asked for the sales of all time. */
function watched(ledger: Ledger): { ledger: Ledger; asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    ledger: {
      ...ledger,
      entriesAfter(seq, limits) {
        asked.push(seq);
        return ledger.entriesAfter(seq, limits);
      },
      settledBetween: () => expect.fail("The sales of all time are not added up again"),
    },
  };
}

// Nobody closes the shift of a kiosk for months; its report and its closing must not hold up a shopper who scans.
test("a long shift is read in parts that let scans in between, and a closing reads only what is new since", async () => {
  const till = new ShiftTill();
  till.openShift(0);
  till.sellMany(900);
  const { ledger, asked } = watched(till.ledger);
  const figures = new RunningFigures(ledger);
  const reading = figures.catchUp();
  // One part at once; the rest only after others had their turn.
  expect(asked).toHaveLength(1);
  till.sell(cash(10_00));
  await reading;
  expect(asked.length).toBeGreaterThan(3);
  till.sell(cash(20_00));
  asked.length = 0;
  expect(closeShift({ ...till.parts, ledger, figures }, 0)).toMatchObject({ sales: 902, perpetual: { sales: 902 } });
  // The till's first entries, from before the shift, and the one sale.
  expect(asked.filter((seq) => seq > 2).every((seq) => seq > 900)).toBe(true);
});

test("a till that takes the place of another in the middle of a shift goes on from the other's totals", () => {
  const till = new ShiftTill();
  till.openShift(0);
  till.sell(cash(10_00));
  till.close(10_00);
  till.sell(cash(20_00));
  const perpetual = { zNumber: 40, sales: 900, salesMinor: 9_000_00, refunds: 3, refundsMinor: 30_00 };
  till.enrol({ ledger: till.newId(), seq: 7, hash: "e".repeat(64), reason: "new-disk", perpetual });
  till.sell(cash(5_00));
  const report = till.close(35_00);
  expect(report).toMatchObject({ sales: 2, salesMinor: 25_00, differenceMinor: 0 });
  expect(report.perpetual).toEqual({ ...perpetual, zNumber: 41, sales: 901, salesMinor: 9_005_00 });
  expect(till.close(35_00).perpetual).toMatchObject({ zNumber: 42, sales: 901 });
});

// One entry of another version, or one bad byte on the disk, must not keep a shop from closing at night.
test("what this version cannot read keeps no report from being made: it is left out, counted, and told", async () => {
  const till = new ShiftTill();
  till.openShift(0);
  till.sell(cash(10_00));
  const next = () => till.ledger.nextReceiptNumber();
  const receipt = (receiptNumber: number) => ({ receiptNumber, receiptCode: `1-${receiptNumber}` });
  const money = { currency: "CNY", totalMinor: 100, tenders: [], postings: [] };
  till.writeRaw([
    { type: "sale.settled", body: { saleId: till.newId(), ...receipt(next()), ...money, loyalty: true } },
    { type: "voucher.sold", body: { voucherId: "v-1" } },
    // In training nothing counts, read or unread.
    { type: "voucher.sold", body: { voucherId: "v-2" }, training: true },
    // What no figure is made of is not missed.
    { type: "receipt.printed", body: { paper: "blue" } },
  ]);
  expect(next()).toBe(3);
  expect(till.reports().x()).toMatchObject({ sales: 1, salesMinor: 10_00, unread: 2 });
  expect(till.reports().day()).toMatchObject({ sales: 1, unread: 2 });
  expect(till.close(10_00)).toMatchObject({ sales: 1, unread: 2, differenceMinor: 0, perpetual: { sales: 1 } });
  expect(till.reports().x()).not.toHaveProperty("unread");
  expect(await till.zReports().read(1)).toMatchObject({ sales: 1, unread: 2 });
  expect(await till.zReports().read(1)).not.toHaveProperty("differs");
});

test("an amount that no till can have made is left out like what cannot be read, and the sums stay right", () => {
  const till = new ShiftTill();
  till.openShift(0);
  const { postings: _postings, ...sale } = till.sell(cash(10_00));
  const receipt = { saleId: till.newId(), receiptNumber: 2, receiptCode: "1-2" };
  const totalMinor = Number.MAX_SAFE_INTEGER;
  till.writeRaw([{ type: "sale.settled", body: { ...sale, ...receipt, totalMinor, postings: [] } }]);
  till.sell(cash(30_00));
  expect(till.reports().x()).toMatchObject({ sales: 2, salesMinor: 40_00, unread: 1 });
  expect(till.close(40_00)).toMatchObject({ salesMinor: 40_00, unread: 1, perpetual: { salesMinor: 40_00 } });
});

test("a report is told as it was signed, and says so where its entries come to something else", async () => {
  const till = new ShiftTill();
  till.openShift(0);
  till.sell(cash(10_00));
  const shift = till.ledger.openShift()?.shift ?? "";
  // The version that wrote it could read one sale more.
  const signed = { sales: 2, salesMinor: 30_00, cashMinor: 30_00, walletMinor: 0, expectedCashMinor: 30_00 };
  const counted = { countedCashMinor: 29_00, differenceMinor: -1_00 };
  const perpetual = { zNumber: 1, sales: 2, salesMinor: 30_00, refunds: 0, refundsMinor: 0 };
  const place = { shift, drawer: "main", currency: "CNY", fromSeq: 2, postings: [] };
  till.writeRaw([{ type: "shift.closed", body: { ...place, ...signed, ...counted, perpetual } }]);
  expect(await till.zReports().read(1)).toMatchObject({
    sales: 2,
    salesMinor: 30_00,
    netMinor: 30_00,
    tenders: [{ kind: "cash", count: 1, amountMinor: 10_00 }],
    differs: true,
    perpetual,
    drawer: { expectedMinor: 30_00, countedMinor: 29_00, differenceMinor: -1_00 },
  });
});

test("a Z report that this version cannot read is in the list all the same, and opening it says why it is not shown", async () => {
  const till = new ShiftTill();
  till.openShift(0);
  const shift = till.ledger.openShift()?.shift ?? "";
  const perpetual = { zNumber: 1, sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0 };
  till.writeRaw([{ type: "shift.closed", body: { shift, perpetual, safe: "full", postings: [] } }]);
  till.openShift(0);
  expect(till.close(0).perpetual).toMatchObject({ zNumber: 2 });
  const { reports } = till.zReports().list(undefined);
  expect(reports).toMatchObject([{ number: 2, figures: { sales: 0 } }, { number: 1 }]);
  expect(reports[1]).not.toHaveProperty("figures");
  await expect(till.zReports().read(1)).rejects.toMatchObject({ code: "entry.unread" });
});

test("the list of Z reports is read a page at a time, and each report is found by its number for ever", async () => {
  const till = new ShiftTill();
  till.openShift(0);
  for (let shift = 1; shift <= 53; shift += 1) till.close(shift);
  const zReports = till.zReports();
  const first = zReports.list(undefined);
  expect([first.reports.length, first.reports[0]?.number, first.more]).toEqual([50, 53, true]);
  const rest = zReports.list(first.reports.at(-1)?.seq);
  expect([rest.reports.map(({ number }) => number), rest.more]).toEqual([[3, 2, 1], false]);
  expect(await zReports.read(2)).toMatchObject({ number: 2, drawer: { countedMinor: 2, differenceMinor: 1 } });
});

// A battery that is empty sets the clock to yesterday; the shop still has to sell and to go home.
test("a clock that goes back over midnight refuses no sale and no closing, and order is that of the entries", async () => {
  const till = new ShiftTill();
  till.openShift(0);
  till.clock.nowMs = Date.UTC(2026, 10, 20, 16, 20);
  till.sell(cash(10_00));
  till.close(10_00);
  till.clock.nowMs -= 30 * hourMs;
  till.sell(cash(20_00));
  expect(till.newest("clock.jumped")).toMatchObject({ backMs: 30 * hourMs });
  expect(till.close(30_00)).toMatchObject({ sales: 1, salesMinor: 20_00, perpetual: { zNumber: 2, sales: 2 } });
  till.clock.nowMs -= 1000 * hourMs;
  expect(till.close(30_00)).toMatchObject({ sales: 0, perpetual: { zNumber: 3 } });
  const { reports } = till.zReports().list(undefined);
  expect(reports.map(({ number }) => number)).toEqual([3, 2, 1]);
  expect((await till.zReports().read(1)).businessDay).toBe("2026-11-21");
  expect((await till.zReports().read(2)).businessDay).toBe("2026-11-19");
  expect(till.ledger.recentSales(2).map(({ receiptNumber }) => receiptNumber)).toEqual([2, 1]);
});
