import type { FastifyRequest } from "fastify";
import { PlatformError } from "../http/errors.ts";

/**
 * What a request carries as `Authorization: Bearer` (RFC 6750).
 * @throws PlatformError `auth.missing`.
 */
export function bearerOf(request: FastifyRequest): string {
  const match = /^Bearer ([A-Za-z0-9._~+/=-]{1,4096})$/i.exec(request.headers.authorization ?? "");
  if (match?.[1] === undefined) throw new PlatformError("auth.missing", "The request carries no authorisation");
  return match[1];
}
