import { isDeepStrictEqual } from "node:util";
import type { SuccessionRequest, SuccessionResponse } from "../../sync/protocol/api.ts";
import type { Head } from "../../sync/protocol/entry.ts";
import { signSuccession } from "../../sync/protocol/succession.ts";
import type { Till } from "../authorisation/till-access.ts";
import type { Database, Queryable } from "../database/database.ts";
import { PlatformError } from "../http/errors.ts";
import { addLedger, isJournalKeyTaken } from "../ingest/new-ledger.ts";
import type { PlatformKey } from "../keys.ts";
import {
  agreedHead,
  findSuccession,
  insertSuccession,
  isSucceeded,
  missingRange,
  type Succession,
  type SuccessionAsked,
} from "./succession-store.ts";
import { totalsOfTill } from "./till-totals.ts";

/** Who signs, and what time it is. */
export type Signer = { root: PlatformKey; nowMs: number };

/**
 * Lets a till go on in a new ledger in the place of an old one of its own. The same successor with the same content gives the
 * stored answer again. A second, different successor of one ledger is taken too, because a shop must be able to open, and is
 * brought to the operator's eyes by its first entry.
 * @param predecessor the old ledger.
 * @throws PlatformError `ledger.not-yours` where one of the ledgers is another till's, `request.invalid` where the successor is
 * there already with other content or its key is another ledger's, `busy` while much of the till is unread.
 */
export async function succeed(
  database: Database,
  till: Till,
  predecessor: string,
  request: SuccessionRequest,
  signer: Signer,
): Promise<SuccessionResponse> {
  const asked: SuccessionAsked = {
    successor: request.successor,
    predecessor,
    journalKey: request.journalKey,
    reason: request.reason,
    lastKnown: request.lastKnown,
    knownReceipt: request.receiptNumber,
    approvedBy: request.approvedBy ?? null,
    openedAt: request.openedAt ?? null,
  };
  return database.transaction(async (transaction) => {
    const platformHead = await lockOwnLedger(transaction, till.id, predecessor);
    const before = await findSuccession(transaction, asked.successor);
    if (before !== null) return answerAgain(before, till.id, asked);
    await refuseOthersLedger(transaction, till.id, asked.successor);
    await noteOtherHistory(transaction, asked, platformHead, new Date(signer.nowMs));
    return responseOf(await agree(transaction, till.id, asked, { platformHead, receiptsAhead: 0 }, signer));
  });
}

/**
 * Makes the new ledger, signs for it and stores what was agreed. The caller has locked the old ledger.
 * @param known where the old ledger stands here. Where `receiptsAhead` is above 0 the till knows nothing itself and receipts
 * skip so many numbers: that is an enrolment in the place of a till whose disk is gone.
 * @throws PlatformError `request.invalid` where the ledger is there already, or its key is another ledger's.
 */
export async function agree(
  transaction: Queryable,
  tillId: string,
  asked: SuccessionAsked,
  known: { platformHead: Head; receiptsAhead: number },
  signer: Signer,
): Promise<Succession> {
  const totals = await totalsOfTill(transaction, tillId);
  const isSecond = await isSucceeded(transaction, asked.predecessor);
  await addSuccessor(transaction, tillId, asked);
  const unsigned = {
    ...asked,
    tillId,
    platformHead: known.platformHead,
    platformReceipt: totals.receipt.number,
    receiptNumber: Math.max(asked.knownReceipt, totals.receipt.number) + known.receiptsAhead,
    receiptCode: totals.receipt.code,
    perpetual: totals.perpetuals.get(asked.predecessor) ?? null,
    byEnrolment: known.receiptsAhead > 0,
    isSecond,
    at: new Date(signer.nowMs),
  };
  const succession = { ...unsigned, statement: await stateThat(unsigned, signer) };
  await insertSuccession(transaction, succession);
  return succession;
}

async function addSuccessor(transaction: Queryable, tillId: string, asked: SuccessionAsked): Promise<void> {
  if (await isJournalKeyTaken(transaction, asked.journalKey)) {
    throw new PlatformError("request.invalid", "Another ledger has this journal key");
  }
  const { successor: id, journalKey } = asked;
  if (!(await addLedger(transaction, { id, tillId, journalKey }))) {
    throw new PlatformError("request.invalid", "The successor is a ledger already");
  }
}

async function stateThat(succession: Omit<Succession, "statement">, { root, nowMs }: Signer): Promise<string> {
  const head = agreedHead(succession);
  const missing = missingRange(succession);
  return signSuccession({
    privateKey: root.privateKey,
    rootKey: root.publicKey,
    claims: {
      old: succession.predecessor,
      oldSeq: head.seq,
      oldHash: head.hash,
      ...(missing === null ? {} : { missingFrom: missing.fromSeq, missingTo: missing.toSeq }),
      successor: succession.successor,
      journalKey: succession.journalKey,
      receiptNumber: succession.receiptNumber,
      reason: succession.reason,
      iat: Math.floor(nowMs / 1000),
    },
  });
}

async function lockOwnLedger(transaction: Queryable, tillId: string, ledger: string): Promise<Head> {
  const result = await transaction.query<{ till_id: string; head_seq: number; head_hash: Buffer }>(
    "select till_id, head_seq, head_hash from ledgers where id = $1 for update",
    [ledger],
  );
  const row = result.rows[0];
  if (row === undefined || row.till_id !== tillId) throw notYours();
  // One at a time for the whole till: its receipt numbers are counted over all its ledgers.
  await transaction.query("select 1 from tills where id = $1 for no key update", [tillId]);
  return { seq: row.head_seq, hash: row.head_hash.toString("hex") };
}

async function refuseOthersLedger(transaction: Queryable, tillId: string, ledger: string): Promise<void> {
  const found = await transaction.query("select 1 from ledgers where id = $1 and till_id <> $2", [ledger, tillId]);
  if (found.rowCount === 1) throw notYours();
}

/** A till that knows another entry where one is stored here tells of two histories, just as one that pushes it. */
async function noteOtherHistory(
  transaction: Queryable,
  { predecessor, lastKnown }: SuccessionAsked,
  platformHead: Head,
  at: Date,
): Promise<void> {
  if (lastKnown.seq > platformHead.seq) return;
  await transaction.query(
    `update ledgers set forked_at = coalesce(forked_at, $4) where id = $1 and exists (
       select 1 from entries e where e.ledger = $1 and e.seq = $2 and e.hash <> $3)`,
    [predecessor, lastKnown.seq, Buffer.from(lastKnown.hash, "hex"), at],
  );
}

function answerAgain(before: Succession, tillId: string, asked: SuccessionAsked): SuccessionResponse {
  if (before.tillId !== tillId) throw notYours();
  const { successor, predecessor, journalKey, reason, lastKnown, knownReceipt, approvedBy, openedAt } = before;
  const told = { successor, predecessor, journalKey, reason, lastKnown, knownReceipt, approvedBy, openedAt };
  if (!isDeepStrictEqual(told, asked)) {
    throw new PlatformError("request.invalid", "This successor was agreed with other content");
  }
  return responseOf(before);
}

function responseOf({ statement, platformHead, platformReceipt, perpetual }: Succession): SuccessionResponse {
  return { statement, platformHead, receiptNumber: platformReceipt, ...(perpetual === null ? {} : { perpetual }) };
}

function notYours(): PlatformError {
  return new PlatformError("ledger.not-yours", "This till has no such ledger");
}
