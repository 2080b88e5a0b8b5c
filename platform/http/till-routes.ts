import type { FastifyInstance } from "fastify";
import { z } from "zod";
import {
  enrolmentRequestSchema,
  paths,
  protocolVersion,
  pushRequestSchema,
  successionRequestSchema,
} from "../../sync/protocol/api.ts";
import { hashSchema, idSchema } from "../../sync/protocol/entry.ts";
import type { Till, TillAccess } from "../authorisation/till-access.ts";
import type { Nonces } from "../authorisation/nonces.ts";
import { changesAfter } from "../changes/change-log.ts";
import { findPicture } from "../changes/pictures.ts";
import { addChatRoutes } from "../chat/chat-routes.ts";
import { shopThreads } from "../chat/thread-lists.ts";
import type { Database } from "../database/database.ts";
import { readEpoch } from "../database/state.ts";
import { enrol } from "../enrolment/enrolment.ts";
import { entriesAfter } from "../ingest/entry-store.ts";
import { push, requireOwnLedger } from "../ingest/push.ts";
import type { PlatformKeys } from "../keys.ts";
import { answersAfter } from "../projection/answers.ts";
import type { Projector } from "../projection/projector.ts";
import type { RailCharges } from "../rails/rail-charges.ts";
import { markOf } from "../succession/mark.ts";
import { succeed } from "../succession/succeed.ts";
import { addRoute, readBody, readValue } from "./application.ts";
import { addChargeRoutes } from "./charge-routes.ts";
import { PlatformError } from "./errors.ts";
import { readParameter, route } from "./paths.ts";

/** What the routes of the protocol work with. */
export type TillRouteContext = {
  database: Database;
  access: TillAccess;
  nonces: Nonces;
  keys: PlatformKeys;
  projector: Projector;
  railCharges: RailCharges;
  nowMs: () => number;
};

/** A push of 1 MiB of texts is longer as JSON, which escapes every quotation mark of theirs. */
const pushLimitBytes = 4 * 1024 * 1024;
const entriesPerPage = 200;
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

const cursorSchema = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const seqSchema = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const pageSchema = z.strictObject({
  after: cursorSchema.default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});

/** The routes of the protocol, each at its path in `sync/protocol`. */
export function addTillRoutes(application: FastifyInstance, context: TillRouteContext): void {
  addOpenRoutes(application, context);
  addEntryRoutes(application, context);
  addLedgerRoutes(application, context);
  addJudgementRoute(application, context);
  addPullRoutes(application, context);
  addChargeRoutes(application, context);
  addShopChat(application, context);
}

function addOpenRoutes(application: FastifyInstance, context: TillRouteContext): void {
  const { database, nonces, keys, projector, nowMs } = context;
  addRoute(application, "GET", paths.hello, {}, async () => ({
    protocol: protocolVersion,
    time: new Date(nowMs()).toISOString(),
    nonce: nonces.current(),
  }));
  addRoute(application, "POST", paths.enrolments, {}, async (request) => {
    const signer = { root: keys.root, nowMs: nowMs() };
    const { answer, grown } = await enrol(database, readBody(request, enrolmentRequestSchema), signer);
    for (const ledger of grown) projector.wake(ledger);
    return answer;
  });
  // Open to anybody who knows the hash: a picture of a good is no secret, and pages show it without a till's key.
  addRoute(application, "GET", route(paths.pictures), {}, async (request, reply) => {
    const picture = await findPicture(database, readParameter(request, "hash", hashSchema));
    if (picture === null) throw new PlatformError("not-found", "There is no such picture");
    return reply
      .header("content-type", picture.mediaType)
      .header("cache-control", "public, max-age=31536000, immutable")
      .header("x-content-type-options", "nosniff")
      .header("content-security-policy", picturePolicy)
      .send(picture.bytes);
  });
}

function addEntryRoutes(application: FastifyInstance, context: TillRouteContext): void {
  const { database, access, projector, nowMs } = context;
  addRoute(application, "POST", route(paths.entries), { bodyLimit: pushLimitBytes }, async (request) => {
    const till = await access.tillOf(request, { revokedToo: true });
    const ledger = readParameter(request, "ledger", idSchema);
    const { entries } = readBody(request, pushRequestSchema);
    const outcome = await push(database, till, ledger, entries, nowMs());
    projector.wake(ledger);
    if (outcome.refusal === null) return outcome.response;
    throw new PlatformError(outcome.refusal.code, outcome.refusal.detail, { mark: outcome.response.mark });
  });
  addRoute(application, "GET", route(paths.entries), {}, async (request) => {
    const till = await access.tillOf(request);
    const ledger = readParameter(request, "ledger", idSchema);
    const { after, limit } = readValue(request.query, pageSchema);
    await requireOwnLedger(database, till, ledger);
    return entriesAfter(database, ledger, after, Math.min(limit, entriesPerPage));
  });
}

function addLedgerRoutes(application: FastifyInstance, { database, access, keys, nowMs }: TillRouteContext): void {
  addRoute(application, "GET", route(paths.mark), {}, async (request) => {
    const till = await access.tillOf(request);
    return markOf(database, till, readParameter(request, "ledger", idSchema));
  });
  addRoute(application, "POST", route(paths.succession), {}, async (request) => {
    const till = await access.tillOf(request);
    const predecessor = readParameter(request, "ledger", idSchema);
    const body = readBody(request, successionRequestSchema);
    return succeed(database, till, predecessor, body, { root: keys.root, nowMs: nowMs() });
  });
}

function addJudgementRoute(application: FastifyInstance, { database, access, projector }: TillRouteContext): void {
  addRoute(application, "POST", route(paths.judgement), {}, async (request) => {
    const till = await access.tillOf(request);
    const ledger = readParameter(request, "ledger", idSchema);
    const seq = readParameter(request, "seq", seqSchema);
    await requireOwnLedger(database, till, ledger);
    const { state, code } = await projector.judgeAgain(ledger, seq);
    return { state, code };
  });
}

function addPullRoutes(application: FastifyInstance, { database, access }: TillRouteContext): void {
  addRoute(application, "GET", paths.changes, {}, async (request) => {
    await access.tillOf(request);
    const { after, limit } = readValue(request.query, pageSchema);
    return { epoch: await readEpoch(database), ...(await changesAfter(database, after, limit)) };
  });
  addRoute(application, "GET", paths.answers, {}, async (request) => {
    const till = await access.tillOf(request);
    const { after, limit } = readValue(request.query, pageSchema);
    return answersAfter(database, till.id, after, limit);
  });
}

function addShopChat(application: FastifyInstance, { database, access, nowMs }: TillRouteContext): void {
  addChatRoutes<Till>(
    application,
    {
      sender: "shop",
      paths,
      identify: (request) => access.tillOf(request),
      owns: (till, thread) => thread.store_id === till.storeId,
      threads: (till) => shopThreads(database, till.storeId, new Date(nowMs())),
    },
    { database, nowMs },
  );
}
