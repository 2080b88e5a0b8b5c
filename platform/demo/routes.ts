import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { namesSchema } from "../../sync/protocol/entry-types.ts";
import { createWalletCertificate } from "../../sync/protocol/wallet-certificate.ts";
import type { Database } from "../database/database.ts";
import { addRoute, readBody, readValue } from "../http/application.ts";
import { PlatformError } from "../http/errors.ts";
import type { PlatformKeys } from "../keys.ts";
import { signWithNode } from "../wallets/sign.ts";
import { walletOfShopper } from "../wallets/wallets.ts";
import { demoCategories, demoGoods } from "./goods/demo-goods.ts";
import { demoShoppers, demoStore } from "./goods/demo-shop.ts";
import { demoItem, demoPictureHashes } from "./seed.ts";

/** What the demo's routes work with. */
export type DemoRouteContext = { database: Database; keys: PlatformKeys; nowMs: () => number };

const certificateLifeSeconds = 7 * 24 * 3600;
const issuer = "suanpan-demo";
const certificateRequestSchema = z.strictObject({
  /** A compressed P-256 point, hexadecimal. */
  publicKey: z.string().regex(/^0[23][0-9a-f]{64}$/),
});
const shopperIdSchema = z.string().regex(/^[a-z0-9-]{1,64}$/);

/**
 * Routes of the demo alone, for its simulated shoppers: they hand out wallet certificates to whoever asks. So they are
 * there only with --demo, only on loopback, and only for callers who name loopback as the host, which a web page that
 * was lured here by its own name does not.
 */
export async function addDemoRoutes(application: FastifyInstance, context: DemoRouteContext): Promise<void> {
  const { database, keys, nowMs } = context;
  const pictures = await demoPictureHashes();
  const goods = demoGoods.map((good) => demoItem(good, pictures));
  const loopbackOnly = { onRequest: async (request: FastifyRequest) => requireLoopbackName(request) };

  addRoute(application, "GET", "/v1/demo/goods", loopbackOnly, async () => ({ categories: demoCategories, goods }));

  addRoute(application, "GET", "/v1/demo/shoppers", loopbackOnly, async () => ({ shoppers: await shoppers(database) }));

  addRoute(application, "POST", "/v1/demo/shoppers/:shopper/certificates", loopbackOnly, async (request) => {
    const shopper = readValue((request.params as Record<string, unknown>)["shopper"], shopperIdSchema);
    const { publicKey } = readBody(request, certificateRequestSchema);
    const wallet = await walletOfShopper(database, shopper);
    if (wallet === null) throw new PlatformError("not-found", "There is no such shopper");
    return issue(keys, wallet.id, publicKey, Math.floor(nowMs() / 1000));
  });
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

async function issue(
  keys: PlatformKeys,
  walletId: string,
  publicKey: string,
  nowSeconds: number,
): Promise<{ certificate: string; walletId: string; expiresAt: string; currency: string }> {
  const expiresAtSeconds = nowSeconds + certificateLifeSeconds;
  const certificate = await createWalletCertificate({
    sign: signWithNode(keys.issuing.privateKey),
    algorithm: "Ed25519",
    keyId: Buffer.from(keys.issuing.keyId, "hex"),
    issuer,
    walletId: Buffer.from(walletId, "hex"),
    walletKey: Buffer.from(publicKey, "hex"),
    issuedAtSeconds: nowSeconds,
    expiresAtSeconds,
  });
  return {
    certificate: Buffer.from(certificate).toString("hex"),
    walletId,
    expiresAt: new Date(expiresAtSeconds * 1000).toISOString(),
    currency: demoStore.currency,
  };
}

function requireLoopbackName(request: FastifyRequest): void {
  const name = request.hostname.replace(/:\d+$/, "");
  if (!["127.0.0.1", "localhost", "[::1]", "::1"].includes(name)) {
    throw new PlatformError("not-found", "The demo answers on loopback only");
  }
}
