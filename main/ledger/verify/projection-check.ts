import type { JournalSource, LegRow } from "./sources.ts";
import type { Broken, WalkedEntry } from "./walk.ts";

/** Holds what the projections say against what the entries say. */
export interface ProjectionCheck {
  /** Takes an entry in; tells the first whose legs stand differently in the projection. */
  next(entry: WalkedEntry): Broken | undefined;
  /** After the last entry: balances and sales. */
  finish(lastSeq: number): Broken | undefined;
}

/** A check of the projections of a database; they can be made again by `rebuild`, the journal cannot. */
export function createProjectionCheck(projections: NonNullable<JournalSource["projections"]>): ProjectionCheck {
  const rows = projections.legs()[Symbol.iterator]();
  const balances = new Map<string, bigint>();
  let pending = rows.next();
  let sales = 0n;
  let salesTotal = 0n;

  function legsAgree({ seq, legs }: WalkedEntry): boolean {
    for (const leg of legs) {
      if (pending.done === true || !sameLeg(pending.value, seq, leg)) return false;
      pending = rows.next();
    }
    return pending.done === true || pending.value.seq > BigInt(seq);
  }

  return {
    next(entry) {
      for (const { account, currency, amountMinor } of entry.legs) {
        const name = `${account} ${currency}`;
        balances.set(name, (balances.get(name) ?? 0n) + amountMinor);
      }
      if (entry.saleTotalMinor !== undefined) {
        sales += 1n;
        salesTotal += entry.saleTotalMinor;
      }
      return legsAgree(entry) ? undefined : differs(entry.seq, "postings");
    },
    finish(lastSeq) {
      if (pending.done !== true) return differs(lastSeq, "postings");
      const stored = projections.balances();
      const agree = stored.every((row) => balances.get(`${row.account} ${row.currency}`) === row.amount_minor);
      if (!agree || stored.length !== balances.size) return differs(lastSeq, "balances");
      const { count, total } = projections.sales();
      return count === sales && total === salesTotal ? undefined : differs(lastSeq, "sales");
    },
  };
}

function sameLeg(row: LegRow, seq: number, leg: WalkedEntry["legs"][number]): boolean {
  return (
    row.seq === BigInt(seq) &&
    row.account === leg.account &&
    row.currency === leg.currency &&
    row.amount_minor === leg.amountMinor
  );
}

function differs(seq: number, table: string): Broken {
  return { seq, reason: "projection-differs", params: { table } };
}
