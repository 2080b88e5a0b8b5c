import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { idSchema, timeSchema } from "../../sync/protocol/entry.ts";
import { ratePartsPerMillionSchema } from "../../sync/protocol/entry-types.ts";
import { positiveAmountMinorSchema } from "../../sync/protocol/money.ts";
import { operatorPaths } from "../../sync/protocol/operator-api.ts";
import { requireOperator } from "../authorisation/till-access.ts";
import { addChatRoutes } from "../chat/chat-routes.ts";
import { operatorThreads } from "../chat/thread-lists.ts";
import type { Database } from "../database/database.ts";
import { makeEnrolmentCode } from "../enrolment/enrolment.ts";
import { reinstateTill, revokeTill } from "../enrolment/revocation.ts";
import { addRoute, bodyBytes, readBody, readValue } from "../http/application.ts";
import { PlatformError } from "../http/errors.ts";
import { readParameter } from "../http/paths.ts";
import type { PlatformKeys } from "../keys.ts";
import type { Projector } from "../projection/projector.ts";
import { setTerms } from "../wallets/merchant-terms.ts";
import { entriesNeedingYou } from "./needs-you.ts";
import { overviewOf } from "./overview.ts";
import { paymentsBefore } from "./payments.ts";
import { summarise } from "./tills.ts";

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
  /** The number of the store's till whose place the new one takes, because its disk is gone. */
  replaces: z.int().min(1).max(9999).optional(),
});

const termsSchema = z.strictObject({
  ratePartsPerMillion: ratePartsPerMillionSchema,
  fixedMinor: positiveAmountMinorSchema.optional(),
  /** From when on; now where it is left out. */
  since: timeSchema.optional(),
});

const paymentsPageSchema = z.strictObject({
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).default(Number.MAX_SAFE_INTEGER),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

/** Routes for whoever holds the operator's token. They are the reference platform's own and no part of the protocol. */
export function addOperatorRoutes(application: FastifyInstance, context: OperatorRouteContext): void {
  addTillAdministration(application, context);
  addConsole(application, context);
}

type RequestHook = { onRequest: (request: FastifyRequest) => Promise<void> };

function operatorOnlyOf(keys: PlatformKeys): RequestHook {
  return { onRequest: async (request) => requireOperator(request, keys.operatorToken) };
}

function addTillAdministration(application: FastifyInstance, context: OperatorRouteContext): void {
  const { database, keys, projector, nowMs } = context;
  const operatorOnly = operatorOnlyOf(keys);

  addRoute(application, "POST", "/v1/operator/enrolment-codes", operatorOnly, async (request) => {
    const options = bodyBytes(request).length === 0 ? {} : readBody(request, codeRequestSchema);
    const storeId = options.storeId ?? context.defaultStore;
    if (storeId === null) throw new PlatformError("request.invalid", "storeId: say for which store the code is");
    const lifeMs = (options.lifeHours ?? defaultLifeHours) * 3_600_000;
    const replaces = options.replaces ?? null;
    return makeEnrolmentCode(database, { storeId, replaces, rootHash: keys.rootHash, lifeMs, nowMs: nowMs() });
  });

  addRoute(application, "GET", "/v1/operator/summary", operatorOnly, async () => {
    // Sums are over what has been read; what was stored before this question is read first.
    await projector.idle();
    return summarise(database);
  });

  addRoute(application, "POST", "/v1/operator/tills/:tillId/revocation", operatorOnly, async (request) => {
    await revokeTill(database, readParameter(request, "tillId", idSchema), new Date(nowMs()));
    return { revoked: true };
  });

  addRoute(application, "DELETE", "/v1/operator/tills/:tillId/revocation", operatorOnly, async (request) => {
    for (const ledger of await reinstateTill(database, readParameter(request, "tillId", idSchema)))
      projector.wake(ledger);
    return { revoked: false };
  });
}

/** What the console's page shows and does. */
function addConsole(application: FastifyInstance, { database, keys, projector, nowMs }: OperatorRouteContext): void {
  const operatorOnly = operatorOnlyOf(keys);

  addRoute(application, "GET", operatorPaths.overview, operatorOnly, async () =>
    overviewOf(database, new Date(nowMs())),
  );
  addRoute(application, "GET", operatorPaths.payments, operatorOnly, async (request) => {
    const { before, limit } = readValue(request.query, paymentsPageSchema);
    return paymentsBefore(database, before, limit);
  });
  addRoute(application, "GET", operatorPaths.needsYou, operatorOnly, async () => entriesNeedingYou(database));
  addRoute(application, "POST", "/v1/operator/stores/:storeId/terms", operatorOnly, async (request) => {
    const { since, fixedMinor = 0, ratePartsPerMillion } = readBody(request, termsSchema);
    const storeId = readParameter(request, "storeId", z.string().min(1).max(64));
    const from = since === undefined ? new Date(nowMs()) : new Date(since);
    await setTerms(database, storeId, { ratePartsPerMillion, fixedMinor, since: from });
    return { ratePartsPerMillion, fixedMinor, since: from.toISOString() };
  });
  addRoute(application, "POST", "/v1/operator/rebuild", operatorOnly, async () => {
    await projector.rebuild();
    return { rebuilt: true };
  });
  addChatRoutes<null>(
    application,
    {
      sender: "operator",
      paths: operatorPaths,
      identify: async (request) => {
        requireOperator(request, keys.operatorToken);
        return null;
      },
      owns: (_operator, thread) => thread.wallet_id === null,
      threads: () => operatorThreads(database, new Date(nowMs())),
    },
    { database, nowMs },
  );
}
