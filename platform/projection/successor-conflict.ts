import type { AnswerCode } from "../../sync/protocol/answer-codes.ts";
import type { Follows } from "../../sync/protocol/entry-types.ts";
import type { Queryable } from "../database/database.ts";
import { agreedHead, findSuccession, missingRange, type Succession } from "../succession/succession-store.ts";
import type { Subject } from "./judge.ts";

type Opening = Extract<NonNullable<Subject>, { kind: "opened" | "replaced" }>;

/** What is wrong with what a ledger says of the one before it, held against what was agreed, or null. */
export async function successorConflict(
  transaction: Queryable,
  ledger: string,
  { kind, follows }: Opening,
): Promise<AnswerCode | null> {
  const agreed = await findSuccession(transaction, ledger);
  if (agreed === null) return follows === null ? null : "successor.not-agreed";
  if (follows === null) {
    // A till without a disk opens its ledger before it hears what it takes the place of; its enrolment says so then.
    if (agreed.byEnrolment) return agreed.isSecond ? "successor.twice" : null;
    return "successor.differs";
  }
  if (!isAsAgreed(follows, agreed)) return "successor.differs";
  return agreed.isSecond && kind === "opened" ? "successor.twice" : null;
}

/**
 * A ledger that a manager let open names what the till knew by itself; one that the platform agreed to before names what
 * stands in its statement. A till may have entries in its old file that the platform lacks, so it may name fewer as missing.
 */
function isAsAgreed(follows: Follows, agreed: Succession): boolean {
  const { approval, receiptNumber = 0 } = follows;
  if (follows.ledger !== agreed.predecessor || follows.reason !== agreed.reason) return false;
  if (approval?.by === "manager") {
    return (
      approval.person === agreed.approvedBy &&
      isAt(follows, agreed.lastKnown) &&
      receiptNumber >= agreed.knownReceipt &&
      (follows.missing === undefined || follows.missing.toSeq <= agreed.lastKnown.seq)
    );
  }
  return (
    approval?.statement === agreed.statement &&
    isAt(follows, agreedHead(agreed)) &&
    receiptNumber >= agreed.receiptNumber &&
    isWithin(follows.missing, missingRange(agreed))
  );
}

function isAt(follows: Follows, head: { seq: number; hash: string }): boolean {
  return follows.seq === head.seq && follows.hash === head.hash;
}

function isWithin(missing: Follows["missing"], agreed: ReturnType<typeof missingRange>): boolean {
  if (missing === undefined) return true;
  return agreed !== null && missing.fromSeq >= agreed.fromSeq && missing.toSeq <= agreed.toSeq;
}
