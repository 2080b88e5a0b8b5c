import { randomUUID } from "node:crypto";
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { z } from "zod";
import { nonceHeader } from "../../sync/protocol/api.ts";
import type { Nonces } from "../authorisation/nonces.ts";
import { PlatformError } from "./errors.ts";
import type { LoadGate } from "./load-gate.ts";

/** The largest body of an ordinary request. Pushes have a limit of their own. */
const bodyLimitBytes = 64 * 1024;
const requestWithinMs = 30_000;
const noBody = Buffer.alloc(0);
/** What pg says when every connection stays taken, or the server is away. */
const databaseAway =
  /timeout exceeded when trying to connect|ECONNREFUSED|Connection terminated|statement timeout|57P0\d/;

/** What every request of the application needs. */
export type ApplicationContext = { nonces: Nonces; gate: LoadGate; log: Logger };

/**
 * An HTTP application without routes: bodies come as their bytes (the request's signature covers them), every answer
 * carries the next nonce, every refusal is a `platformErrorSchema`, and each failure is logged once, without headers.
 */
export function createApplication(context: ApplicationContext): FastifyInstance {
  const application = fastify({
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestWithinMs,
    forceCloseConnections: "idle",
    return503OnClosing: false,
    genReqId: () => randomUUID(),
  });
  application.removeAllContentTypeParsers();
  application.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
  application.addHook("onRequest", async (request, reply) => {
    reply.header(nonceHeader, context.nonces.current());
    reply.header("x-request-id", request.id);
    reply.header("cache-control", "no-store");
    const place = context.gate.enter();
    if (!place.entered) {
      const { retryAfterSeconds } = place;
      throw new PlatformError("busy", "Too many requests at once", { retryAfterSeconds });
    }
    reply.raw.once("close", () => context.gate.leave());
  });
  application.addHook("onResponse", async (request, reply) => {
    const { method, url } = request.routeOptions;
    const ms = Math.round(reply.elapsedTime);
    context.log.info({ request: request.id, method, route: url, status: reply.statusCode, ms }, "answered");
  });
  application.setErrorHandler((error: FastifyError | PlatformError, request, reply) => {
    sendError(error, request, reply, context.log);
  });
  application.setNotFoundHandler(() => {
    throw new PlatformError("not-found", "There is nothing at this path");
  });
  return application;
}

/**
 * Adds one route. `handle` gives the answer's body; what it throws becomes a refusal.
 * @param options a body limit of its own, and what looks at a request before its body is read.
 */
export function addRoute(
  application: FastifyInstance,
  method: "GET" | "POST" | "DELETE",
  url: string,
  options: { bodyLimit?: number; onRequest?: (request: FastifyRequest) => Promise<void> },
  handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  application.route({ method, url, ...options, handler: handle });
}

/** The bytes of the request's body, none where it has none. */
export function bodyBytes(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : noBody;
}

/**
 * The request's JSON body as the schema has it.
 * @throws PlatformError `request.invalid` naming the first thing that is wrong.
 */
export function readBody<T extends z.ZodType>(request: FastifyRequest, schema: T): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(bodyBytes(request).toString("utf8"));
  } catch {
    throw new PlatformError("request.invalid", "The body is not JSON");
  }
  return readValue(value, schema);
}

/**
 * Any part of a request as the schema has it.
 * @throws PlatformError `request.invalid` naming the first thing that is wrong.
 */
export function readValue<T extends z.ZodType>(value: unknown, schema: T): z.infer<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new PlatformError("request.invalid", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not valid"}`);
}

function sendError(
  error: FastifyError | PlatformError,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
): void {
  const refusal = asRefusal(error);
  if (refusal.status >= 500 && refusal.code !== "busy") {
    log.error({ request: request.id, route: request.routeOptions.url, err: error }, "failed");
  } else if (refusal !== error) {
    log.warn({ request: request.id, route: request.routeOptions.url, reason: error.message }, "refused");
  }
  if (refusal.retryAfterSeconds !== undefined) reply.header("retry-after", String(refusal.retryAfterSeconds));
  reply.status(refusal.status).send(refusal.body());
}

function asRefusal(error: FastifyError | PlatformError): PlatformError {
  if (error instanceof PlatformError) return error;
  if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE")
    return new PlatformError("request.too-large", "The body is too large");
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return new PlatformError("request.invalid", error.message);
  if (databaseAway.test(`${error.code} ${error.message}`)) {
    return new PlatformError("busy", "The database is not available", { retryAfterSeconds: 5 });
  }
  return new PlatformError("internal", "The platform failed to answer");
}
