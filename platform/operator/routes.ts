import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { idSchema } from "../../sync/protocol/entry.ts";
import { requireOperator } from "../authorisation/till-access.ts";
import type { Database } from "../database/database.ts";
import { makeEnrolmentCode } from "../enrolment/enrolment.ts";
import { addRoute, bodyBytes, readBody, readValue } from "../http/application.ts";
import { PlatformError } from "../http/errors.ts";
import type { PlatformKeys } from "../keys.ts";
import type { Projector } from "../projection/projector.ts";
import { reinstateTill, revokeTill, summarise } from "./tills.ts";

/** What the operator's routes work with. `defaultStore` is the demo's, null where stores have to be named. */
export type OperatorRouteContext = {
  database: Database;
  keys: PlatformKeys;
  projector: Projector;
  defaultStore: string | null;
  nowMs: () => number;
};

const defaultLifeHours = 24;

const codeRequestSchema = z.strictObject({
  storeId: z.string().min(1).max(64).optional(),
  /** How long the code is good. */
  lifeHours: z.int().min(1).max(720).optional(),
});

/** Routes for whoever holds the operator's token. They are the reference platform's own and no part of the protocol. */
export function addOperatorRoutes(application: FastifyInstance, context: OperatorRouteContext): void {
  const { database, keys, projector, nowMs } = context;
  const operatorOnly = { onRequest: async (request: FastifyRequest) => requireOperator(request, keys.operatorToken) };

  addRoute(application, "POST", "/v1/operator/enrolment-codes", operatorOnly, async (request) => {
    const options = bodyBytes(request).length === 0 ? {} : readBody(request, codeRequestSchema);
    const storeId = options.storeId ?? context.defaultStore;
    if (storeId === null) throw new PlatformError("request.invalid", "storeId: say for which store the code is");
    const lifeMs = (options.lifeHours ?? defaultLifeHours) * 3_600_000;
    return makeEnrolmentCode(database, { storeId, rootHash: keys.rootHash, lifeMs, nowMs: nowMs() });
  });

  addRoute(application, "GET", "/v1/operator/summary", operatorOnly, async () => {
    // Sums are over what has been read; what was stored before this question is read first.
    await projector.idle();
    return summarise(database);
  });

  addRoute(application, "POST", "/v1/operator/tills/:tillId/revocation", operatorOnly, async (request) => {
    await revokeTill(database, readTillId(request), new Date(nowMs()));
    return { revoked: true };
  });

  addRoute(application, "DELETE", "/v1/operator/tills/:tillId/revocation", operatorOnly, async (request) => {
    for (const ledger of await reinstateTill(database, readTillId(request))) projector.wake(ledger);
    return { revoked: false };
  });
}

function readTillId(request: FastifyRequest): string {
  return readValue((request.params as Record<string, unknown>)["tillId"], idSchema);
}
