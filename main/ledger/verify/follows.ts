import type { FollowsBody } from "./bodies.ts";
import type { Report } from "./reasons.ts";
import type { WalkedEntry } from "./walk.ts";

/** The older ledger that a ledger goes on from, as one of its entries says, and how that ledger's file stands to it. */
export interface Follows {
  /** The entry that says it. */
  atSeq: number;
  ledger: string;
  /** The newest place in the older ledger that was known from anywhere. */
  seq: number;
  hash: string;
  /** Why the till went on in a new ledger. */
  reason: string;
  /** Entries up to there that nobody had any more. */
  missing: { fromSeq: number; toSeq: number } | null;
  /** The last receipt of the older one, where it was known. */
  receiptNumber: number | null;
  /** Who agreed to it. */
  approvedBy: string | null;
  /** `absent` where the older file is not at hand, or was not looked for. */
  file: "agrees" | "differs" | "absent" | "unreadable";
}

/** Where an older ledger ends, as far as it holds. */
export interface OlderEnd {
  entries: number;
  /** How many rows there are, whether they hold or not. */
  rows: number;
  /** Whose entries the file holds; null where not even the first one does. */
  ledger: string | null;
  /** The hash at the place that is followed, empty where that entry does not hold. */
  hashAtFollowed: string;
  receiptNumber: number;
  totals: { sales: number; salesMinor: number; refunds: number; refundsMinor: number } | undefined;
}

/** Gathers what the entries say of older ledgers. The last one that does is the one that counts. */
export function createFollowsReader(): { next(entry: WalkedEntry): void; found(): [Follows, FollowsBody][] } {
  const found: [Follows, FollowsBody][] = [];
  return {
    next({ seq, known }) {
      if (known?.type !== "ledger.opened" && known?.type !== "till.enrolled") return;
      const { follows } = known.body;
      if (follows !== undefined && found.length < 100) found.push([toFollows(seq, follows), follows]);
    },
    found: () => found,
  };
}

function toFollows(atSeq: number, { missing, approval, receiptNumber, ...follows }: FollowsBody): Follows {
  const { ledger, seq, hash, reason } = follows;
  return {
    atSeq,
    ledger,
    seq,
    hash,
    reason,
    missing: missing ?? null,
    receiptNumber: receiptNumber ?? null,
    approvedBy: approval?.by ?? null,
    file: "absent",
  };
}

/** Reasons for which the older file holds all that is followed. For others it may be short or broken. */
const wholeFor: ReadonlySet<string> = new Set(["key-missing"]);

/** Holds what a ledger says of the one it follows against what that one's file holds, if it can be read at all. */
export function checkFollows(
  follows: Follows,
  body: FollowsBody,
  older: OlderEnd | undefined,
  report: Report,
): Follows {
  // That a file cannot be read is what most ledgers with such a file were left for.
  if (older === undefined && !wholeFor.has(follows.reason)) return { ...follows, file: "unreadable" };
  const what = older === undefined ? "unreadable" : differenceOf(follows, body, older);
  if (what === undefined) return { ...follows, file: "agrees" };
  const { atSeq, ledger, seq } = follows;
  const stated = what === "receipt" ? (body.receiptNumber ?? 0) : seq;
  const params = { ledger, what, stated, counted: older === undefined ? 0 : countedOf(what, older) };
  report({ seq: atSeq, reason: "follows-differs", params });
  return { ...follows, file: "differs" };
}

type Difference = "ledger" | "hash" | "more" | "less" | "receipt" | "totals" | "unreadable";

function differenceOf(follows: Follows, body: FollowsBody, older: OlderEnd): Difference | undefined {
  const { seq, hash, reason, missing } = follows;
  if (older.ledger !== null && older.ledger !== follows.ledger) return "ledger";
  // In a file that was left for being damaged, the number of rows may be anything.
  if ((wholeFor.has(reason) ? older.rows : older.entries) > seq) return "more";
  if (older.hashAtFollowed !== "" && older.hashAtFollowed !== hash) return "hash";
  const isMissing = missing !== null && missing.fromSeq <= older.entries + 1;
  if (older.entries < seq && !isMissing && wholeFor.has(reason)) return "less";
  if (body.receiptNumber !== undefined && older.receiptNumber > body.receiptNumber) return "receipt";
  if (older.totals === undefined || body.perpetual === undefined) return undefined;
  const { totals } = older;
  const { perpetual } = body;
  const isShort = (["sales", "salesMinor", "refunds", "refundsMinor"] as const).some(
    (name) => perpetual[name] < totals[name],
  );
  return isShort ? "totals" : undefined;
}

function countedOf(what: Difference, older: OlderEnd): number {
  if (what === "receipt") return older.receiptNumber;
  return what === "more" ? older.rows : older.entries;
}
