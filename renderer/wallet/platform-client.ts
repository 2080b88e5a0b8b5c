import { z } from "zod";
import { chatMessageSchema, messagesResponseSchema } from "../../sync/protocol/chat.ts";
import {
  certificateResponseSchema,
  demoSessionResponseSchema,
  demoShoppersResponseSchema,
  historyResponseSchema,
  walletPaths,
  walletSchema,
  walletThreadsResponseSchema,
  type Wallet,
  type WalletThread,
} from "../../sync/protocol/wallet-api.ts";
import type { ChatClient } from "../shared/chat/chat-rooms.ts";
import { pathWith, type PlatformHttp } from "../shared/platform-http.ts";

/** Somebody whose phone the demo lets one hold. */
export type DemoShopper = z.infer<typeof demoShoppersResponseSchema>["shoppers"][number];

/** The moves of a balance, the newest first. */
export type History = z.infer<typeof historyResponseSchema>;

/** A certificate over a wallet key. */
export type IssuedCertificate = z.infer<typeof certificateResponseSchema>;

const anythingSchema = z.unknown();

/** What the phone asks the platform, checked by the protocol's own schemas. */
export type PlatformClient = ChatClient & {
  shoppers(): Promise<readonly DemoShopper[]>;
  openSession(shopperId: string): Promise<string>;
  wallet(session: string): Promise<Wallet>;
  certificate(session: string, publicKeyHex: string): Promise<IssuedCertificate>;
  history(session: string, before?: string): Promise<History>;
  threads(session: string): Promise<readonly WalletThread[]>;
};

/** The phone's questions over HTTP. */
export function createPlatformClient(http: PlatformHttp): PlatformClient {
  const get = <T extends z.ZodType>(session: string | undefined, path: string, schema: T) =>
    http({ method: "GET", path, bearer: session }, schema);
  const post = <T extends z.ZodType>(session: string | undefined, path: string, body: unknown, schema: T) =>
    http({ method: "POST", path, bearer: session, body }, schema);
  return {
    shoppers: async () => (await get(undefined, walletPaths.demoShoppers, demoShoppersResponseSchema)).shoppers,
    openSession: async (shopper) =>
      (await post(undefined, pathWith(walletPaths.demoSession, { shopper }), {}, demoSessionResponseSchema)).session,
    wallet: (session) => get(session, walletPaths.me, walletSchema),
    certificate: (session, publicKey) =>
      post(session, walletPaths.certificates, { publicKey }, certificateResponseSchema),
    history: (session, before) => get(session, pathWith(walletPaths.history, {}, { before }), historyResponseSchema),
    threads: async (session) => (await get(session, walletPaths.threads, walletThreadsResponseSchema)).threads,
    messages: (session, threadId, place) =>
      get(session, pathWith(walletPaths.messages, { threadId }, place), messagesResponseSchema),
    send: (session, threadId, message) =>
      post(session, pathWith(walletPaths.messages, { threadId }), message, chatMessageSchema),
    markRead: async (session, threadId, upTo) => {
      await post(session, pathWith(walletPaths.read, { threadId }), { upTo }, anythingSchema);
    },
  };
}
