import { parseCanonical } from "../../sync/protocol/canonical.ts";
import { entryFieldsSchema } from "../../sync/protocol/entry.ts";
import type { Perpetual } from "../../sync/protocol/entry-types.ts";
import type { Queryable } from "../database/database.ts";
import { PlatformError } from "../http/errors.ts";
import { entriesAfter } from "../ingest/entry-store.ts";
import {
  addToTotals,
  higherReceipt,
  noTotals,
  readPerpetual,
  readTotals,
  type HighestReceipt,
  type LedgerTotals,
  type TotalsRow,
} from "../projection/ledger-totals.ts";

/** What the platform knows of a till over all its ledgers, and of each ledger what the till had ever settled at its end. */
export type TillTotals = { receipt: HighestReceipt; perpetuals: ReadonlyMap<string, Perpetual> };

type Row = TotalsRow & { ledger: string; head_seq: number; read_seq: number; agreed_perpetual: string | null };

const pageEntries = 200;
/** More than this is read by the projector alone: whoever asks comes back when it has. */
const maximumUnreadEntries = 20_000;
/** A till stops at its first fork, so more than a few are somebody's play. */
const maximumForkedEntries = 100;

/**
 * The totals of a till's ledgers to their very ends: what the projector has not read yet is read here, because a receipt
 * number that is given too low is printed twice. Numbers count that were given out to a new ledger, and those of forks: each
 * may be on paper.
 * @throws PlatformError `busy` while very much is unread.
 */
export async function totalsOfTill(database: Queryable, tillId: string): Promise<TillTotals> {
  const result = await database.query<Row>(
    `select l.id as ledger, l.head_seq, m.seq as read_seq, m.receipt_number, m.receipt_code, m.perpetual,
       s.perpetual as agreed_perpetual
     from ledgers l join projection_marks m on m.ledger = l.id left join successions s on s.successor = l.id
     where l.till_id = $1`,
    [tillId],
  );
  const unread = result.rows.reduce((sum, row) => sum + row.head_seq - row.read_seq, 0);
  if (unread > maximumUnreadEntries) {
    throw new PlatformError("busy", `${unread} entries of this till are being read`, { retryAfterSeconds: 5 });
  }
  let receipt = await receiptElsewhere(database, tillId);
  const perpetuals = new Map<string, Perpetual>();
  for (const row of result.rows) {
    const totals = await totalsAtEnd(database, row);
    // Of a ledger that nothing has come of, what it was to go on from is the newest that is known.
    const perpetual = row.head_seq === 0 ? readPerpetual(row.agreed_perpetual) : totals.perpetual;
    receipt = higherReceipt(receipt, totals.receipt);
    if (perpetual !== null) perpetuals.set(row.ledger, perpetual);
  }
  return { receipt, perpetuals };
}

async function totalsAtEnd(database: Queryable, row: Row): Promise<LedgerTotals> {
  let totals = readTotals(row);
  let after = row.read_seq;
  while (after < row.head_seq) {
    const { entries } = await entriesAfter(database, row.ledger, after, Math.min(pageEntries, row.head_seq - after));
    if (entries.length === 0) throw new Error(`Entry ${after + 1} of ${row.ledger} is below the mark but not stored`);
    totals = entries.reduce((before, { text }) => withText(before, text), totals);
    after += entries.length;
  }
  return totals;
}

async function receiptElsewhere(database: Queryable, tillId: string): Promise<HighestReceipt> {
  const given = await database.query<HighestReceipt>(
    `select receipt_number as number, receipt_code as code from successions where till_id = $1
     order by receipt_number desc limit 1`,
    [tillId],
  );
  const forked = await database.query<{ text: Buffer }>(
    `select f.text from forked_entries f join ledgers l on l.id = f.ledger where l.till_id = $1
     order by f.seq desc limit ${maximumForkedEntries}`,
    [tillId],
  );
  return forked.rows
    .map(({ text }) => withText(noTotals, text.toString("utf8")).receipt)
    .reduce(higherReceipt, given.rows[0] ?? noTotals.receipt);
}

function withText(totals: LedgerTotals, text: string): LedgerTotals {
  return addToTotals(totals, entryFieldsSchema.parse(parseCanonical(text)));
}
