import fc from "fast-check";
import { expect, test } from "vitest";
import { xReportSchema } from "../../../main/contract/manager.ts";
import { zReportSchema } from "../../../main/contract/z-report.ts";
import { RunningFigures } from "../../../main/shift/running-figures.ts";
import { perpetualNow } from "../../../main/shift/perpetual.ts";
import type { EntryBody, Perpetual } from "../../../sync/protocol/entry-types.ts";
import { ShiftTill } from "./shift-till.ts";

/** What a shift has come to, counted on fingers. Prices are whole steps of the cash, so that nothing is rounded. */
type Counted = {
  floatMinor: number;
  sales: number;
  salesMinor: number;
  refunds: number;
  refundsMinor: number;
  inMinor: number;
  outMinor: number;
  walletMinor: number;
  walletBackMinor: number;
  paidMinor: number;
  commissionMinor: number;
  unread: number;
};

type Closed = Counted & { countedMinor: number; perpetual: Perpetual; isOld: boolean };

/** A till in memory: no ledger, no entries, no order but that of the calls. */
class Oracle {
  shift: Counted = empty(0);
  readonly closed: Closed[] = [];
  ever: Perpetual;

  constructor(ever: Perpetual) {
    this.ever = ever;
  }

  get expectedMinor(): number {
    return this.shift.floatMinor + this.shift.inMinor - this.shift.outMinor;
  }

  sold(priceMinor: number, walletMinor: number, commissionMinor: number): void {
    this.shift.sales += 1;
    this.shift.salesMinor += priceMinor;
    this.shift.inMinor += priceMinor - walletMinor;
    this.shift.walletMinor += walletMinor;
    this.shift.paidMinor += walletMinor;
    this.shift.commissionMinor += walletMinor > 0 ? commissionMinor : 0;
    this.ever = { ...this.ever, sales: this.ever.sales + 1, salesMinor: this.ever.salesMinor + priceMinor };
  }

  gaveBack(totalMinor: number, paidOutMinor: number): void {
    this.shift.refunds += 1;
    this.shift.refundsMinor += totalMinor;
    this.shift.outMinor += paidOutMinor;
    this.shift.walletBackMinor += totalMinor - paidOutMinor;
    this.ever = { ...this.ever, refunds: this.ever.refunds + 1, refundsMinor: this.ever.refundsMinor + totalMinor };
  }

  close(countedMinor: number, isOld: boolean): void {
    this.ever = { ...this.ever, zNumber: this.ever.zNumber + 1 };
    this.closed.push({ ...this.shift, countedMinor, perpetual: this.ever, isOld });
    this.shift = empty(countedMinor);
  }
}

function empty(floatMinor: number): Counted {
  const sums = { sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0, inMinor: 0, outMinor: 0 };
  return { floatMinor, ...sums, walletMinor: 0, walletBackMinor: 0, paidMinor: 0, commissionMinor: 0, unread: 0 };
}

const steps = fc.integer({ min: 1, max: 5000 });

const anySale = fc.record({
  kind: fc.constant("sale" as const),
  priceSteps: steps,
  walletShare: fc.constantFrom(0, 0, 0.5, 1),
  commissionMinor: fc.nat(5),
  training: fc.constantFrom(false, false, false, true),
});

const anyStep = fc.oneof(
  { arbitrary: anySale, weight: 8 },
  { arbitrary: fc.record({ kind: fc.constant("refund" as const), pick: fc.nat(50) }), weight: 3 },
  { arbitrary: fc.record({ kind: fc.constant("reversal" as const), amountMinor: steps }), weight: 1 },
  {
    arbitrary: fc.record({ kind: fc.constant("close" as const), offMinor: fc.integer({ min: -500, max: 500 }) }),
    weight: 3,
  },
  { arbitrary: fc.record({ kind: fc.constant("jump" as const), ms: fc.integer({ min: -9e7, max: 9e7 }) }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant("restart" as const), rebuilds: fc.boolean() }), weight: 2 },
  { arbitrary: fc.constant({ kind: "strange" as const }), weight: 1 },
  { arbitrary: fc.constant({ kind: "x" as const }), weight: 2 },
);

type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never;

const anyPerpetual: fc.Arbitrary<Perpetual> = fc.record({
  zNumber: fc.nat(500),
  sales: fc.nat(10_000),
  salesMinor: fc.nat(1e9),
  refunds: fc.nat(100),
  refundsMinor: fc.nat(1e6),
});

/** One till beside its oracle. */
class Run {
  readonly till = new ShiftTill();
  readonly oracle: Oracle;
  #reports = this.till.reports();
  readonly #sold: EntryBody<"sale.settled">[] = [];
  /** Old versions read every entry of theirs, and no till goes back to one. */
  readonly #isOld: boolean;

  constructor(isOld: boolean, follows: Perpetual | undefined) {
    this.#isOld = isOld;
    this.oracle = new Oracle(follows ?? { zNumber: 0, sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0 });
    const old = { ledger: this.till.newId(), seq: 9, hash: "f".repeat(64), reason: "new-disk" };
    this.till.enrol(follows === undefined ? undefined : { ...old, perpetual: follows });
    this.till.openShift(0);
  }

  take(step: Step): void {
    const { till, oracle } = this;
    switch (step.kind) {
      case "sale":
        this.#sell(step);
        break;
      case "refund": {
        const [sale] = this.#sold.splice(step.pick % Math.max(1, this.#sold.length), 1);
        if (sale === undefined) break;
        const { totalMinor, paidOutMinor } = till.giveBack(sale, this.#isOld && oracle.closed.length < 3);
        oracle.gaveBack(totalMinor, paidOutMinor);
        break;
      }
      case "reversal":
        till.payAndReverse(step.amountMinor, 1);
        break;
      case "close":
        this.#close(step.offMinor);
        break;
      case "jump":
        till.clock.nowMs += step.ms;
        break;
      case "restart":
        if (step.rebuilds) till.ledger.rebuild();
        till.restart();
        this.#reports = till.reports();
        break;
      case "strange":
        if (!this.#isOld) this.#writeStrange();
        break;
      case "x":
        this.checkX();
        break;
    }
  }

  #sell({ priceSteps, walletShare, commissionMinor, training }: Extract<Step, { kind: "sale" }>): void {
    const priceMinor = priceSteps * 10;
    const walletMinor = Math.floor(priceSteps * walletShare) * 10;
    const sale = this.till.sell({ priceMinor, walletMinor, commissionMinor, training });
    if (training) return;
    this.#sold.push(sale);
    this.oracle.sold(priceMinor, walletMinor, commissionMinor);
  }

  /** A sale whose tender only a newer version knows. */
  #writeStrange(): void {
    const { till, oracle } = this;
    const number = till.ledger.nextReceiptNumber();
    const receipt = { receiptNumber: number, receiptCode: `1-${number}`, saleId: till.newId() };
    const tenders = [{ kind: "voucher", amountMinor: 100 }];
    const body = { ...receipt, currency: "CNY", totalMinor: 100, tenders, postings: [] };
    till.writeRaw([{ type: "sale.settled", body }]);
    this.#reports = till.reports();
    oracle.shift.unread += 1;
  }

  #close(offMinor: number): void {
    const { till, oracle } = this;
    const expectedMinor = oracle.expectedMinor;
    const countedMinor = Math.max(0, expectedMinor + offMinor);
    if (this.#isOld && oracle.closed.length < 3) {
      const { sales, salesMinor, refunds, refundsMinor, walletMinor } = oracle.shift;
      till.closeAsBefore({
        sales,
        salesMinor,
        refunds,
        refundsMinor,
        walletMinor,
        cashMinor: expectedMinor - oracle.shift.floatMinor,
        expectedCashMinor: expectedMinor,
        countedCashMinor: countedMinor,
        differenceMinor: countedMinor - expectedMinor,
      });
      oracle.close(countedMinor, true);
      return;
    }
    const report = till.close(countedMinor);
    oracle.close(countedMinor, false);
    const {
      floatMinor: _float,
      inMinor,
      outMinor,
      paidMinor: _paid,
      unread,
      walletBackMinor,
      ...sums
    } = oracle.closed.at(-1) as Closed;
    const { countedMinor: _counted, isOld: _isOld, ...shared } = sums;
    expect(report).toMatchObject({
      ...shared,
      cashMinor: inMinor - outMinor,
      expectedCashMinor: expectedMinor,
      countedCashMinor: countedMinor,
      differenceMinor: countedMinor - expectedMinor,
    });
    expect(report.unread ?? 0).toBe(unread);
    expect(report.refundsWalletMinor ?? 0).toBe(walletBackMinor);
  }

  /** The long-lived report and one that has read nothing yet say what the oracle says. */
  checkX(): void {
    const { shift, expectedMinor, ever } = this.oracle;
    for (const reports of [this.#reports, this.till.reports(new RunningFigures(this.till.ledger))]) {
      const x = xReportSchema.parse(reports.x());
      expect(told(x)).toEqual(fingers(shift, expectedMinor));
    }
    expect(perpetualNow(this.till.ledger)).toEqual(ever);
  }

  /** Every Z report can be read again, and says what was counted when it was made. */
  async checkZ(): Promise<void> {
    const zReports = this.till.zReports();
    const { reports } = zReports.list(undefined);
    expect(reports.map(({ number }) => number)).toEqual(
      this.oracle.closed.map(({ perpetual }) => perpetual.zNumber).toReversed(),
    );
    for (const closed of this.oracle.closed) {
      const z = zReportSchema.parse(await zReports.read(closed.perpetual.zNumber));
      const expectedMinor = closed.floatMinor + closed.inMinor - closed.outMinor;
      expect(told(z)).toEqual(fingers(closed, expectedMinor));
      expect(z.drawer.countedMinor).toBe(closed.countedMinor);
      expect(z.drawer.differenceMinor).toBe(closed.countedMinor - expectedMinor);
      expect(z.perpetual).toEqual(closed.isOld ? undefined : closed.perpetual);
      expect(z).not.toHaveProperty("differs");
    }
  }
}

type Report = ReturnType<typeof xReportSchema.parse> | ReturnType<typeof zReportSchema.parse>;

/** What a report says, as far as the oracle counts it. */
function told(report: Report) {
  const { sales, salesMinor, refunds, refundsMinor, netMinor, taxes, tenders, commission, drawer, unread = 0 } = report;
  const backOf = (kind: string) => report.payouts.find((payout) => payout.kind === kind)?.amountMinor ?? 0;
  const { floatMinor, inMinor, outMinor, expectedMinor } = drawer;
  const sumOf = (kind: string) => tenders.find((tender) => tender.kind === kind)?.amountMinor ?? 0;
  return {
    sales,
    salesMinor,
    refunds,
    refundsMinor,
    netMinor,
    unread,
    floatMinor,
    inMinor,
    outMinor,
    expectedMinor,
    taxedMinor: taxes.reduce((sum, { grossMinor }) => sum + grossMinor, 0),
    cashMinor: sumOf("cash"),
    walletMinor: sumOf("wallet"),
    cashBackMinor: backOf("cash"),
    walletBackMinor: backOf("wallet"),
    paidMinor: commission[0]?.paidMinor ?? 0,
    commissionMinor: commission[0]?.commissionMinor ?? 0,
  };
}

function fingers(counted: Counted, expectedMinor: number): ReturnType<typeof told> {
  const { sales, salesMinor, refunds, refundsMinor, floatMinor, inMinor, outMinor, unread } = counted;
  const { walletMinor, walletBackMinor, paidMinor, commissionMinor } = counted;
  const netMinor = salesMinor - refundsMinor;
  return {
    sales,
    salesMinor,
    refunds,
    refundsMinor,
    netMinor,
    unread,
    floatMinor,
    inMinor,
    outMinor,
    expectedMinor,
    taxedMinor: netMinor,
    cashMinor: salesMinor - walletMinor,
    walletMinor,
    cashBackMinor: refundsMinor - walletBackMinor,
    walletBackMinor,
    paidMinor,
    commissionMinor,
  };
}

// The manager signs these figures, and the tax office adds them up.
test("whatever a till goes through, its X, its Z reports and its totals of all time are what was sold and given back", async () => {
  const run = fc.asyncProperty(
    // Old versions knew of no till that takes the place of another.
    fc.oneof(fc.constant("old" as const), fc.constant("first" as const), anyPerpetual),
    fc.array(anyStep, { maxLength: 40 }),
    async (begin, stepsOfRun) => {
      const one = new Run(begin === "old", typeof begin === "string" ? undefined : begin);
      for (const step of stepsOfRun) one.take(step);
      one.checkX();
      await one.checkZ();
    },
  );
  await fc.assert(run, { numRuns: 16, seed: 20_261_120 });
}, 120_000);
