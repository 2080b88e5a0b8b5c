import type { MethodOutput, TillContract } from "../../../main/contract/methods.ts";
import type { KnownEntry } from "../../../main/ledger/entries.ts";
import type { EntryBody } from "../../../sync/protocol/entry-types.ts";
import type { Finding, JournalBook } from "./journal-book.ts";

/** What a stretch of entries comes to, added up by the campaign itself. */
type Sums = {
  sales: number;
  salesMinor: number;
  refunds: number;
  refundsMinor: number;
  walletMinor: number;
  drawerMinor: number;
};

/** Holds every Z report, and the X report where there is one, against sums of the campaign's own. */
export function checkFigures(book: JournalBook, x: MethodOutput<TillContract, "report.x"> | null): Finding[] {
  const findings: Finding[] = [];
  let opened = 0;
  let floatMinor = 0;
  let countedMinor: number | undefined;
  let settledBefore = emptySums();
  for (const [index, entry] of book.entries.entries()) {
    if (entry.type === "shift.opened") {
      const { seq, body } = entry;
      if (countedMinor !== undefined && body.floatMinor !== countedMinor) {
        findings.push({ kind: "lost", words: `The shift in entry ${seq} begins with another float than was counted` });
      }
      opened = index;
      floatMinor = entry.body.floatMinor;
    }
    if (entry.type !== "shift.closed") continue;
    countedMinor = entry.body.countedCashMinor;
    const sums = sum(book.entries.slice(opened, index));
    settledBefore = add(settledBefore, sums);
    const words = differences(`Z report in entry ${entry.seq}`, zFigures(entry.body), {
      ...shared(sums),
      cashMinor: sums.drawerMinor,
      walletMinor: sums.walletMinor,
      expectedMinor: floatMinor + sums.drawerMinor,
      differenceMinor: entry.body.countedCashMinor - floatMinor - sums.drawerMinor,
    });
    findings.push(...words);
    if (entry.body.perpetual !== undefined) {
      const { zNumber: _number, ...perpetual } = entry.body.perpetual;
      findings.push(...differences(`perpetual totals in entry ${entry.seq}`, perpetual, shared(settledBefore)));
    }
  }
  if (x === null) return findings;
  const sums = sum(book.entries.slice(opened));
  const told = {
    sales: x.sales,
    salesMinor: x.salesMinor,
    refunds: x.refunds,
    refundsMinor: x.refundsMinor,
    walletMinor: x.tenders.find(({ kind }) => kind === "wallet")?.amountMinor ?? 0,
    expectedMinor: x.drawer.expectedMinor,
  };
  const own = { ...shared(sums), walletMinor: sums.walletMinor, expectedMinor: floatMinor + sums.drawerMinor };
  return [...findings, ...differences("X report", told, own)];
}

function zFigures(body: EntryBody<"shift.closed">): Record<string, number> {
  return {
    sales: body.sales,
    salesMinor: body.salesMinor,
    // Absent in Z reports of the first version, which knew no refunds.
    refunds: body.refunds ?? 0,
    refundsMinor: body.refundsMinor ?? 0,
    cashMinor: body.cashMinor,
    walletMinor: body.walletMinor,
    expectedMinor: body.expectedCashMinor,
    differenceMinor: body.differenceMinor,
  };
}

function emptySums(): Sums {
  return { sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0, walletMinor: 0, drawerMinor: 0 };
}

function sum(entries: readonly KnownEntry[]): Sums {
  const sums = emptySums();
  for (const entry of entries) {
    if (entry.type === "sale.settled") {
      sums.sales += 1;
      sums.salesMinor += entry.body.totalMinor;
      for (const tender of entry.body.tenders) {
        if (tender.kind === "cash") sums.drawerMinor += tender.tenderedMinor - tender.changeMinor;
        else sums.walletMinor += tender.amountMinor;
      }
    } else if (entry.type === "refund.settled") {
      sums.refunds += 1;
      sums.refundsMinor += entry.body.totalMinor;
      sums.drawerMinor -= entry.body.paidOutMinor;
    }
  }
  return sums;
}

function add(one: Sums, other: Sums): Sums {
  const total = emptySums();
  for (const name of Object.keys(total) as (keyof Sums)[]) total[name] = one[name] + other[name];
  return total;
}

function shared({ sales, salesMinor, refunds, refundsMinor }: Sums): Record<string, number> {
  return { sales, salesMinor, refunds, refundsMinor };
}

function differences(where: string, told: Record<string, number>, own: Record<string, number>): Finding[] {
  return Object.keys(own)
    .filter((name) => told[name] !== own[name])
    .map((name) => ({ kind: "wrong", words: `${where}: ${name} is ${told[name]}, by the entries it is ${own[name]}` }));
}
