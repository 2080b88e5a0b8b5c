import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { Queryable } from "../database/database.ts";
import { bodyBytes } from "../http/application.ts";
import { PlatformError } from "../http/errors.ts";
import { ProtocolError } from "../../sync/protocol/protocol-error.ts";
import { requestLine, verifyRequestProof } from "../../sync/protocol/request-proof.ts";
import { bearerOf } from "./bearer.ts";
import type { Nonces } from "./nonces.ts";
import { createPresence } from "./presence.ts";

/** The till that a request comes from. */
export type Till = { id: string; number: number; storeId: string; revoked: boolean };

/** How far a till's idea of our time may be off; it corrects itself by every answer. */
const skewSeconds = 60;

type TillRow = { id: string; number: number; store_id: string; request_key: Buffer; revoked: boolean };

/** Tells which till a request comes from, by the proof in its `authorization` header. */
export type TillAccess = {
  /**
   * The till whose key signed this very request: method, path, query and body.
   * @throws PlatformError `auth.missing`, `auth.invalid`, `auth.nonce`, or `auth.revoked` unless `revokedToo`.
   */
  tillOf(request: FastifyRequest, options?: { revokedToo: boolean }): Promise<Till>;
};

/** Checks proofs against the request keys in the database. `nowMs` is the platform's clock. */
export function createTillAccess(database: Queryable, nonces: Nonces, nowMs: () => number): TillAccess {
  const presence = createPresence(database);
  return {
    tillOf: async (request, options = { revokedToo: false }) => {
      const proof = bearerOf(request);
      let row: TillRow | null = null;
      const verified = await verifyProof(proof, {
        publicKeyFor: async (keyId) => {
          row = await tillByKey(database, keyId);
          return row?.request_key ?? null;
        },
        nowSeconds: nowMs() / 1000,
        skewSeconds,
        request: requestLine(request.method, request.url),
        bodyHash: createHash("sha256").update(bodyBytes(request)).digest("hex"),
        isNonceValid: (nonce) => nonces.isFresh(nonce),
      });
      const till = admit(row, verified.claims.iss, options.revokedToo);
      await presence.seen(till.id, nowMs());
      return till;
    },
  };
}

async function verifyProof(proof: string, options: Parameters<typeof verifyRequestProof>[1]) {
  try {
    return await verifyRequestProof(proof, options);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new PlatformError(error.code === "proof.nonce" ? "auth.nonce" : "auth.invalid", error.message);
  }
}

function admit(row: TillRow | null, issuer: string, revokedToo: boolean): Till {
  if (row === null || row.id !== issuer) throw new PlatformError("auth.invalid", "The proof is another till's");
  if (row.revoked && !revokedToo) throw new PlatformError("auth.revoked", "The operator has revoked this till");
  return { id: row.id, number: row.number, storeId: row.store_id, revoked: row.revoked };
}

/**
 * Lets an operator in by the token from the platform's keys.
 * @throws PlatformError `auth.missing` or `auth.invalid`.
 */
export function requireOperator(request: FastifyRequest, operatorToken: string): void {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  if (!timingSafeEqual(digest(bearerOf(request)), digest(operatorToken))) {
    throw new PlatformError("auth.invalid", "This is not the operator's token");
  }
}

async function tillByKey(database: Queryable, keyId: string): Promise<TillRow | null> {
  const result = await database.query<TillRow>(
    "select id, number, store_id, request_key, revoked_at is not null as revoked from tills where request_key_id = $1",
    [keyId],
  );
  return result.rows[0] ?? null;
}
