import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { namesSchema } from "../../sync/protocol/entry-types.ts";
import { certificateRequestSchema, walletPaths } from "../../sync/protocol/wallet-api.ts";
import type { Database } from "../database/database.ts";
import { addRoute, readBody } from "../http/application.ts";
import { PlatformError } from "../http/errors.ts";
import { readParameter, route } from "../http/paths.ts";
import type { PlatformKeys } from "../keys.ts";
import { issueCertificate } from "../wallets/certificates.ts";
import { openSession } from "../wallets/sessions.ts";
import { walletOfShopper, type Wallet } from "../wallets/wallets.ts";
import { demoCategories, demoGoods } from "./goods/demo-goods.ts";
import { demoPin, demoShoppers } from "./goods/demo-shop.ts";
import { addDemoRailRoutes, type Emulators } from "./rail-routes.ts";
import { demoItem, demoPictureHashes } from "./seed.ts";

/** What the demo's routes work with. `emulators` are empty where the platform speaks to real rails. */
export type DemoRouteContext = {
  database: Database;
  keys: PlatformKeys;
  emulators: Emulators;
  nowMs: () => number;
};

const shopperIdSchema = z.string().regex(/^[a-z0-9-]{1,64}$/);

/**
 * Routes of the demo alone, for its simulated shoppers: they hand out wallets to whoever asks. So they are
 * there only with --demo, only on loopback, and only for callers who name loopback as the host, which a web page that
 * was lured here by its own name does not.
 */
export async function addDemoRoutes(application: FastifyInstance, context: DemoRouteContext): Promise<void> {
  const { database, keys, emulators, nowMs } = context;
  const pictures = await demoPictureHashes();
  const goods = demoGoods.map((good) => demoItem(good, pictures));
  const loopbackOnly = { onRequest: async (request: FastifyRequest) => requireLoopbackName(request) };

  addRoute(application, "GET", "/v1/demo/goods", loopbackOnly, async () => ({ categories: demoCategories, goods }));

  addRoute(application, "GET", walletPaths.demoShoppers, loopbackOnly, async () => ({
    shoppers: await shoppers(database),
  }));

  addRoute(application, "POST", "/v1/demo/shoppers/:shopper/certificates", loopbackOnly, async (request) => {
    const { publicKey } = readBody(request, certificateRequestSchema);
    return issueCertificate(keys, await shoppersWallet(database, request), publicKey, nowMs());
  });

  addRoute(application, "POST", route(walletPaths.demoSession), loopbackOnly, async (request) => {
    const wallet = await shoppersWallet(database, request);
    return { session: await openSession(database, wallet.id, nowMs()) };
  });

  addRoute(application, "GET", "/v1/demo/shop", loopbackOnly, async () => ({ pin: demoPin }));
  addDemoRailRoutes(application, emulators, loopbackOnly);
}

async function shoppersWallet(database: Database, request: FastifyRequest): Promise<Wallet> {
  const wallet = await walletOfShopper(database, readParameter(request, "shopper", shopperIdSchema));
  if (wallet === null) throw new PlatformError("not-found", "There is no such shopper");
  return wallet;
}

async function shoppers(database: Database): Promise<{ id: string; name: unknown; balanceMinor: number }[]> {
  const result = await database.query<{ id: string; name: string; balance: number }>(
    `select w.shopper_id as id, w.name, a.balance_minor as balance from wallets w
     join accounts a on a.id = w.account_id order by w.shopper_id`,
  );
  const known = new Set(demoShoppers.map(({ id }) => id));
  return result.rows
    .filter(({ id }) => known.has(id))
    .map(({ id, name, balance }) => ({ id, name: namesSchema.parse(JSON.parse(name)), balanceMinor: balance }));
}

function requireLoopbackName(request: FastifyRequest): void {
  const name = request.hostname.replace(/:\d+$/, "");
  if (!["127.0.0.1", "localhost", "[::1]", "::1"].includes(name)) {
    throw new PlatformError("not-found", "The demo answers on loopback only");
  }
}
