import type { FastifyInstance } from "fastify";
import { operatorPaths, reconcileRequestSchema } from "../../sync/protocol/operator-api.ts";
import { requireOperator } from "../authorisation/till-access.ts";
import { addRoute, readBody } from "../http/application.ts";
import { PlatformError } from "../http/errors.ts";
import { chinaDay } from "../rails/china-time.ts";
import { reconcileDay, type ReconcileContext } from "./reconcile.ts";
import { reconciliationOf, reconciliationsOf } from "./reconciliations.ts";

/** What the operator sees of the rails' bills, and asks to be read now. */
export function addReconciliationRoutes(
  application: FastifyInstance,
  context: ReconcileContext,
  operatorToken: string,
): void {
  const { database, rails, nowMs } = context;
  const operatorOnly = {
    onRequest: async (request: Parameters<typeof requireOperator>[0]) => requireOperator(request, operatorToken),
  };
  addRoute(application, "GET", operatorPaths.reconciliations, operatorOnly, async () => reconciliationsOf(database));
  addRoute(application, "POST", operatorPaths.reconciliations, operatorOnly, async (request) => {
    const { rail: name, day } = readBody(request, reconcileRequestSchema);
    const rail = rails.get(name);
    if (rail === undefined) throw new PlatformError("not-found", "This rail is off");
    if (day >= chinaDay(new Date(nowMs()))) throw new PlatformError("request.invalid", "day: it is not over yet");
    await reconcileDay(context, rail, day);
    return reconciliationOf(database, name, day);
  });
}
