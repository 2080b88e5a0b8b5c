/** Why an entry, or what stands beside the journal, does not hold. */
export const brokenReasons = [
  // The text, the chain and the signatures: from here on nothing is proven.
  "unreadable",
  "not-canonical",
  "sequence",
  "other-ledger",
  "columns-differ",
  "id-repeated",
  "previous-hash",
  "stored-hash",
  "opening",
  "unknown-key",
  "signature",
  // What an entry says that is stored whole.
  "postings",
  "receipt-number",
  "payment-state",
  "refund",
  "shift-report",
  "running-total",
  // What stands around the journal.
  "database-damaged",
  "behind-mark",
  "mark-differs",
  "follows-differs",
  "schema-differs",
  "private-value",
  "projection-differs",
  "working-state",
] as const;

/** Why an entry, or what stands beside the journal, does not hold. */
export type BrokenReason = (typeof brokenReasons)[number];

/** What fills the words for a reason. */
export type BrokenParameters = Readonly<Record<string, string | number>>;

/** One thing that does not hold. `seq` is 0 where no entry is meant but the file as a whole. */
export interface Broken {
  seq: number;
  reason: BrokenReason;
  params: BrokenParameters;
}

/** Takes what a check has found. */
export type Report = (broken: Broken) => void;

/** What was found, in the order in which it was. */
export interface Findings {
  /** Keeps what was found, up to a bound; what comes after it is counted. */
  readonly report: Report;
  /** Forgets what was found about entries from this one on, because they are not proven to be the till's. */
  forgetFrom(seq: number): void;
  /** What a person reads first: the earliest broken entry, else the gravest thing around the journal. */
  first(): Broken | undefined;
  /** The first of them, and how many there are. */
  all(): { count: number; findings: Broken[] };
}

/** Findings that are kept: a ledger with more needs its operator whatever the next one is. */
const kept = 50;

const longestParameter = 200;

/** Reasons that are about what stands around the journal and not about one entry's own text, the gravest first. */
const aroundJournal = brokenReasons.slice(brokenReasons.indexOf("database-damaged"));

/** An empty list of findings. */
export function createFindings(): Findings {
  let findings: Broken[] = [];
  let count = 0;
  return {
    report({ seq, reason, params }) {
      count += 1;
      if (findings.length < kept) findings.push({ seq, reason, params: shortened(params) });
    },
    forgetFrom(seq) {
      const left = findings.filter((broken) => broken.seq < seq || aroundJournal.includes(broken.reason));
      count = left.length;
      findings = left;
    },
    first: () => findings.toSorted(byOrder)[0],
    all: () => ({ count, findings: findings.toSorted(byOrder) }),
  };
}

/** Entries come before what stands around them; among the latter a file that breaks off at an entry comes first. */
function byOrder(one: Broken, other: Broken): number {
  return aroundJournal.indexOf(one.reason) - aroundJournal.indexOf(other.reason) || one.seq - other.seq;
}

/** What somebody wrote into a file may be of any length. */
function shortened(params: BrokenParameters): BrokenParameters {
  const short = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === "string" ? value.slice(0, longestParameter) : value,
  ]);
  return Object.fromEntries(short) as BrokenParameters;
}
