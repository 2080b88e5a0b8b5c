/** Fields by their names, nothing known of the values. */
export type Fields = Readonly<Record<string, unknown>>;

/** What an entry says of the ledger that this one goes on from, as far as it is checked. */
export interface FollowsBody {
  ledger: string;
  seq: number;
  hash: string;
  reason: string;
  missing?: { fromSeq: number; toSeq: number };
  receiptNumber?: number;
  perpetual?: PerpetualBody;
  approval?: { by: string };
}

/** What a till has ever settled. */
export interface PerpetualBody {
  zNumber: number;
  sales: number;
  salesMinor: number;
  refunds: number;
  refundsMinor: number;
}

/** How a sale was paid. */
export type TenderBody =
  | { kind: "cash"; amountMinor: number; tenderedMinor: number; changeMinor: number }
  | { kind: "wallet"; amountMinor: number; paymentId: string };

/** Where the money of a refund went. */
export type PayoutBody =
  | { kind: "cash"; amountMinor: number; paidOutMinor: number }
  | { kind: "wallet"; amountMinor: number; paymentId: string };

interface Receipt {
  saleId: string;
  receiptNumber: number;
  receiptCode: string;
  currency: string;
  totalMinor: number;
}

interface Paper {
  saleId: string;
  receiptCode: string;
  jobId: string;
}

interface Payment {
  paymentId: string;
  saleId: string;
}

/** The bodies that are looked into, with the fields that are. */
export interface Bodies {
  "ledger.opened": { follows?: FollowsBody };
  "till.enrolled": {
    tillId: string;
    tillNumber: number;
    storeId: string;
    platformRoot: string;
    requestKeyId: string;
    follows?: FollowsBody;
  };
  "till.signed-out": { tillId: string };
  "shift.opened": { shift: string; drawer: string; floatMinor: number; currency: string };
  "shift.closed": {
    shift: string;
    drawer: string;
    currency: string;
    fromSeq: number;
    sales: number;
    salesMinor: number;
    cashMinor: number;
    walletMinor: number;
    expectedCashMinor: number;
    countedCashMinor: number;
    differenceMinor: number;
    refunds?: number;
    refundsMinor?: number;
    refundsWalletMinor?: number;
    commissionMinor?: number;
    perpetual?: PerpetualBody;
    unread?: number;
  };
  "sale.settled": Receipt & { tenders: TenderBody[] };
  "refund.settled": Receipt & { refundId: string; paidOutMinor: number; payouts?: PayoutBody[] };
  "payment.created": Payment & {
    amountMinor: number;
    currency: string;
    number: string;
    codeHash: string;
    rail?: string;
  };
  "payment.sent": Payment;
  "payment.paid": Payment & {
    amountMinor: number;
    currency: string;
    transactionId: string;
    commissionMinor?: number;
  };
  "payment.declined": Payment & { code: string };
  "payment.waiting": Payment;
  "payment.unknown": Payment & { reason: string };
  "payment.reversing": Payment & { reason: string };
  "payment.reversed": Payment & { amountMinor: number; currency: string };
  "receipt.printed": Paper & { proof: string };
  "receipt.failed": Paper & { code: string };
  "receipt.reprinted": Paper & { copy: number };
  incident: { code: string; detail: string };
}

/** A type with a body that was looked into and found as it should be. */
export type KnownBody = { [Type in keyof Bodies]: { type: Type; body: Bodies[Type] } }[keyof Bodies];

/** What a value has to be: `other` is any value, which nothing here looks into. */
type Kind = "text" | "integer" | "id" | "other" | ((value: unknown) => "well" | "strange" | "malformed");

interface Shape {
  readonly needs: Readonly<Record<string, Kind>>;
  readonly may: Readonly<Record<string, Kind>>;
}

/** A shape as it is looked things up in: every body of a journal is held against one. */
interface ReadyShape {
  readonly kinds: ReadonlyMap<string, { kind: Kind; isNeeded: boolean }>;
  readonly needed: number;
}

const payment = { paymentId: "id", saleId: "id" } as const;
const money = { amountMinor: "integer", currency: "text" } as const;
const paper = { saleId: "id", receiptCode: "text", jobId: "id" } as const;
const legs = { postings: "other" } as const;
const perpetual = {
  zNumber: "integer",
  sales: "integer",
  salesMinor: "integer",
  refunds: "integer",
  refundsMinor: "integer",
} as const;
const follows = {
  needs: { ledger: "id", seq: "integer", hash: "text", reason: "text" },
  may: {
    missing: nested({ needs: { fromSeq: "integer", toSeq: "integer" }, may: {} }),
    receiptNumber: "integer",
    receiptCode: "text",
    perpetual: nested({ needs: perpetual, may: {} }),
    approval: nested({ needs: { by: "text" }, may: { statement: "text", person: "text" } }),
  },
} as const;
const receipt = {
  saleId: "id",
  receiptNumber: "integer",
  receiptCode: "text",
  currency: "text",
  priceIncludesTax: "other",
  lines: "other",
  taxes: "other",
  totalMinor: "integer",
  ...legs,
} as const;
const beside = { depositMinor: "integer", noteCommitment: "text" } as const;
const tenders: ReadonlyMap<unknown, ReadyShape> = readyAll({
  cash: {
    needs: { kind: "text", amountMinor: "integer", tenderedMinor: "integer", changeMinor: "integer" },
    may: { roundingMinor: "integer" },
  },
  wallet: {
    needs: { kind: "text", amountMinor: "integer", paymentId: "id" },
    may: { number: "text", rail: "text" },
  },
});

const payouts: ReadonlyMap<unknown, ReadyShape> = readyAll({
  cash: {
    needs: { kind: "text", amountMinor: "integer", paidOutMinor: "integer" },
    may: { roundingMinor: "integer" },
  },
  wallet: {
    needs: { kind: "text", amountMinor: "integer", paymentId: "id" },
    may: { number: "text", rail: "text" },
  },
});

const shapes = readyAll({
  "ledger.opened": {
    needs: { keyId: "text", publicKey: "text", epoch: "integer" },
    may: { follows: nested(follows) },
  },
  "till.enrolled": {
    needs: { tillId: "id", tillNumber: "integer", storeId: "text", platformRoot: "text", requestKeyId: "text" },
    may: { follows: nested(follows) },
  },
  "till.signed-out": { needs: { tillId: "id" }, may: {} },
  "shift.opened": { needs: { shift: "id", drawer: "text", floatMinor: "integer", currency: "text" }, may: legs },
  "shift.closed": {
    needs: {
      shift: "id",
      drawer: "text",
      currency: "text",
      fromSeq: "integer",
      sales: "integer",
      salesMinor: "integer",
      cashMinor: "integer",
      walletMinor: "integer",
      expectedCashMinor: "integer",
      countedCashMinor: "integer",
      differenceMinor: "integer",
    },
    may: {
      refunds: "integer",
      refundsMinor: "integer",
      refundsWalletMinor: "integer",
      commissionMinor: "integer",
      perpetual: nested({ needs: perpetual, may: {} }),
      unread: "integer",
      ...legs,
    },
  },
  "sale.settled": {
    needs: { ...receipt, tenders: listOf(tenders) },
    may: { ...beside, catalogCursor: "integer", discountMinor: "integer", ageCheck: "other", fiscal: "other" },
  },
  "refund.settled": {
    needs: { ...receipt, refundId: "id", paidOutMinor: "integer" },
    may: {
      ...beside,
      originalReceiptCode: "text",
      reason: "text",
      roundingMinor: "integer",
      reductions: "other",
      payouts: listOf(payouts),
    },
  },
  "payment.created": { needs: { ...payment, ...money, number: "text", codeHash: "text" }, may: { rail: "text" } },
  "payment.sent": { needs: payment, may: {} },
  "payment.paid": {
    needs: { ...payment, ...money, transactionId: "text" },
    may: { paidAt: "text", commissionMinor: "integer", ...legs },
  },
  "payment.declined": { needs: { ...payment, code: "text" }, may: {} },
  "payment.waiting": { needs: payment, may: {} },
  "payment.unknown": { needs: { ...payment, reason: "text" }, may: {} },
  "payment.reversing": { needs: { ...payment, reason: "text" }, may: {} },
  "payment.reversed": { needs: { ...payment, ...money }, may: legs },
  "receipt.printed": { needs: { ...paper, proof: "text" }, may: { evidence: "text" } },
  "receipt.failed": { needs: { ...paper, code: "text" }, may: {} },
  "receipt.reprinted": { needs: { ...paper, copy: "integer" }, may: {} },
  incident: { needs: { code: "text", detail: "text" }, may: {} },
} satisfies Record<keyof Bodies, Shape>);

/** Types that change nothing that is held against anything here; a newer version may say more in them. */
const passedOver: ReadonlySet<string> = new Set([
  "sale.parked",
  "sale.resumed",
  "sale.abandoned",
  "approval.granted",
  "price.overridden",
  "drawer.opened",
  "clock.jumped",
  "software.updated",
]);

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a value is a lower-case UUID. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && idPattern.test(value);
}

/**
 * Looks into the body of an entry. A body is `strange` when a newer version wrote it: its type, or a name in it, is not
 * known here. What it means then is not known either, and nothing is held against it. It is `malformed` when it lacks
 * what its type has always had.
 */
export function readBody(type: string, body: Fields): KnownBody | "passed-over" | "strange" | "malformed" {
  const shape = shapes.get(type);
  if (shape === undefined) return passedOver.has(type) ? "passed-over" : "strange";
  const outcome = hold(body, shape);
  return outcome === "well" ? ({ type, body } as unknown as KnownBody) : outcome;
}

function hold(fields: Fields, { kinds, needed }: ReadyShape): "well" | "strange" | "malformed" {
  let worst: "well" | "strange" = "well";
  let found = 0;
  for (const name in fields) {
    const known = kinds.get(name);
    if (known === undefined) {
      worst = "strange";
      continue;
    }
    const outcome = holdValue(fields[name], known.kind);
    if (outcome === "malformed") return outcome;
    if (outcome === "strange") worst = outcome;
    if (known.isNeeded) found += 1;
  }
  return found === needed ? worst : "malformed";
}

function holdValue(value: unknown, kind: Kind): "well" | "strange" | "malformed" {
  switch (kind) {
    case "other":
      return "well";
    case "text":
      return typeof value === "string" ? "well" : "malformed";
    case "integer":
      return Number.isSafeInteger(value) ? "well" : "malformed";
    case "id":
      return isId(value) ? "well" : "malformed";
    default:
      return kind(value);
  }
}

function ready({ needs, may }: Shape): ReadyShape {
  const kinds = new Map<string, { kind: Kind; isNeeded: boolean }>();
  for (const [name, kind] of Object.entries(may)) kinds.set(name, { kind, isNeeded: false });
  for (const [name, kind] of Object.entries(needs)) kinds.set(name, { kind, isNeeded: true });
  return { kinds, needed: Object.keys(needs).length };
}

function readyAll(all: Readonly<Record<string, Shape>>): ReadonlyMap<string, ReadyShape> {
  return new Map(Object.entries(all).map(([name, shape]) => [name, ready(shape)]));
}

/** A value that has a shape of its own. */
function nested(shape: Shape): (value: unknown) => "well" | "strange" | "malformed" {
  const held = ready(shape);
  return (value) => (isFields(value) ? hold(value, held) : "malformed");
}

/** Ways of paying, or of giving back. One that is not known is a newer version's. */
function listOf(known: ReadonlyMap<unknown, ReadyShape>): (value: unknown) => "well" | "strange" | "malformed" {
  return (value) => {
    if (!Array.isArray(value)) return "malformed";
    let worst: "well" | "strange" = "well";
    for (const each of value as unknown[]) {
      if (!isFields(each) || typeof each["kind"] !== "string") return "malformed";
      const shape = known.get(each["kind"]);
      const outcome = shape === undefined ? "strange" : hold(each, shape);
      if (outcome === "malformed") return outcome;
      if (outcome === "strange") worst = outcome;
    }
    return worst;
  };
}

/** Whether a value is an object with names. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
