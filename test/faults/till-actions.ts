import { join } from "node:path";
import { readKnownEntry, type NewEntry } from "../../main/ledger/entries.ts";
import type { IdSource } from "../../main/ledger/ids.ts";
import { refundSale } from "../../main/sale/refund.ts";
import { closeShift, ensureShift } from "../../main/shift/shift.ts";
import { cashSale } from "../main/ledger/sales.ts";
import type { Chance } from "./random.ts";
import type { Say } from "./say.ts";
import type { Kept } from "./witness.ts";
import { commitmentTo, type WitnessedTill } from "./witnessed-till.ts";

/** What an action of the day works with. */
export interface ActionParts {
  till: WitnessedTill;
  ids: IdSource;
  chance: Chance;
  say: Say;
  /** Where backups go. */
  backups: string;
  /** Jobs, private values and parked sales that are there, by their names. */
  standing: string[];
}

/** One thing that happens at a till. */
export type Action = (parts: ActionParts) => void | Promise<void>;

/** A sale in cash whose basket goes and whose receipt is stored for the printer in the same commit. */
export function sellForCash({ till, ids, chance, standing }: ActionParts): void {
  const sale = cashSale(till.ledger, ids, 100 + chance.below(10_000));
  const job = `job ${ids.uuid()}`;
  const note = chance.oneIn(4) ? `For Mr ${chance.below(1000)}` : undefined;
  const kept: Kept[] = note === undefined ? [] : [[`private ${sale.id} note`, note]];
  const body = note === undefined ? sale.body : { ...sale.body, noteCommitment: commitmentTo(note) };
  till.append([{ ...sale, body }], [["basket", null], [job, "waiting"], ...kept]);
  standing.push(job, ...kept.map(([name]) => name));
}

/** A wallet's payment, step by step, and the sale that it pays. */
export function sellForWallet({ till, ids, chance }: ActionParts): void {
  const amountMinor = 100 + chance.below(10_000);
  const sale = cashSale(till.ledger, ids, amountMinor);
  const payment = { paymentId: ids.uuid(), saleId: sale.body.saleId };
  const money = { amountMinor, currency: "CNY" as const };
  const legs = [
    { account: "wallet:online", ...money },
    { account: "suspense", ...money, amountMinor: -amountMinor },
  ];
  const paid = { ...payment, ...money, transactionId: "t", paidAt: "2026-11-20T14:32:09.120+08:00", postings: legs };
  const number = String(chance.below(100_000_000)).padStart(8, "0");
  const created = { ...payment, ...money, rail: "wallet" as const, number, codeHash: "c".repeat(64) };
  till.append([{ id: ids.uuid(), type: "payment.created", body: created }]);
  till.append([{ id: ids.uuid(), type: "payment.sent", body: payment }]);
  if (chance.oneIn(5)) {
    till.append([{ id: ids.uuid(), type: "payment.declined", body: { ...payment, code: "wallet.too-little" } }]);
    return;
  }
  const [, ...income] = sale.body.postings;
  const postings = [{ account: "suspense", ...money }, ...income];
  const tenders = [{ kind: "wallet" as const, amountMinor, paymentId: payment.paymentId, number }];
  till.append([
    { id: ids.uuid(), type: "payment.paid", body: paid },
    { ...sale, body: { ...sale.body, tenders, postings } },
  ]);
}

/** Gives back one of the last sales in cash, unless that was done. */
export function giveBack({ till, ids, chance }: ActionParts): void {
  const { ledger } = till;
  const sales = ledger
    .recentSales(30)
    .filter(({ kind, saleId }) => kind === "sale" && ledger.refundsOf(saleId).length === 0);
  const stored = ledger.entry(sales[chance.below(Math.max(1, sales.length))]?.seq ?? 0);
  const sale = stored === undefined ? undefined : readKnownEntry(stored.text);
  if (sale?.type !== "sale.settled") return;
  const receiptNumber = ledger.nextReceiptNumber();
  const parts = {
    refundId: ids.uuid(),
    reason: "faulty",
    drawer: "1",
    receiptNumber,
    tillNumber: 1,
    cashRoundingMinor: 1,
  } as const;
  till.append([{ id: ids.uuid(), type: "refund.settled", body: refundSale(sale.body, parts) }]);
}

/** Opens the shift, or closes it and opens the next. */
export function changeShift({ till, ids, chance }: ActionParts): void {
  const parts = { ledger: till.ledger, newId: () => ids.uuid(), currency: "CNY" as const };
  if (till.ledger.openShift() === undefined) ensureShift(parts, chance.below(50_000));
  else closeShift(parts, chance.below(50_000));
}

function keepSomething({ till, ids, chance, standing }: ActionParts): void {
  const text = "x".repeat(chance.below(3000));
  const parked = `parked ${ids.uuid()}`;
  const choice = chance.below(4);
  if (choice === 0) till.keep([[`setting s${chance.below(5)}`, chance.oneIn(4) ? null : text]]);
  if (choice === 1) till.keep([["basket", `basket ${chance.below(1000)} ${text}`]]);
  if (choice === 2) {
    till.keep([
      [parked, `parked ${text}`],
      ["basket", null],
    ]);
    standing.push(parked);
  }
  if (choice === 3) {
    till.keep([
      [`setting s${chance.below(3)}`, text],
      [`setting t${chance.below(3)}`, "also"],
    ]);
  }
}

/** A job goes on, a private value is deleted, a parked sale is taken up again. */
function endSomething({ till, ids, chance, standing }: ActionParts): void {
  const name = standing.splice(chance.below(standing.length), 1)[0];
  if (name === undefined) return;
  if (!name.startsWith("job ")) return till.keep([[name, null]]);
  const [, jobId = ""] = name.split(" ");
  till.keep([[name, "sending"]]);
  const saleId = ids.uuid();
  const printed: NewEntry = {
    id: ids.uuid(),
    type: "receipt.printed",
    body: { saleId, receiptCode: "1-1", jobId, proof: "probably", evidence: "" },
  };
  till.append([printed], [[name, "printed"]]);
}

/** A backup while selling goes on. */
export async function backUp(parts: ActionParts): Promise<void> {
  const { till, backups, say } = parts;
  const { seq } = till.ledger.head();
  const file = join(backups, `backup-${seq}.db`);
  let steps = 0;
  await till.ledger.copyTo(file, () => {
    steps += 1;
    if (steps < 4) sellForCash(parts);
  });
  say({ say: "copied", file, seq });
}

/** The event loop turns, so that the marks can be flushed. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What happens how often. */
const shares: readonly [number, Action][] = [
  [10, sellForCash],
  [3, sellForWallet],
  [2, giveBack],
  [1, changeShift],
  [5, keepSomething],
  [4, endSomething],
  [4, breathe],
];

/** Something that happens at a till, by chance. */
export function anyAction(chance: Chance): Action {
  let left = chance.below(shares.reduce((sum, [share]) => sum + share, 0));
  for (const [share, action] of shares) {
    if (left < share) return action;
    left -= share;
  }
  return sellForCash;
}
