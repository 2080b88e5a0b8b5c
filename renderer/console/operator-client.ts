import { z } from "zod";
import { chatMessageSchema, messagesResponseSchema } from "../../sync/protocol/chat.ts";
import { timeSchema } from "../../sync/protocol/entry.ts";
import {
  needsYouResponseSchema,
  operatorPaths,
  operatorThreadsResponseSchema,
  overviewResponseSchema,
  paymentsResponseSchema,
  reconciliationsResponseSchema,
  type OperatorThread,
  type OverviewResponse,
  type Reconciliations,
} from "../../sync/protocol/operator-api.ts";
import type { ChatClient } from "../shared/chat/chat-rooms.ts";
import { pathWith, type PlatformHttp } from "../shared/platform-http.ts";

const enrolmentCodesPath = "/v1/operator/enrolment-codes";
const enrolmentCodeSchema = z.object({ code: z.string().min(8).max(128), expiresAt: timeSchema });
const anythingSchema = z.unknown();

/** A code that enrols one till; `replaces` is the number of the till whose place it takes. */
export type EnrolmentCode = z.infer<typeof enrolmentCodeSchema> & { readonly replaces?: number };

/** What a code is for: a till more in the shop, or one in the place of the shop's till with the number `replaces`. */
export type CodeOrder = { readonly storeId?: string | undefined; readonly replaces?: number };

/** Charges of wallets, the newest first. */
export type Payments = z.infer<typeof paymentsResponseSchema>;

/** What waits for somebody. */
export type NeedsYou = z.infer<typeof needsYouResponseSchema>;

/** What the console asks the platform, checked by the protocol's own schemas. */
export type OperatorClient = ChatClient & {
  overview(token: string): Promise<OverviewResponse>;
  payments(token: string, before?: number): Promise<Payments>;
  needsYou(token: string): Promise<NeedsYou>;
  reconciliations(token: string): Promise<Reconciliations>;
  threads(token: string): Promise<readonly OperatorThread[]>;
  makeCode(token: string, order: CodeOrder): Promise<EnrolmentCode>;
};

/** The console's questions over HTTP. */
export function createOperatorClient(http: PlatformHttp): OperatorClient {
  const get = <T extends z.ZodType>(bearer: string, path: string, schema: T) =>
    http({ method: "GET", path, bearer }, schema);
  const post = <T extends z.ZodType>(bearer: string, path: string, body: unknown, schema: T) =>
    http({ method: "POST", path, bearer, body }, schema);
  return {
    overview: (token) => get(token, operatorPaths.overview, overviewResponseSchema),
    payments: (token, before) => get(token, pathWith(operatorPaths.payments, {}, { before }), paymentsResponseSchema),
    needsYou: (token) => get(token, operatorPaths.needsYou, needsYouResponseSchema),
    reconciliations: (token) => get(token, operatorPaths.reconciliations, reconciliationsResponseSchema),
    threads: async (token) => (await get(token, operatorPaths.threads, operatorThreadsResponseSchema)).threads,
    makeCode: async (token, order) => {
      const code = await post(token, enrolmentCodesPath, order, enrolmentCodeSchema);
      return order.replaces === undefined ? code : { ...code, replaces: order.replaces };
    },
    messages: (token, threadId, place) =>
      get(token, pathWith(operatorPaths.messages, { threadId }, place), messagesResponseSchema),
    send: (token, threadId, message) =>
      post(token, pathWith(operatorPaths.messages, { threadId }), message, chatMessageSchema),
    markRead: async (token, threadId, upTo) => {
      await post(token, pathWith(operatorPaths.read, { threadId }), { upTo }, anythingSchema);
    },
  };
}
