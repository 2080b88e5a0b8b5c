import { z } from "zod";
import {
  answersResponseSchema,
  chargeRequestSchema,
  chargeResponseSchema,
  enrolmentRequestSchema,
  enrolmentResponseSchema,
  entriesResponseSchema,
  helloResponseSchema,
  nonceHeader,
  paths,
  platformErrorSchema,
  protocolVersion,
  pullResponseSchema,
  pushRequestSchema,
  pushResponseSchema,
  requestClaimsSchema,
  reverseRequestSchema,
  statusOfPlatformError,
  type PlatformErrorCode,
} from "./api.ts";
import { changeBodySchemas, changeSchema } from "./change.ts";
import { entryFieldsSchema, hashSchema, idSchema, signedEntrySchema } from "./entry.ts";
import { entryBodySchemas } from "./entry-types.ts";

type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

type JsonObject = { [key: string]: JsonValue };

/** Each schema by the name that it has in the document. Where one holds another, the document refers to it. */
const schemasByName = {
  PlatformError: platformErrorSchema,
  Hello: helloResponseSchema,
  EnrolmentRequest: enrolmentRequestSchema,
  Enrolment: enrolmentResponseSchema,
  SignedEntry: signedEntrySchema,
  EntryFields: entryFieldsSchema,
  PushRequest: pushRequestSchema,
  PushResponse: pushResponseSchema,
  Entries: entriesResponseSchema,
  Change: changeSchema,
  Changes: pullResponseSchema,
  Answers: answersResponseSchema,
  ChargeRequest: chargeRequestSchema,
  Charge: chargeResponseSchema,
  ReverseRequest: reverseRequestSchema,
  RequestClaims: requestClaimsSchema,
} as const satisfies Record<string, z.ZodType>;

type SchemaName = keyof typeof schemasByName;

const parameters = {
  ledger: pathParameter("ledger", "The ledger's id.", idSchema),
  hash: pathParameter("hash", "SHA-256 of the picture's bytes.", hashSchema),
  paymentId: pathParameter("paymentId", "The payment's id, made by the till.", idSchema),
  afterSeq: queryParameter("after", "Give what follows this number; 0 from the start.", z.int().min(0), true),
  afterCursor: queryParameter("after", "Give what follows this cursor; 0 from the start.", z.int().min(0), true),
  limit: queryParameter("limit", "At most this many; the platform may give fewer.", z.int().min(1).max(1000), false),
} as const;

/** One operation before the parts that all of them share are added. */
type Operation = {
  summary: string;
  parameters?: JsonValue[];
  request?: SchemaName;
  /** A JSON answer by its schema's name, or the bytes of a picture. */
  answer: SchemaName | "picture";
  refusals: readonly PlatformErrorCode[];
  /** Asked without a proof. */
  open?: true;
};

const chargeRefusals = ["request.invalid", "ledger.not-yours"] as const satisfies PlatformErrorCode[];

const operations: Readonly<Record<(typeof paths)[keyof typeof paths], Partial<Record<"get" | "post", Operation>>>> = {
  [paths.hello]: {
    get: { summary: "The platform's clock and a nonce", answer: "Hello", refusals: [], open: true },
  },
  [paths.enrolments]: {
    post: {
      summary: "Enrol a till with a code; the same code with the same keys gives the same answer",
      request: "EnrolmentRequest",
      answer: "Enrolment",
      refusals: ["request.invalid", "enrolment.code-unknown", "enrolment.code-used", "enrolment.code-expired"],
      open: true,
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
      open: true,
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
  [paths.reversal]: {
    post: {
      summary: "Undo a charge, whether or not it has arrived",
      parameters: [parameters.paymentId],
      request: "ReverseRequest",
      answer: "Charge",
      refusals: chargeRefusals,
    },
  },
};

const securityName = "requestProof";

/** The protocol as an OpenAPI 3.1 document, made from the schemas that both sides check messages with. */
export function openApiDocument(): JsonObject {
  return {
    openapi: "3.1.1",
    info: {
      title: "Suanpan platform protocol",
      version: String(protocolVersion),
      description:
        "What a till asks of a platform. Amounts are whole minor units. An entry is sent as the canonical text " +
        "(RFC 8785) that was signed; EntryFields and EntryBody.* say what such a text holds.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    security: [{ [securityName]: [] }],
    paths: Object.fromEntries(
      Object.entries(operations).map(([path, methods]) => [
        path,
        Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, describe(operation)])),
      ]),
    ),
    components: {
      schemas: schemaDocuments(),
      headers: {
        [nonceHeader]: {
          description: "The nonce for the next signed request, on every answer.",
          schema: jsonSchema(requestClaimsSchema.shape.nonce),
        },
      },
      securitySchemes: {
        [securityName]: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description:
            "A JWT of its own for each request, signed with the till's request key (EdDSA over Ed25519; `kid` is the " +
            "first 8 bytes of the key's SHA-256 in hexadecimal). Its claims are RequestClaims.",
        },
      },
    },
  };
}

/** The document as it is stored in `docs/openapi.json`. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`;
}

function describe(operation: Operation): JsonObject {
  const refusals = [...operation.refusals, ...sharedRefusals(operation)];
  return {
    summary: operation.summary,
    ...(operation.open === true ? { security: [] } : {}),
    ...(operation.parameters === undefined ? {} : { parameters: operation.parameters }),
    ...(operation.request === undefined
      ? {}
      : { requestBody: { required: true, content: jsonContent(operation.request) } }),
    responses: {
      "200": answer(
        "Done",
        operation.answer === "picture"
          ? { "image/*": { schema: { type: "string", contentMediaType: "image/*" } } }
          : jsonContent(operation.answer),
      ),
      ...refusalAnswers(refusals),
    },
  };
}

function sharedRefusals(operation: Operation): PlatformErrorCode[] {
  const signed: PlatformErrorCode[] = ["auth.missing", "auth.invalid", "auth.nonce", "auth.revoked"];
  return [...(operation.open === true ? [] : signed), "busy", "internal"];
}

function refusalAnswers(codes: readonly PlatformErrorCode[]): JsonObject {
  const codesByStatus = Map.groupBy(codes, (code) => statusOfPlatformError[code]);
  return Object.fromEntries(
    [...codesByStatus].map(([status, group]) => [
      String(status),
      answer(`Refused: ${group.join(", ")}`, jsonContent("PlatformError")),
    ]),
  );
}

function answer(description: string, content: JsonObject): JsonObject {
  return { description, headers: { [nonceHeader]: { $ref: `#/components/headers/${nonceHeader}` } }, content };
}

function jsonContent(name: SchemaName): JsonObject {
  return { "application/json": { schema: { $ref: schemaReference(name) } } };
}

function pathParameter(name: string, description: string, schema: z.ZodType): JsonObject {
  return { name, in: "path", required: true, description, schema: jsonSchema(schema) };
}

function queryParameter(name: string, description: string, schema: z.ZodType, required: boolean): JsonObject {
  return { name, in: "query", required, description, schema: jsonSchema(schema) };
}

function schemaReference(name: string): string {
  return `#/components/schemas/${name}`;
}

function schemaDocuments(): JsonObject {
  const registry = z.registry<{ id: string }>();
  const named: [string, z.ZodType][] = [
    ...Object.entries(schemasByName),
    ...Object.entries(entryBodySchemas).map(([type, schema]): [string, z.ZodType] => [`EntryBody.${type}`, schema]),
    ...Object.entries(changeBodySchemas).map(([kind, schema]): [string, z.ZodType] => [`ChangeBody.${kind}`, schema]),
  ];
  for (const [id, schema] of named) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: schemaReference });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, plain(schema)]));
}

function jsonSchema(schema: z.ZodType): JsonValue {
  return plain(z.toJSONSchema(schema));
}

/** A generated schema as data, without the names by which JSON Schema finds it outside of an OpenAPI document. */
function plain(schema: object): JsonValue {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === "$schema" || key === "$id" ? undefined : value,
  );
  return JSON.parse(text) as JsonValue;
}
