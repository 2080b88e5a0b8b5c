import { type LedgerFile, openLedgerFile } from "./ledger-file.ts";
import { createFollowsReader } from "./follows.ts";
import { createFindings, type Findings } from "./reasons.ts";
import { createPaymentRule } from "./rules/payments.ts";
import { createReceiptRule, type Rule } from "./rules/receipts.ts";
import { createSaleRule, type ReadBack } from "./rules/sales.ts";
import { createShiftRule, createTotalsRule } from "./rules/shifts.ts";
import { checkIntegrity, checkSchema } from "./schema-check.ts";
import type { Threads } from "./signatures.ts";
import { databaseRows, exportRows } from "./sources.ts";
import { createTableChecks, type TableChecks } from "./tables/all.ts";
import type { PrivateValues } from "./tables/private-values.ts";
import { checkWorkingState } from "./tables/working-state.ts";
import { type Rows, walkRows } from "./walk-rows.ts";

/** Hears how many entries are done, and of how many where that is known. */
export type OnProgress = (done: number, total?: number) => void;

/** What one journal was found to be. */
export interface Pass {
  /** How many entries stand whole in their places, from the first on, and the last of them. */
  intact: { entries: number; head: { seq: number; hash: string } };
  /** How many rows there are, whether they hold or not; 0 for an export. */
  rows: number;
  /** Whether the journal breaks off there, with more behind it that proves nothing. */
  isBrokenOff: boolean;
  findings: Findings;
  ledger: string | null;
  /** The hashes at the places that were asked for, where those entries hold. */
  hashes: ReadonlyMap<number, string>;
  follows: ReturnType<ReturnType<typeof createFollowsReader>["found"]>;
  lastReceipt: number;
  totals: ReturnType<ReturnType<typeof createTotalsRule>["totals"]>;
  privateValues?: PrivateValues;
}

const progressEvery = 5000;

/** Everything that is held against the entries one after the other. */
interface Checks {
  findings: Findings;
  receipts: ReturnType<typeof createReceiptRule>;
  totals: ReturnType<typeof createTotalsRule>;
  payments: ReturnType<typeof createPaymentRule>;
  follows: ReturnType<typeof createFollowsReader>;
  rules: readonly Pick<Rule, "next">[];
}

function createChecks(readBack?: ReadBack): Checks {
  const findings = createFindings();
  const { report } = findings;
  const receipts = createReceiptRule(report);
  const totals = createTotalsRule(report);
  const payments = createPaymentRule(report);
  const follows = createFollowsReader();
  const rules = [receipts, payments, createSaleRule(report, readBack), createShiftRule(report), totals, follows];
  return { findings, receipts, totals, payments, follows, rules };
}

/** How a journal is read: whose threads check signatures, which places' hashes are asked for, and who hears how far it is. */
export interface PassOptions {
  threads: Threads;
  hashesAt?: readonly number[];
  onProgress?: OnProgress | undefined;
}

/** Reads an export from its first entry to its last. */
export function passExport(file: string, options: PassOptions): Promise<Pass> {
  return passOver(exportRows(file), createChecks(), options);
}

/**
 * Reads a ledger's database: its journal, what is made from it, and what stands beside it.
 * @throws TillError `folder.in-use` while a till holds it, `ledger.damaged` when it is not a ledger.
 */
export async function passDatabase(name: string, options: PassOptions): Promise<Pass> {
  const file = openLedgerFile(name);
  try {
    const checks = createChecks(textReader(file));
    const { report } = checks.findings;
    const schema = checkSchema(file, report);
    checkIntegrity(file, report);
    // What is declared there in place of the table is not to be run.
    if (!schema.isTable("journal")) return { ...(await passOver([], checks, options)), isBrokenOff: true };
    const tables = createTableChecks({ file, schema, payments: checks.payments, report });
    const total = Number(file.lookUp("SELECT max(seq) FROM journal")()?.[0] ?? 0);
    const pass = await passOver(databaseRows(file), checks, options, { tables, total });
    checkWorkingState(file, schema, report);
    const privateValues = pass.isBrokenOff ? undefined : tables.privateValues();
    return privateValues === undefined ? pass : { ...pass, privateValues };
  } finally {
    file.close();
  }
}

/** Reads the text of an entry once more; what is no text is none. */
function textReader(file: LedgerFile): ReadBack {
  let lookUp: ReturnType<LedgerFile["lookUp"]> | undefined;
  return (seq) => {
    // Prepared when it is first asked for, behind the check of the schema.
    lookUp ??= file.lookUp("SELECT text FROM journal WHERE seq = ?");
    const text = lookUp(seq)?.[0];
    return typeof text === "string" ? text : undefined;
  };
}

async function passOver(
  rows: Rows,
  checks: Checks,
  { threads, hashesAt, onProgress }: PassOptions,
  { tables, total = 0 }: { tables?: TableChecks; total?: number } = {},
): Promise<Pass> {
  const { findings, rules } = checks;
  const wanted = new Set(hashesAt);
  const hashes = new Map<number, string>();
  const walked = await walkRows(rows, threads, (entry) => {
    const { seq, problem, hash } = entry;
    if (problem !== undefined) findings.report({ seq, ...problem });
    for (const rule of rules) rule.next(entry);
    tables?.next(entry);
    if (wanted.has(seq)) hashes.set(seq, hash);
    if (seq % progressEvery === 0) onProgress?.(seq, total === 0 ? undefined : total);
  });
  const { broken, head, ledger } = walked;
  if (broken === undefined) tables?.finish(head.seq);
  else {
    // What was read behind a wrong signature is not proven to be the till's.
    findings.forgetFrom(broken.seq);
    findings.report(broken);
    for (const seq of hashes.keys()) if (seq > head.seq) hashes.delete(seq);
  }
  return {
    intact: { entries: head.seq, head },
    rows: total,
    isBrokenOff: broken !== undefined,
    findings,
    ledger,
    hashes,
    follows: checks.follows.found(),
    lastReceipt: checks.receipts.last(),
    totals: checks.totals.totals(),
  };
}
