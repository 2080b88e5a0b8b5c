import {
  successionResponseSchema,
  type SuccessionRequest,
  type SuccessionResponse,
} from "../../../sync/protocol/api.ts";
import type { Follows, SuccessionReason } from "../../../sync/protocol/entry-types.ts";
import type { Answer, TestTill } from "./test-till.ts";

/** What a till asks when it goes on from where its old ledger stands in its own memory. */
export function successionOf(
  old: TestTill,
  newer: TestTill,
  reason: SuccessionReason,
  changes: Partial<SuccessionRequest> = {},
): SuccessionRequest {
  const { ledger: successor, journalKey } = newer;
  const lastKnown = old.head();
  return { successor, journalKey: journalKey.publicKey, reason, lastKnown, receiptNumber: 0, ...changes };
}

/** Asks for a new ledger in the place of an old one. */
export function askSuccessor(old: TestTill, request: SuccessionRequest): Promise<Answer> {
  return old.post(`/v1/ledgers/${old.ledger}/successor`, request);
}

/** Has a new ledger agreed, and gives the answer and what its first entry says of the old one. */
export async function succeedWith(
  old: TestTill,
  newer: TestTill,
  reason: SuccessionReason,
  changes: Partial<SuccessionRequest> = {},
): Promise<{ response: SuccessionResponse; follows: Follows }> {
  const request = successionOf(old, newer, reason, changes);
  const response = successionResponseSchema.parse((await askSuccessor(old, request)).body);
  const { platformHead, statement, perpetual } = response;
  const isBehind = request.lastKnown.seq > platformHead.seq;
  const receiptNumber = Math.max(request.receiptNumber, response.receiptNumber);
  const follows: Follows = {
    ledger: old.ledger,
    ...(isBehind ? request.lastKnown : platformHead),
    reason,
    ...(isBehind ? { missing: { fromSeq: platformHead.seq + 1, toSeq: request.lastKnown.seq } } : {}),
    receiptNumber,
    ...(perpetual === undefined ? {} : { perpetual }),
    approval: { by: "platform", statement },
  };
  return { response, follows };
}
