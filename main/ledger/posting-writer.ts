import type { Statement } from "better-sqlite3";
import type { Posting } from "../../sync/protocol/entry.ts";
import type { LedgerDatabase } from "./database.ts";

/** Legs that go into one statement. A usual sale has three to six, so nearly every sale is one statement per table. */
const legsPerStatement = 16;

/** Writes the legs of entries and adds them to the balances. */
export interface PostingWriter {
  write(seq: number, postings: readonly Posting[]): void;
}

/** A posting writer with one prepared statement per number of legs, made when first needed. */
export function createPostingWriter(database: LedgerDatabase): PostingWriter {
  const legStatements: (Statement | undefined)[] = [];
  const balanceStatements: (Statement | undefined)[] = [];

  function writeChunk(seq: number, firstLeg: number, postings: readonly Posting[]): void {
    const count = postings.length;
    const legs = (legStatements[count] ??= prepareLegs(database, count));
    const balances = (balanceStatements[count] ??= prepareBalances(database, count));
    const legValues: unknown[] = [];
    const balanceValues: unknown[] = [];
    for (const [index, { account, currency, amountMinor }] of postings.entries()) {
      // Bound as 64 bits: a double beyond 2^51 does not pass into an INTEGER column of a STRICT table.
      const amount = BigInt(amountMinor);
      legValues.push(seq, firstLeg + index, account, currency, amount);
      balanceValues.push(account, currency, amount);
    }
    legs.run(legValues);
    balances.run(balanceValues);
  }

  return {
    write(seq, postings) {
      for (let leg = 0; leg < postings.length; leg += legsPerStatement) {
        writeChunk(seq, leg, postings.slice(leg, leg + legsPerStatement));
      }
    },
  };
}

function prepareLegs(database: LedgerDatabase, count: number): Statement {
  const rows = Array.from({ length: count }, () => "(?, ?, ?, ?, ?)").join(", ");
  return database.prepare(`INSERT INTO postings (seq, leg, account, currency, amount_minor) VALUES ${rows}`);
}

function prepareBalances(database: LedgerDatabase, count: number): Statement {
  const rows = Array.from({ length: count }, () => "(?, ?, ?)").join(", ");
  return database.prepare(
    `INSERT INTO balances (account, currency, amount_minor) VALUES ${rows}
     ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor`,
  );
}
