import { type Bodies, type FollowsBody, isId } from "../bodies.ts";
import type { Leg } from "../legs.ts";
import type { BrokenReason, Report } from "../reasons.ts";
import type { WalkedEntry } from "../walk.ts";
import { addEntry, between, type Figures, noFigures } from "./figures.ts";
import type { Rule } from "./receipts.ts";

type Closed = Bodies["shift.closed"];

/** A shift that is open, with what stood before it. */
interface OpenShift {
  opened: Bodies["shift.opened"];
  seq: number;
  before: Figures;
}

/** A figure of a report as it is stated and as it should be. */
interface Difference {
  figure: string;
  stated: number | string;
  counted: number | string;
}

/**
 * Each report at the end of a shift says what the entries of the shift come to. Where a newer version wrote one of them, or
 * the report itself says that some could not be read, only what the report says of itself is held together.
 */
export function createShiftRule(report: Report): Rule {
  const open = new Map<string, OpenShift>();
  /** Shifts of which a newer version wrote the opening. */
  const strange = new Set<string>();
  const figures = noFigures();

  function close(seq: number, closed: Closed, legs: readonly Leg[]): void {
    const shift = open.get(closed.shift);
    open.delete(closed.shift);
    const difference =
      shift === undefined
        ? strange.has(closed.shift) || { figure: "shift", stated: closed.shift, counted: "" }
        : differenceOf(closed, shift, between(shift.before, figures), legs);
    if (typeof difference === "object") report(wrong(seq, "shift-report", difference, closed.currency));
  }

  return {
    next(entry) {
      const { seq, type, known, body } = entry;
      if (known?.type === "shift.opened") {
        const { shift } = known.body;
        if (open.has(shift)) report({ seq, reason: "id-repeated", params: { id: shift } });
        open.set(shift, { opened: known.body, seq, before: { ...figures } });
      } else if (known?.type === "shift.closed") {
        close(seq, known.body, entry.legs);
      } else if (type === "shift.opened" && isId(body["shift"])) {
        strange.add(body["shift"]);
      } else if (type === "shift.closed" && isId(body["shift"])) {
        open.delete(body["shift"]);
      }
      addEntry(figures, entry);
    },
  };
}

function wrong(seq: number, reason: BrokenReason, { figure, stated, counted }: Difference, currency: string) {
  const isMoney = figure.endsWith("Minor");
  const params = isMoney
    ? { figure, statedMinor: stated, countedMinor: counted, currency }
    : { figure, stated, counted };
  return { seq, reason, params };
}

/** The first figure that differs. */
function differenceOf(
  closed: Closed,
  { opened, seq }: Pick<OpenShift, "opened" | "seq">,
  shift: Figures,
  legs: readonly Leg[],
): Difference | undefined {
  const isCountable = shift.notCounted === 0 && closed.unread === undefined;
  const cashMinor = isCountable ? shift.cashMinor : closed.cashMinor;
  const expected: [keyof Closed, number | string][] = [
    ["fromSeq", seq],
    ["drawer", opened.drawer],
    ["currency", opened.currency],
    ...(isCountable ? countedOf(shift) : []),
    ["expectedCashMinor", opened.floatMinor + cashMinor],
    ["differenceMinor", closed.countedCashMinor - closed.expectedCashMinor],
  ];
  for (const [figure, counted] of expected) {
    // What went back to wallets is left out where nothing did; refunds and commission are not in reports of the first version.
    const stated = figure === "refundsWalletMinor" ? (closed[figure] ?? 0) : closed[figure];
    if (stated !== undefined && stated !== counted) return { figure, stated: stated as number | string, counted };
  }
  return legsDifference(closed, legs);
}

function countedOf({ commissionMinor, ...shift }: Figures): [keyof Closed, number][] {
  return [
    ["sales", shift.sales],
    ["salesMinor", shift.salesMinor],
    ["refunds", shift.refunds],
    ["refundsMinor", shift.refundsMinor],
    ["refundsWalletMinor", shift.refundsWalletMinor],
    ["cashMinor", shift.cashMinor],
    ["walletMinor", shift.walletMinor],
    // A payment of an earlier shift that was taken back in this one can leave less than nothing, which no report says.
    ["commissionMinor", Math.max(0, commissionMinor)],
  ];
}

/** The drawer goes into the float of the next shift, and what is missing or too much into an account of its own. */
function legsDifference({ drawer, currency, ...closed }: Closed, legs: readonly Leg[]): Difference | undefined {
  const expected = new Map([
    [`cash:${drawer}`, closed.differenceMinor - closed.countedCashMinor],
    ["over-short", -closed.differenceMinor],
    ["float", closed.countedCashMinor],
  ]);
  for (const [account, counted] of expected) {
    const stated = legs
      .filter((leg) => leg.account === account && leg.currency === currency)
      .reduce((sum, leg) => sum + leg.amountMinor, 0);
    if (stated !== counted) return { figure: "postingsMinor", stated, counted };
  }
  return undefined;
}

const totalNames = ["sales", "salesMinor", "refunds", "refundsMinor"] as const;

type Totals = Pick<Figures, (typeof totalNames)[number]>;

/**
 * What a till has ever settled goes on from report to report and over all its ledgers. Reports of older versions do not
 * say it; once one has, all do.
 */
export function createTotalsRule(report: Report): Rule & { totals(): (Totals & { zNumber: number }) | undefined } {
  const figures = noFigures();
  let base: Totals | undefined = noFigures();
  let zNumber = 0;
  let isTold = false;
  let before = noFigures();

  /** What is settled by now; undefined where the older ledger's totals are not known. */
  function now(): Totals | undefined {
    if (base === undefined) return undefined;
    const since = between(before, figures);
    return {
      sales: base.sales + since.sales,
      salesMinor: base.salesMinor + since.salesMinor,
      refunds: base.refunds + since.refunds,
      refundsMinor: base.refundsMinor + since.refundsMinor,
    };
  }

  function goOnFrom(totals: Totals | undefined): void {
    base = totals;
    before = { ...figures };
  }

  function follow(seq: number, { perpetual }: FollowsBody): void {
    // Where nobody knows the older totals any more, the first report says from where this till counts.
    if (perpetual === undefined && seq > 1) return;
    goOnFrom(perpetual);
    zNumber = perpetual?.zNumber ?? 0;
    isTold = false;
  }

  function tell(seq: number, { perpetual: told, unread, currency }: Closed): void {
    const isCountable = between(before, figures).notCounted === 0 && unread === undefined;
    const least = isCountable ? now() : base;
    const expectedNumber = zNumber + 1;
    zNumber = told?.zNumber ?? expectedNumber;
    if (told === undefined) {
      if (isTold) report({ seq, reason: "running-total", params: { figure: "missing", stated: 0, counted: 1 } });
      return;
    }
    const difference: Difference | undefined =
      told.zNumber !== expectedNumber && (base !== undefined || isTold)
        ? { figure: "zNumber", stated: told.zNumber, counted: expectedNumber }
        : totalsDifference(told, least, isCountable);
    if (difference !== undefined) report(wrong(seq, "running-total", difference, currency));
    isTold = true;
    goOnFrom(told);
  }

  return {
    totals: () => {
      const totals = now();
      return totals === undefined ? undefined : { zNumber, ...totals };
    },
    next(entry: WalkedEntry) {
      const { known } = entry;
      if (known?.type === "ledger.opened" || known?.type === "till.enrolled") {
        if (known.body.follows !== undefined) follow(entry.seq, known.body.follows);
      } else if (known?.type === "shift.closed") {
        tell(entry.seq, known.body);
      }
      addEntry(figures, entry);
    },
  };
}

/** Where something was settled that is not counted here, the totals are not known, but they never go down. */
function totalsDifference(told: Totals, least: Totals | undefined, isExact: boolean): Difference | undefined {
  if (least === undefined) return undefined;
  const figure = totalNames.find((name) => (isExact ? told[name] !== least[name] : told[name] < least[name]));
  return figure === undefined ? undefined : { figure, stated: told[figure], counted: least[figure] };
}
