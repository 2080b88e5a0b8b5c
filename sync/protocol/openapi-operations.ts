import { z } from "zod";
import {
  answersResponseSchema,
  chargeRequestSchema,
  chargeResponseSchema,
  numberedChargesSchema,
  enrolmentRequestSchema,
  enrolmentResponseSchema,
  entriesResponseSchema,
  helloResponseSchema,
  judgementResponseSchema,
  markResponseSchema,
  paths,
  platformErrorSchema,
  pullResponseSchema,
  pushRequestSchema,
  pushResponseSchema,
  requestClaimsSchema,
  reverseRequestSchema,
  successionRequestSchema,
  successionResponseSchema,
  type PlatformErrorCode,
} from "./api.ts";
import { changeSchema } from "./change.ts";
import {
  chatMessageSchema,
  chatReceiptSchema,
  messagesResponseSchema,
  newMessageSchema,
  readRequestSchema,
  shopThreadsResponseSchema,
} from "./chat.ts";
import { entryFieldsSchema, hashSchema, idSchema, signedEntrySchema } from "./entry.ts";
import { paymentNumberSchema } from "./entry-types.ts";
import { jsonSchema, type JsonObject, type JsonValue } from "./openapi-json.ts";
import {
  needsYouResponseSchema,
  operatorPaths,
  operatorThreadsResponseSchema,
  overviewResponseSchema,
  paymentsResponseSchema,
  reconcileRequestSchema,
  reconciliationDaySchema,
  reconciliationsResponseSchema,
} from "./operator-api.ts";
import { successionClaimsSchema } from "./succession.ts";
import {
  certificateRequestSchema,
  certificateResponseSchema,
  historyResponseSchema,
  walletPaths,
  walletSchema,
  walletThreadsResponseSchema,
} from "./wallet-api.ts";

/** Each schema by the name that it has in the document. Where one holds another, the document refers to it. */
export const schemasByName = {
  PlatformError: platformErrorSchema,
  Hello: helloResponseSchema,
  EnrolmentRequest: enrolmentRequestSchema,
  Enrolment: enrolmentResponseSchema,
  SignedEntry: signedEntrySchema,
  EntryFields: entryFieldsSchema,
  PushRequest: pushRequestSchema,
  PushResponse: pushResponseSchema,
  Entries: entriesResponseSchema,
  Mark: markResponseSchema,
  SuccessionRequest: successionRequestSchema,
  Succession: successionResponseSchema,
  SuccessionClaims: successionClaimsSchema,
  Change: changeSchema,
  Changes: pullResponseSchema,
  Answers: answersResponseSchema,
  ChargeRequest: chargeRequestSchema,
  Charge: chargeResponseSchema,
  NumberedCharges: numberedChargesSchema,
  ReverseRequest: reverseRequestSchema,
  RequestClaims: requestClaimsSchema,
  Judgement: judgementResponseSchema,
  ChatReceipt: chatReceiptSchema,
  ChatMessage: chatMessageSchema,
  NewMessage: newMessageSchema,
  Messages: messagesResponseSchema,
  Read: readRequestSchema,
  ShopThreads: shopThreadsResponseSchema,
  Wallet: walletSchema,
  WalletCertificateRequest: certificateRequestSchema,
  WalletCertificate: certificateResponseSchema,
  WalletHistory: historyResponseSchema,
  WalletThreads: walletThreadsResponseSchema,
  OperatorOverview: overviewResponseSchema,
  OperatorPayments: paymentsResponseSchema,
  OperatorNeedsYou: needsYouResponseSchema,
  OperatorReconciliations: reconciliationsResponseSchema,
  OperatorReconcile: reconcileRequestSchema,
  OperatorReconciliationDay: reconciliationDaySchema,
  OperatorThreads: operatorThreadsResponseSchema,
} as const satisfies Record<string, z.ZodType>;

/** The name of a schema of the document. */
export type SchemaName = keyof typeof schemasByName;

const parameters = {
  ledger: pathParameter("ledger", "The ledger's id.", idSchema),
  hash: pathParameter("hash", "SHA-256 of the picture's bytes.", hashSchema),
  paymentId: pathParameter("paymentId", "The payment's id, made by the till.", idSchema),
  afterSeq: queryParameter("after", "Give what follows this number; 0 from the start.", z.int().min(0), true),
  afterCursor: queryParameter("after", "Give what follows this cursor; 0 from the start.", z.int().min(0), true),
  seq: pathParameter("seq", "The entry's number in its ledger.", z.int().min(1)),
  number: pathParameter("number", "The eight digits that shopper and till show.", paymentNumberSchema),
  threadId: pathParameter("threadId", "The thread's id.", idSchema),
  after: queryParameter("after", "Give what follows this cursor, in order.", z.int().min(0), false),
  before: queryParameter("before", "Give what precedes this place, the newest first.", z.int().min(1), false),
  limit: queryParameter("limit", "At most this many; the platform may give fewer.", z.int().min(1).max(1000), false),
} as const;

/** One operation before the parts that all of them share are added. */
export type Operation = {
  summary: string;
  parameters?: JsonValue[];
  request?: SchemaName;
  /** A JSON answer by its schema's name, or the bytes of a picture. */
  answer: SchemaName | "picture";
  refusals: readonly PlatformErrorCode[];
  /** How the request is authorised: by a till's proof, a phone's session, the operator's token, or not at all. */
  by?: "session" | "operator" | "nobody";
};

const chargeRefusals = ["request.invalid", "ledger.not-yours"] as const satisfies PlatformErrorCode[];

type Methods = Partial<Record<"get" | "post", Operation>>;

const tillOperations: Readonly<Record<(typeof paths)[keyof typeof paths], Methods>> = {
  [paths.hello]: {
    get: { summary: "The platform's clock and a nonce", answer: "Hello", refusals: [], by: "nobody" },
  },
  [paths.enrolments]: {
    post: {
      summary: "Enrol a till with a code; the same code with the same keys gives the same answer",
      request: "EnrolmentRequest",
      answer: "Enrolment",
      refusals: ["request.invalid", "enrolment.code-unknown", "enrolment.code-used", "enrolment.code-expired"],
      by: "nobody",
    },
  },
  [paths.entries]: {
    post: {
      summary: "Push entries after the platform's mark, in order",
      parameters: [parameters.ledger],
      request: "PushRequest",
      answer: "PushResponse",
      refusals: [
        "request.invalid",
        "request.too-large",
        "ledger.not-yours",
        "ledger.fork",
        "ledger.gap",
        "ledger.bad-chain",
        "ledger.bad-signature",
      ],
    },
    get: {
      summary: "The stored entries of a ledger, to restore it from",
      parameters: [parameters.ledger, parameters.afterSeq, parameters.limit],
      answer: "Entries",
      refusals: ["request.invalid", "ledger.not-yours"],
    },
  },
  [paths.mark]: {
    get: {
      summary: "Where the platform stands in a ledger, without sending it anything",
      parameters: [parameters.ledger],
      answer: "Mark",
      refusals: ["request.invalid", "ledger.not-yours"],
    },
  },
  [paths.succession]: {
    post: {
      summary: "Go on in a new ledger; the same successor with the same content gives the same answer",
      parameters: [parameters.ledger],
      request: "SuccessionRequest",
      answer: "Succession",
      refusals: ["request.invalid", "ledger.not-yours"],
    },
  },
  [paths.judgement]: {
    post: {
      summary: "Judge a stored entry once more by what is known now",
      parameters: [parameters.ledger, parameters.seq],
      answer: "Judgement",
      refusals: ["request.invalid", "ledger.not-yours", "not-found"],
    },
  },
  [paths.changes]: {
    get: {
      summary: "Changes of catalogue, prices, people and shop after a cursor",
      parameters: [parameters.afterCursor, parameters.limit],
      answer: "Changes",
      refusals: ["request.invalid"],
    },
  },
  [paths.answers]: {
    get: {
      summary: "What the platform makes of this till's entries, after a cursor",
      parameters: [parameters.afterCursor, parameters.limit],
      answer: "Answers",
      refusals: ["request.invalid"],
    },
  },
  [paths.pictures]: {
    get: {
      summary: "A picture by the hash of its bytes",
      parameters: [parameters.hash],
      answer: "picture",
      refusals: ["not-found"],
      by: "nobody",
    },
  },
  [paths.charges]: {
    post: {
      summary: "Charge a wallet; the same payment id gives the stored answer",
      request: "ChargeRequest",
      answer: "Charge",
      refusals: chargeRefusals,
    },
  },
  [paths.charge]: {
    get: {
      summary: "The state of a charge",
      parameters: [parameters.paymentId],
      answer: "Charge",
      refusals: [...chargeRefusals, "not-found"],
    },
  },
  [paths.numberedCharges]: {
    get: {
      summary: "Charges of the till's shop under a number that a shopper shows, the newest first",
      parameters: [parameters.number],
      answer: "NumberedCharges",
      refusals: ["request.invalid"],
    },
  },
  [paths.reversal]: {
    post: {
      summary: "Undo a charge, whether or not it has arrived",
      parameters: [parameters.paymentId],
      request: "ReverseRequest",
      answer: "Charge",
      refusals: chargeRefusals,
    },
  },
  ...chatOperations(paths, "ShopThreads"),
};

const walletOperations: Readonly<Record<string, Methods>> = {
  [walletPaths.me]: {
    get: { summary: "The wallet of whoever asks", answer: "Wallet", refusals: [], by: "session" },
  },
  [walletPaths.certificates]: {
    post: {
      summary: "A certificate over the phone's key",
      request: "WalletCertificateRequest",
      answer: "WalletCertificate",
      refusals: ["request.invalid"],
      by: "session",
    },
  },
  [walletPaths.history]: {
    get: {
      summary: "What moved the balance, the newest first",
      parameters: [parameters.before, parameters.limit],
      answer: "WalletHistory",
      refusals: ["request.invalid"],
      by: "session",
    },
  },
  ...chatOperations(walletPaths, "WalletThreads", "session"),
};

const operatorOperations: Readonly<Record<string, Methods>> = {
  [operatorPaths.overview]: {
    get: {
      summary: "Shops, tills and accounts at a glance",
      answer: "OperatorOverview",
      refusals: [],
      by: "operator",
    },
  },
  [operatorPaths.payments]: {
    get: {
      summary: "Charges of all shops, the newest first",
      parameters: [parameters.before, parameters.limit],
      answer: "OperatorPayments",
      refusals: ["request.invalid"],
      by: "operator",
    },
  },
  [operatorPaths.needsYou]: {
    get: {
      summary: "The entries that somebody has to look at",
      answer: "OperatorNeedsYou",
      refusals: [],
      by: "operator",
    },
  },
  [operatorPaths.reconciliations]: {
    get: {
      summary: "The rails' bills held against the charges, day by day",
      answer: "OperatorReconciliations",
      refusals: [],
      by: "operator",
    },
    post: {
      summary: "Read a day's bill now, also once more",
      request: "OperatorReconcile",
      answer: "OperatorReconciliationDay",
      refusals: ["request.invalid", "not-found"],
      by: "operator",
    },
  },
  ...chatOperations(operatorPaths, "OperatorThreads", "operator"),
};

/** Every operation by its path and method. The demo's are no part of it. */
export const operations: Readonly<Record<string, Methods>> = {
  ...tillOperations,
  ...walletOperations,
  ...operatorOperations,
};

/** The same four operations for each side of a chat. */
function chatOperations<Threads extends string, Messages extends string, Read extends string>(
  side: { threads: Threads; messages: Messages; read: Read },
  list: SchemaName,
  by?: "session" | "operator",
): Record<Threads | Messages | Read, Methods> {
  const asked = by === undefined ? {} : { by };
  const refusals: PlatformErrorCode[] = ["request.invalid", "not-found"];
  const threads: Methods = { get: { summary: "Threads, the newest first", answer: list, refusals: [], ...asked } };
  const messages: Methods = {
    get: {
      summary: "Messages of a thread, the newest ones without a place",
      parameters: [parameters.threadId, parameters.after, parameters.before, parameters.limit],
      answer: "Messages",
      refusals,
      ...asked,
    },
    post: {
      summary: "Write a message; the same id with the same text gives the same message",
      parameters: [parameters.threadId],
      request: "NewMessage",
      answer: "ChatMessage",
      refusals,
      ...asked,
    },
  };
  const read: Methods = {
    post: {
      summary: "Say that everything up to a cursor has been read",
      parameters: [parameters.threadId],
      request: "Read",
      answer: "Read",
      refusals,
      ...asked,
    },
  };
  return { [side.threads]: threads, [side.messages]: messages, [side.read]: read } as Record<
    Threads | Messages | Read,
    Methods
  >;
}

function pathParameter(name: string, description: string, schema: z.ZodType): JsonObject {
  return { name, in: "path", required: true, description, schema: jsonSchema(schema) };
}

function queryParameter(name: string, description: string, schema: z.ZodType, required: boolean): JsonObject {
  return { name, in: "query", required, description, schema: jsonSchema(schema) };
}
