import { z } from "zod";
import { changeSchema } from "./change.ts";
import {
  hashSchema,
  headSchema,
  idSchema,
  keyIdSchema,
  publicKeySchema,
  signedEntrySchema,
  timeSchema,
} from "./entry.ts";
import { paymentNumberSchema, perpetualSchema, railSchema, successionReasonSchema } from "./entry-types.ts";
import { currencySchema, positiveAmountMinorSchema } from "./money.ts";

/** The protocol's major version, the first part of every path. */
export const protocolVersion = 1;

/** What the platform refuses a request with. The till has words for each. */
export const platformErrorCodes = [
  "auth.missing",
  "auth.invalid",
  "auth.nonce",
  "auth.revoked",
  "enrolment.code-unknown",
  "enrolment.code-used",
  "enrolment.code-expired",
  "ledger.not-yours",
  "ledger.fork",
  "ledger.gap",
  "ledger.bad-chain",
  "ledger.bad-signature",
  "request.invalid",
  "request.too-large",
  "not-found",
  "busy",
  "internal",
] as const;

/** What the platform refuses a request with. */
export type PlatformErrorCode = (typeof platformErrorCodes)[number];

/** The HTTP status that goes with each refusal. A till acts on the code; a status alone is all that a proxy knows. */
export const statusOfPlatformError: Readonly<Record<PlatformErrorCode, number>> = {
  "auth.missing": 401,
  "auth.invalid": 401,
  "auth.nonce": 401,
  "auth.revoked": 401,
  "enrolment.code-unknown": 404,
  "enrolment.code-used": 409,
  "enrolment.code-expired": 410,
  "ledger.not-yours": 403,
  "ledger.fork": 409,
  "ledger.gap": 409,
  "ledger.bad-chain": 409,
  "ledger.bad-signature": 409,
  "request.invalid": 400,
  "request.too-large": 413,
  "not-found": 404,
  busy: 503,
  internal: 500,
};

/** The body of every answer that is not a success. `detail` is for a log, never for a screen. */
export const platformErrorSchema = z.strictObject({
  code: z.enum(platformErrorCodes),
  detail: z.string().max(500).optional(),
  /** Where the platform stands, on `ledger.gap` and `ledger.fork`. */
  mark: headSchema.optional(),
});

/** The body of every answer that is not a success. */
export type PlatformErrorBody = z.infer<typeof platformErrorSchema>;

/** Why a charge was declined. A declined payment stays declined; a new try has a new id. */
export const declineCodes = [
  "wallet.insufficient",
  "wallet.blocked",
  "wallet.unknown",
  "token.invalid",
  "token.expired",
  "token.not-yet-valid",
  "token.used",
  "token.above-limit",
  "currency.mismatch",
  "payment.reversed",
  "rail.off",
  "rail.not-reached",
  "rail.code-invalid",
  "rail.code-expired",
  "rail.code-used",
  "rail.insufficient",
  "rail.above-limit",
  "rail.declined",
  "rail.not-confirmed",
] as const;

/** Why a charge was declined. */
export type DeclineCode = (typeof declineCodes)[number];

/** Enrols a till with a code that an operator made. The keys are the till's public ones; the private ones never leave it. */
export const enrolmentRequestSchema = z.strictObject({
  code: z.string().min(8).max(64),
  ledger: idSchema,
  journalKey: publicKeySchema,
  requestKey: publicKeySchema,
});

/** A platform's signed word on a new ledger, see `succession.ts`: a JWS in compact form. */
export const successionStatementSchema = z.string().min(1).max(4096);

/**
 * What a till goes on from that takes the place of one whose disk is gone. `receiptNumber` is the highest that the platform
 * knows of the till plus 100,000: receipts that never arrived may have been printed with higher numbers than any it knows, and
 * none may be used twice. Receipts go on behind it. `receiptCode` is the newest receipt that did arrive.
 */
export const enrolmentFollowsSchema = z.strictObject({
  ledger: idSchema,
  seq: z.int().min(0),
  hash: hashSchema,
  receiptNumber: z.int().min(0),
  receiptCode: z.string().max(32).optional(),
  statement: successionStatementSchema,
  perpetual: perpetualSchema.optional(),
});

/** What a till is told when it is enrolled. The same code with the same keys gives the same answer again. */
export const enrolmentResponseSchema = z.strictObject({
  tillId: idSchema,
  tillNumber: z.int().min(1).max(9999),
  storeId: z.string().min(1).max(64),
  /** The platform's root public key; the till holds its SHA-256 against the one in the enrolment code. */
  rootKey: publicKeySchema,
  epoch: z.int().min(1),
  /** Only where the code puts this till in the place of an older one: it keeps that one's id, number and receipts. */
  follows: enrolmentFollowsSchema.optional(),
});

/** Entries of one ledger in the order of their numbers. At most 200 of them and 1 MiB in all. */
export const pushRequestSchema = z.strictObject({ entries: z.array(signedEntrySchema).min(1).max(200) });

/**
 * Where the platform stands after a push: everything up to `mark` is stored, without a gap, and `mark.hash` is what it
 * holds there. `epoch` rises when the platform was restored from a backup.
 */
export const pushResponseSchema = z.strictObject({ epoch: z.int().min(1), mark: headSchema });

/** Where the platform stands. */
export type PushResponse = z.infer<typeof pushResponseSchema>;

/**
 * Entries of one ledger as the platform has them, in order and without a gap after the number that was asked for: what a
 * till restores from. `more` says that asking again at once gives more.
 */
export const entriesResponseSchema = z.strictObject({
  entries: z.array(signedEntrySchema).max(200),
  more: z.boolean(),
});

/**
 * What the platform holds of a ledger, asked without sending anything: the newest entry that is stored, and the highest receipt
 * number of the till over all its ledgers that was used or given out to a new ledger, 0 before the first.
 */
export const markResponseSchema = z.strictObject({
  epoch: z.int().min(1),
  mark: headSchema,
  receiptNumber: z.int().min(0),
});

/** What the platform holds of a ledger. */
export type MarkResponse = z.infer<typeof markResponseSchema>;

/**
 * Asks for a new ledger in the place of the one that the path names. The same successor with the same content gives the stored
 * answer again. `lastKnown` is the newest place of the old ledger that the till knows from its file, its marks or an earlier
 * answer; `receiptNumber` the newest receipt that it knows of.
 */
export const successionRequestSchema = z.strictObject({
  successor: idSchema,
  journalKey: publicKeySchema,
  reason: successionReasonSchema,
  lastKnown: headSchema,
  receiptNumber: z.int().min(0),
  /** The person who let the shop open while the platform could not be reached, and when. */
  approvedBy: z.string().min(1).max(64).optional(),
  openedAt: timeSchema.optional(),
});

/** Asks for a new ledger in the place of an old one. */
export type SuccessionRequest = z.infer<typeof successionRequestSchema>;

/**
 * The new ledger is taken. `statement` is what its first entry carries; `platformHead` is what the platform holds of the old
 * ledger, `receiptNumber` the highest of the till over all its ledgers, sales and refunds, that was used or given out before,
 * and `perpetual` what the till has ever settled as far as the platform can tell.
 */
export const successionResponseSchema = z.strictObject({
  statement: successionStatementSchema,
  platformHead: headSchema,
  receiptNumber: z.int().min(0),
  perpetual: perpetualSchema.optional(),
});

/** The new ledger is taken. */
export type SuccessionResponse = z.infer<typeof successionResponseSchema>;

/** Changes after a cursor, in order. `more` says that asking again at once gives more. */
export const pullResponseSchema = z.strictObject({
  epoch: z.int().min(1),
  changes: z.array(changeSchema).max(1000),
  cursor: z.int().min(0),
  more: z.boolean(),
});

/** Changes after a cursor. */
export type PullResponse = z.infer<typeof pullResponseSchema>;

/**
 * What the platform makes of an entry once it is stored: `needs-you` when a rule refuses it or its arithmetic differs,
 * `settled` when it is stored and backed up. Storage itself never waits for this.
 */
export const answerSchema = z.strictObject({
  cursor: z.int().min(1),
  ledger: idSchema,
  seq: z.int().min(1),
  state: z.enum(["needs-you", "settled"]),
  code: z.string().min(1).max(64),
  at: timeSchema,
});

/** What the platform makes of an entry once it is stored. */
export type Answer = z.infer<typeof answerSchema>;

/** Answers about this till's ledgers after a cursor, in order. */
export const answersResponseSchema = z.strictObject({
  answers: z.array(answerSchema).max(1000),
  cursor: z.int().min(0),
  more: z.boolean(),
});

/** What the platform makes of an entry when it is asked to look at it once more. The same word also comes as an answer. */
export const judgementResponseSchema = z.strictObject({
  state: z.enum(["needs-you", "settled"]),
  code: z.string().min(1).max(64),
});

/**
 * Asks for a shopper's money. The same `paymentId` again gives the stored answer; with other content it is refused. `token` is
 * the code as it was scanned. Where `rail` is absent it is the platform's own wallet.
 */
export const chargeRequestSchema = z.strictObject({
  paymentId: idSchema,
  saleId: idSchema,
  ledger: idSchema,
  amountMinor: positiveAmountMinorSchema,
  currency: currencySchema,
  number: paymentNumberSchema,
  token: z.string().min(8).max(1024),
  rail: railSchema.optional(),
});

/** Asks for a shopper's money. */
export type ChargeRequest = z.infer<typeof chargeRequestSchema>;

const chargeFields = {
  paymentId: idSchema,
  amountMinor: positiveAmountMinorSchema,
  currency: currencySchema,
  number: paymentNumberSchema,
};

/**
 * The state of a charge. `paid` and `declined` do not change by themselves; `reversed` is final: what was taken has gone back,
 * and what was never taken never will be (a charge that arrives after its reversal is declined with `payment.reversed`).
 * Only charges over another company's rail are ever something else: `waiting` while the shopper has to confirm on the phone,
 * `unknown` while the rail has not said what became of it, `reversing` while a reversal has not been confirmed by the rail.
 * Asked again, the platform asks the rail, where the last time is not just over.
 */
export const chargeResponseSchema = z.discriminatedUnion("state", [
  z.strictObject({
    state: z.literal("paid"),
    ...chargeFields,
    transactionId: z.string().min(1).max(64),
    paidAt: timeSchema,
    /** What the platform keeps of it by the merchant's terms; a platform of the first version does not say. */
    commissionMinor: positiveAmountMinorSchema.optional(),
  }),
  z.strictObject({ state: z.literal("declined"), ...chargeFields, code: z.enum(declineCodes) }),
  z.strictObject({ state: z.literal("reversed"), ...chargeFields, takenBefore: z.boolean() }),
  z.strictObject({ state: z.literal("waiting"), ...chargeFields }),
  z.strictObject({ state: z.literal("unknown"), ...chargeFields }),
  z.strictObject({ state: z.literal("reversing"), ...chargeFields }),
]);

/** The state of a charge. */
export type ChargeResponse = z.infer<typeof chargeResponseSchema>;

/** Undoes a charge, whether or not it has arrived. It names the whole of it, so that it can be stored before it does. */
export const reverseRequestSchema = z.strictObject({
  ...chargeFields,
  saleId: idSchema,
  ledger: idSchema,
  rail: railSchema.optional(),
});

/** Undoes a charge. */
export type ReverseRequest = z.infer<typeof reverseRequestSchema>;

/**
 * Charges that were made in this till's shop under a number that a shopper shows, the newest first: what shopper and shop find a
 * payment by. A number proves nothing.
 */
export const numberedChargesSchema = z.strictObject({
  charges: z
    .array(
      z.strictObject({
        paymentId: idSchema,
        saleId: idSchema,
        tillNumber: z.int().min(1).max(9999),
        at: timeSchema,
        rail: railSchema,
        charge: chargeResponseSchema,
      }),
    )
    .max(20),
});

/** Charges under a number. */
export type NumberedCharges = z.infer<typeof numberedChargesSchema>;

/** What any platform says of itself to anybody: its clock, and the nonce for the next signed request. */
export const helloResponseSchema = z.strictObject({
  protocol: z.int().min(1),
  time: timeSchema,
  nonce: z.string().min(8).max(128),
});

/** Claims of the JWT (RFC 7519, EdDSA) that authorises one request of a till. */
export const requestClaimsSchema = z.strictObject({
  /** The till's id. */
  iss: idSchema,
  aud: z.literal("suanpan-platform"),
  iat: z.int(),
  exp: z.int(),
  /** A nonce that the platform gave in `suanpan-nonce`. */
  nonce: z.string().min(8).max(128),
  /** Method and path with query, for example `POST /v1/charges`. */
  request: z.string().min(1).max(500),
  /** SHA-256 of the body's bytes, hexadecimal; of no bytes where there is no body. */
  bodyHash: hashSchema,
});

/** The header that carries the next nonce, on every answer. */
export const nonceHeader = "suanpan-nonce";

/** The `kid` of a request JWT. */
export const requestKeyIdSchema = keyIdSchema;

/** Every path of the protocol. Parts in braces are parameters. */
export const paths = {
  hello: "/v1/hello",
  enrolments: "/v1/enrolments",
  entries: "/v1/ledgers/{ledger}/entries",
  mark: "/v1/ledgers/{ledger}/mark",
  /** `{ledger}` is the old one. */
  succession: "/v1/ledgers/{ledger}/successor",
  judgement: "/v1/ledgers/{ledger}/entries/{seq}/judgement",
  changes: "/v1/changes",
  answers: "/v1/answers",
  pictures: "/v1/pictures/{hash}",
  charges: "/v1/charges",
  charge: "/v1/charges/{paymentId}",
  numberedCharges: "/v1/charges/numbered/{number}",
  reversal: "/v1/charges/{paymentId}/reversal",
  threads: "/v1/chat/threads",
  messages: "/v1/chat/threads/{threadId}/messages",
  read: "/v1/chat/threads/{threadId}/read",
} as const;
