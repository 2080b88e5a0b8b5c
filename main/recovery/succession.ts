import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Follows, SuccessionReason } from "../../sync/protocol/entry-types.ts";
import { idSchema, keyIdSchema, publicKeySchema, type Head } from "../../sync/protocol/entry.ts";
import { currencySchema } from "../../sync/protocol/money.ts";
import { verifySuccession } from "../../sync/protocol/succession.ts";
import { TillError } from "../contract/errors.ts";
import type { NewEntry } from "../ledger/entries.ts";
import type { IdSource } from "../ledger/ids.ts";
import { createSigningKey, openRequestKey } from "../ledger/keys.ts";
import { olderLedgersFolder } from "../ledger/older-ledgers.ts";
import { openLedger } from "../ledger/open.ts";
import type { PaymentSummary } from "../ledger/payment-reads.ts";
import { openRestoringLedger } from "../ledger/restoring.ts";
import { flushFolder } from "../ledger/flush-folder.ts";
import { keepEnrolmentFile, type EnrolmentFile } from "./enrolment-file.ts";
import type { PlatformRecords } from "./platform-records.ts";

/** What is known of the ledger that ends. */
export type OldLedger = {
  ledger: string;
  reason: SuccessionReason;
  /** Where its file ends, after all has been brought back that could be. */
  head: Head;
  /** The newest place that is known from anywhere. */
  lastKnown: Head;
  receiptNumber: number;
  receiptCode: string;
  perpetual?: Follows["perpetual"];
  /** Payments without an outcome: each is undone by the new ledger. */
  openPayments: readonly PaymentSummary[];
  /** What should lie in the drawer. */
  drawerMinor: number;
};

/** Who agrees to a new ledger. */
export type Approval = { by: "platform"; records: PlatformRecords } | { by: "manager"; person: string };

/** What a new ledger is made with. */
export type SuccessionParts = {
  folder: string;
  enrolment: EnrolmentFile;
  clock: { now(): number; zone: string };
  ids: IdSource;
  softwareVersion: string;
};

/** The setting that holds what should lie in the drawer when the first shift of the new ledger is opened. */
export const carriedFloatKey = "succession.float";

/** The setting that says that the platform has not yet been told of a new ledger that a manager agreed to. */
export const untoldSuccessionKey = "succession.untold";

/** The setting that says that the platform does not know the key that signs this till's requests: a new code is needed. */
export const enrolAgainKey = "enrolment.again";

/** Which ledger it will be: made and stored before anybody is asked, so that asking again means the same one. */
const planSchema = z.strictObject({
  old: idSchema,
  successor: idSchema,
  keyId: keyIdSchema,
  publicKey: publicKeySchema,
});
type Plan = z.infer<typeof planSchema>;

/**
 * Begins a new ledger in the place of the old one, whose file is kept in `ledgers/`. The new one's first entry names the old
 * one's last known place, what is missing, and who agreed; working state goes on in it, and payments without an outcome are
 * undone by it. It can be broken off anywhere and begun again: the old file is replaced in one step, at the end.
 * @throws SyncError when the platform cannot be asked, ProtocolError when its statement does not hold, TillError
 * `ledger.succession-refused` when it is about something else.
 */
export async function openSuccessor(parts: SuccessionParts, old: OldLedger, approval: Approval): Promise<Follows> {
  const next = join(parts.folder, "next");
  const plan = readOrMakePlan(parts, next, old.ledger);
  const follows = await agree(parts, plan, old, approval);
  const request = requestKeyOf(parts);
  const enrolment = { ...parts.enrolment, requestKeyId: request.keyId };
  makeNext({ ...parts, enrolment, isUnknown: request.isNew }, next, plan, old, follows);
  putInPlace(parts.folder, next, old.ledger);
  keepEnrolmentFile(parts.folder, { ...enrolment, ledger: plan.successor });
  return follows;
}

/** A till that has lost this key as well needs a code of its operator before the platform hears it again. */
function requestKeyOf({ folder, enrolment }: SuccessionParts): { keyId: string; isNew: boolean } {
  const keys = join(folder, "keys");
  try {
    return { keyId: openRequestKey(keys, enrolment.requestKeyId).keyId, isNew: false };
  } catch (error) {
    if (!(error instanceof TillError && error.code === "ledger.key-missing")) throw error;
    return { keyId: openRequestKey(keys).keyId, isNew: true };
  }
}

function readOrMakePlan({ ids }: SuccessionParts, next: string, old: string): Plan {
  const file = join(next, "plan.json");
  const read = existsSync(file) ? planSchema.safeParse(readJson(file)) : undefined;
  if (read?.success === true && read.data.old === old) return read.data;
  rmSync(next, { recursive: true, force: true });
  const keys = join(next, "keys");
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  const { keyId, publicKey } = createSigningKey(keys, "journal");
  const plan = { old, successor: ids.uuid(), keyId, publicKey };
  writeFileSync(file, JSON.stringify(plan), { mode: 0o600, flush: true });
  return plan;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // A plan that was torn while it was written has been told to nobody.
    return undefined;
  }
}

async function agree(parts: SuccessionParts, plan: Plan, old: OldLedger, approval: Approval): Promise<Follows> {
  const { ledger, reason, lastKnown, head, receiptNumber, receiptCode, perpetual } = old;
  const shared = { ledger, reason, receiptCode, ...(perpetual === undefined ? {} : { perpetual }) };
  if (approval.by === "manager") {
    return { ...shared, ...lastKnown, ...missingOf(head.seq, lastKnown.seq), receiptNumber, approval };
  }
  const { successor, publicKey: journalKey } = plan;
  const answer = await approval.records.succeed(ledger, { successor, journalKey, reason, lastKnown, receiptNumber });
  const claims = await verifySuccession(answer.statement, { rootHash: parts.enrolment.platformRoot });
  if (claims.old !== ledger || claims.successor !== successor || claims.journalKey !== journalKey) {
    throw new TillError("ledger.succession-refused", { detail: "statement" });
  }
  return {
    ...shared,
    seq: claims.oldSeq,
    hash: claims.oldHash,
    ...missingOf(Math.max(head.seq, answer.platformHead.seq), claims.oldSeq),
    receiptNumber: Math.max(receiptNumber, answer.receiptNumber, claims.receiptNumber),
    approval: { by: "platform", statement: answer.statement },
  };
}

function missingOf(heldSeq: number, lastSeq: number): Pick<Follows, "missing"> {
  return lastSeq > heldSeq ? { missing: { fromSeq: heldSeq + 1, toSeq: lastSeq } } : {};
}

type NextParts = SuccessionParts & { isUnknown: boolean };

function makeNext(parts: NextParts, next: string, plan: Plan, old: OldLedger, follows: Follows): void {
  for (const name of ["ledger.db", "ledger.db-wal", "marks"])
    rmSync(join(next, name), { recursive: true, force: true });
  const oldFile = join(parts.folder, "ledger.db");
  if (existsSync(oldFile)) {
    const working = openRestoringLedger(join(next, "ledger.db"));
    working.takeWorkingState(oldFile);
    working.close();
  }
  const { clock, ids, softwareVersion } = parts;
  const ledger = openLedger({
    folder: next,
    clock,
    ids,
    softwareVersion,
    disk: { reserveBytes: 0, lowBytes: 0, stopBytes: 0 },
    begin: { ledger: plan.successor, keyId: plan.keyId, follows },
  });
  try {
    ledger.append(
      [enrolled(parts), succeeded(parts, follows), ...old.openPayments.flatMap((payment) => undone(ids, payment))],
      () => {
        ledger.settings.save(carriedFloatKey, String(Math.max(0, old.drawerMinor)));
        if (follows.approval?.by === "manager") ledger.settings.save(untoldSuccessionKey, "1");
        if (parts.isUnknown) ledger.settings.save(enrolAgainKey, "1");
      },
    );
  } finally {
    ledger.close();
  }
}

function enrolled({ enrolment, ids }: SuccessionParts): NewEntry {
  const { tillId, tillNumber, storeId, platformRoot, requestKeyId } = enrolment;
  return { id: ids.uuid(), type: "till.enrolled", body: { tillId, tillNumber, storeId, platformRoot, requestKeyId } };
}

/** Managers read the incidents; this one says which entries nobody has any more. */
function succeeded({ ids }: SuccessionParts, { missing, reason, ledger }: Follows): NewEntry {
  const gap =
    missing === undefined ? "nothing is missing" : `entries ${missing.fromSeq} to ${missing.toSeq} are missing`;
  return {
    id: ids.uuid(),
    type: "incident",
    body: { code: "ledger.succeeded", detail: `${reason}: ${ledger}: ${gap}` },
  };
}

/** The shopper may have been charged, and no sale will ever stand for it here: the money goes back. */
function undone(ids: IdSource, payment: PaymentSummary): NewEntry[] {
  const { paymentId, saleId, amountMinor, number, codeHash, rail } = payment;
  const currency = currencySchema.parse(payment.currency);
  return [
    {
      id: ids.uuid(),
      type: "payment.created",
      body: { paymentId, saleId, amountMinor, currency, number, codeHash, rail },
    },
    { id: ids.uuid(), type: "payment.reversing", body: { paymentId, saleId, reason: "restart" } },
  ];
}

function putInPlace(folder: string, next: string, old: string): void {
  const keys = join(folder, "keys");
  for (const name of readdirSync(join(next, "keys"))) copyDurably(join(next, "keys", name), join(keys, name));
  const current = join(folder, "ledger.db");
  if (existsSync(current)) keepAs(current, olderLedgersFolder(folder), `${old}.db`);
  // The old file was closed in order, so that its log is empty; a log left here would be taken for the new file's.
  for (const left of ["-wal", "-shm"]) rmSync(`${current}${left}`, { force: true });
  renameSync(join(next, "ledger.db"), current);
  flushFolder(folder);
  rmSync(next, { recursive: true, force: true });
}

/** Gives a file a second name in another folder; it is never without one. An older file of that name is kept as well. */
export function keepAs(file: string, folder: string, name: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let kept = join(folder, name);
  for (let count = 2; existsSync(kept); count += 1) {
    if (statSync(kept).ino === statSync(file).ino) return kept;
    kept = join(folder, name.replace(/\.db$/, `-${count}.db`));
  }
  try {
    linkSync(file, kept);
  } catch {
    // A file system without links.
    copyDurably(file, kept);
  }
  flushFolder(folder);
  return kept;
}

function copyDurably(from: string, to: string): void {
  copyFileSync(from, to);
  const handle = openSync(to, "r+");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
