import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { namesSchema } from "../../sync/protocol/entry-types.ts";
import { certificateRequestSchema, walletPaths } from "../../sync/protocol/wallet-api.ts";
import { addChatRoutes } from "../chat/chat-routes.ts";
import { unreadOfWallet, walletThreads } from "../chat/thread-lists.ts";
import type { Database } from "../database/database.ts";
import { addRoute, readBody, readValue } from "../http/application.ts";
import type { PlatformKeys } from "../keys.ts";
import { issueCertificate } from "./certificates.ts";
import { historyOf, lastMoveOf } from "./history.ts";
import { walletOf } from "./sessions.ts";
import type { Wallet } from "./wallets.ts";

/** What the phone's routes work with. */
export type WalletRouteContext = { database: Database; keys: PlatformKeys; nowMs: () => number };

const historyPageSchema = z.strictObject({
  /** A move's id. */
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** The routes of a shopper's phone, each for whoever shows a session. */
export function addWalletRoutes(application: FastifyInstance, context: WalletRouteContext): void {
  const { database, keys, nowMs } = context;
  const identify = (request: FastifyRequest): Promise<Wallet> => walletOf(database, request, nowMs());

  addRoute(application, "GET", walletPaths.me, {}, async (request) => {
    const wallet = await identify(request);
    const lastChange = await lastMoveOf(database, wallet);
    return {
      walletId: wallet.id,
      name: namesSchema.parse(JSON.parse(wallet.name)),
      currency: wallet.currency,
      balanceMinor: wallet.balanceMinor,
      unread: await unreadOfWallet(database, wallet.id),
      ...(lastChange === null ? {} : { lastChange }),
    };
  });
  addRoute(application, "POST", walletPaths.certificates, {}, async (request) => {
    const wallet = await identify(request);
    return issueCertificate(keys, wallet, readBody(request, certificateRequestSchema).publicKey, nowMs());
  });
  addRoute(application, "GET", walletPaths.history, {}, async (request) =>
    historyOf(database, await identify(request), readValue(request.query, historyPageSchema)),
  );
  addChatRoutes<Wallet>(
    application,
    {
      sender: "shopper",
      paths: walletPaths,
      identify,
      owns: (wallet, thread) => thread.wallet_id === wallet.id,
      threads: (wallet) => walletThreads(database, wallet.id),
    },
    context,
  );
}
