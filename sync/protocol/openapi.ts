import { z } from "zod";
import {
  nonceHeader,
  protocolVersion,
  requestClaimsSchema,
  statusOfPlatformError,
  type PlatformErrorCode,
} from "./api.ts";
import { changeBodySchemas } from "./change.ts";
import { entryBodySchemas } from "./entry-types.ts";
import { jsonSchema, plain, type JsonObject } from "./openapi-json.ts";
import { operations, schemasByName, type Operation, type SchemaName } from "./openapi-operations.ts";

const securityName = "requestProof";
const securityOf = { session: "walletSession", operator: "operatorToken" } as const;

/** The protocol as an OpenAPI 3.1 document, made from the schemas that both sides check messages with. */
export function openApiDocument(): JsonObject {
  return {
    openapi: "3.1.1",
    info: {
      title: "Suanpan platform protocol",
      version: String(protocolVersion),
      description:
        "What a till, a shopper's phone and an operator ask of a platform. Amounts are whole minor units. An entry is sent as the canonical text " +
        "(RFC 8785) that was signed; EntryFields and EntryBody.* say what such a text holds. A succession's statement is a " +
        "JWS (RFC 7515) in compact form over SuccessionClaims, typ suanpan-succession+jwt, signed with EdDSA by the platform's " +
        "root key, which stands in its header as jwk.",
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
        [securityOf.session]: {
          type: "http",
          scheme: "bearer",
          description: "A phone's session. How a shopper gets one is the chat app's own business.",
        },
        [securityOf.operator]: {
          type: "http",
          scheme: "bearer",
          description:
            "The operator's token. These paths are the reference platform's own and no part of the protocol.",
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
    ...(operation.by === undefined
      ? {}
      : { security: operation.by === "nobody" ? [] : [{ [securityOf[operation.by]]: [] }] }),
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
  const shown: PlatformErrorCode[] = ["auth.missing", "auth.invalid"];
  const authorisation = operation.by === undefined ? signed : operation.by === "nobody" ? [] : shown;
  return [...authorisation, "busy", "internal"];
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
