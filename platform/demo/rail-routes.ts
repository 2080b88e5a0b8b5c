import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  demoRailAnswerRequestSchema,
  demoRailBehaviourRequestSchema,
  demoRailCodeRequestSchema,
  demoRailPaths,
  otherWalletSchema,
  type DemoRail,
  type OtherWallet,
} from "../../sync/protocol/demo-rails.ts";
import { addRoute, readBody } from "../http/application.ts";
import { PlatformError } from "../http/errors.ts";
import { readParameter, route } from "../http/paths.ts";
import { demoShoppers } from "./goods/demo-shop.ts";
import type { RailEmulator } from "./rails/emulator.ts";

/** The emulators, by the rail that each plays. */
export type Emulators = ReadonlyMap<OtherWallet, RailEmulator>;

/** No phone shows more than this. */
const mostWaiting = 64;

/** Routes of the shoppers' phones with other companies' wallets, for callers on loopback alone. */
export function addDemoRailRoutes(
  application: FastifyInstance,
  emulators: Emulators,
  loopbackOnly: { onRequest: (request: FastifyRequest) => Promise<void> },
): void {
  const emulatorOf = (request: FastifyRequest): RailEmulator => {
    const emulator = emulators.get(readParameter(request, "rail", otherWalletSchema));
    if (emulator === undefined) throw new PlatformError("not-found", "This rail is not played here");
    return emulator;
  };

  addRoute(application, "GET", demoRailPaths.rails, loopbackOnly, async () => ({
    rails: [...emulators].map(([rail, emulator]) => viewOf(rail, emulator)),
  }));
  addRoute(application, "POST", route(demoRailPaths.code), loopbackOnly, async (request) => {
    const emulator = emulatorOf(request);
    const { shopperId } = readBody(request, demoRailCodeRequestSchema);
    if (emulator.balanceOf(shopperId) === null) throw new PlatformError("not-found", "There is no such shopper");
    const { code, expiresAtMs } = emulator.issueCode(shopperId);
    return { code, expiresAt: expiresAtMs };
  });
  addRoute(application, "POST", route(demoRailPaths.behaviour), loopbackOnly, async (request) => {
    const emulator = emulatorOf(request);
    emulator.choose(readBody(request, demoRailBehaviourRequestSchema).behaviour);
    return {};
  });
  addRoute(application, "POST", route(demoRailPaths.answer), loopbackOnly, async (request) => {
    const emulator = emulatorOf(request);
    const { orderNumber, confirms } = readBody(request, demoRailAnswerRequestSchema);
    // An order that was closed in the meantime is gone from the phone; touching it does nothing.
    emulator.answer(orderNumber, confirms);
    return {};
  });
}

function viewOf(rail: OtherWallet, emulator: RailEmulator): DemoRail {
  return {
    rail,
    behaviour: emulator.chosen(),
    balances: demoShoppers.map(({ id }) => ({ shopperId: id, balanceMinor: emulator.balanceOf(id) ?? 0 })),
    waiting: emulator
      .waiting()
      .slice(-mostWaiting)
      .map(({ number: orderNumber, shopperId, amountMinor }) => ({ orderNumber, shopperId, amountMinor })),
  };
}
