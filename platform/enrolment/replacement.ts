import type { z } from "zod";
import type { enrolmentFollowsSchema, enrolmentRequestSchema } from "../../sync/protocol/api.ts";
import type { Queryable } from "../database/database.ts";
import { PlatformError } from "../http/errors.ts";
import { keyIdOf } from "../keys.ts";
import { agree, type Signer } from "../succession/succeed.ts";
import { agreedHead, findSuccession } from "../succession/succession-store.ts";
import { takeBackIn } from "./revocation.ts";

type EnrolmentRequest = z.infer<typeof enrolmentRequestSchema>;
type EnrolmentFollows = z.infer<typeof enrolmentFollowsSchema>;

/**
 * How many receipt numbers are left out when a till's disk is gone: a till prints before it sends, so there may be receipts on
 * paper that nobody else has ever heard of. No till prints so many while it is out of reach.
 */
const receiptsAhead = 100_000;

/**
 * Puts a new disk in the place of a till whose old one is gone. The till keeps its id, its number and its receipts; its request
 * key is the new one, and the old one works no longer; the new ledger is the successor of its newest. A revoked till is taken
 * back by it, with what is in its held inbox: whoever had it cannot ask anything any more. `grown` are ledgers with more to
 * read than before.
 * @throws PlatformError `request.invalid` where a key or the ledger is another till's.
 */
export async function replaceTill(
  transaction: Queryable,
  request: EnrolmentRequest,
  tillId: string,
  signer: Signer,
): Promise<{ id: string; number: number; grown: readonly string[] }> {
  const grown = await takeBackIn(transaction, tillId);
  const number = await replaceRequestKey(transaction, tillId, request.requestKey);
  const { ledger, head } = await newestLedger(transaction, tillId);
  const asked = {
    successor: request.ledger,
    predecessor: ledger,
    journalKey: request.journalKey,
    reason: "new-disk" as const,
    lastKnown: head,
    knownReceipt: 0,
    approvedBy: null,
    openedAt: null,
  };
  await agree(transaction, tillId, asked, { platformHead: head, receiptsAhead }, signer);
  return { id: tillId, number, grown };
}

/** What the till of a new ledger goes on from, or null where the ledger takes nobody's place by an enrolment. */
export async function followsOf(transaction: Queryable, ledger: string): Promise<EnrolmentFollows | null> {
  const succession = await findSuccession(transaction, ledger);
  if (succession === null || !succession.byEnrolment) return null;
  const { predecessor, receiptNumber, receiptCode, statement, perpetual } = succession;
  return {
    ledger: predecessor,
    ...agreedHead(succession),
    receiptNumber,
    ...(receiptCode === null ? {} : { receiptCode }),
    statement,
    ...(perpetual === null ? {} : { perpetual }),
  };
}

async function replaceRequestKey(transaction: Queryable, tillId: string, requestKey: string): Promise<number> {
  const key = Buffer.from(requestKey, "hex");
  const replaced = await transaction.query<{ number: number }>(
    `update tills set request_key = $2, request_key_id = $3
     where id = $1 and not exists (select 1 from tills where request_key_id = $3) returning number`,
    [tillId, key, keyIdOf(key)],
  );
  const number = replaced.rows[0]?.number;
  if (number === undefined) throw new PlatformError("request.invalid", "A till has this request key already");
  return number;
}

async function newestLedger(
  transaction: Queryable,
  tillId: string,
): Promise<{ ledger: string; head: { seq: number; hash: string } }> {
  const result = await transaction.query<{ id: string; head_seq: number; head_hash: Buffer }>(
    "select id, head_seq, head_hash from ledgers where till_id = $1 order by position desc limit 1",
    [tillId],
  );
  const row = result.rows[0];
  if (row === undefined) throw new Error(`The till ${tillId} has no ledger`);
  return { ledger: row.id, head: { seq: row.head_seq, hash: row.head_hash.toString("hex") } };
}
