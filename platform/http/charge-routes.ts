import type { FastifyInstance } from "fastify";
import { chargeRequestSchema, paths, reverseRequestSchema } from "../../sync/protocol/api.ts";
import { idSchema } from "../../sync/protocol/entry.ts";
import { paymentNumberSchema } from "../../sync/protocol/entry-types.ts";
import type { TillAccess } from "../authorisation/till-access.ts";
import type { Database } from "../database/database.ts";
import type { PlatformKeys } from "../keys.ts";
import type { Projector } from "../projection/projector.ts";
import { ownCharge, type RailCharges } from "../rails/rail-charges.ts";
import { charge, reverse } from "../wallets/charges.ts";
import { numberedCharges } from "../wallets/numbered-charges.ts";
import { verificationKeys } from "../wallets/read-token.ts";
import { addRoute, readBody } from "./application.ts";
import { PlatformError } from "./errors.ts";
import { readParameter, route } from "./paths.ts";

/** What the routes of charges work with. */
export type ChargeRouteContext = {
  database: Database;
  access: TillAccess;
  keys: PlatformKeys;
  projector: Projector;
  railCharges: RailCharges;
  nowMs: () => number;
};

/** Charging, asking and undoing, whoever's wallet it is. */
export function addChargeRoutes(application: FastifyInstance, context: ChargeRouteContext): void {
  const { database, access, keys, projector, railCharges, nowMs } = context;
  const issuingKeys = verificationKeys(keys.list);
  addRoute(application, "POST", paths.charges, {}, async (request) => {
    const till = await access.tillOf(request);
    const body = readBody(request, chargeRequestSchema);
    if ((body.rail ?? "wallet") !== "wallet") return railCharges.charge(till, body);
    const answer = await charge(database, till, body, { issuingKeys, nowMs: nowMs() });
    // Sales that came before their payment are judged again, and their receipts go out.
    if (answer.state === "paid") projector.wakeWaitingFor(answer.paymentId);
    return answer;
  });
  addRoute(application, "GET", route(paths.numberedCharges), {}, async (request) => {
    const till = await access.tillOf(request);
    const number = readParameter(request, "number", paymentNumberSchema);
    return numberedCharges(database, till.storeId, number, nowMs());
  });
  addRoute(application, "GET", route(paths.charge), {}, async (request) => {
    const till = await access.tillOf(request);
    return railCharges.state(await ownCharge(database, till, readParameter(request, "paymentId", idSchema)));
  });
  addRoute(application, "POST", route(paths.reversal), {}, async (request) => {
    const till = await access.tillOf(request);
    const body = readBody(request, reverseRequestSchema);
    if (body.paymentId !== readParameter(request, "paymentId", idSchema)) {
      throw new PlatformError("request.invalid", "The path names another payment than the body");
    }
    if ((body.rail ?? "wallet") !== "wallet") return railCharges.reverse(till, body);
    const answer = await reverse(database, till, body, nowMs());
    projector.paymentReversed(answer.paymentId);
    return answer;
  });
}
