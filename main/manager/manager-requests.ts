import { z } from "zod";
import type { PlatformClient } from "../../sync/client.ts";
import { judgementResponseSchema, paths } from "../../sync/protocol/api.ts";
import {
  messagesResponseSchema,
  shopThreadsResponseSchema,
  type MessagesResponse,
  type NewMessage,
  type ShopThread,
} from "../../sync/protocol/chat.ts";

/**
 * What the manager's page asks of the platform. Each rejects with a SyncError at once when it does not get through:
 * nothing of it is kept to be sent later.
 */
export type ManagerRequests = {
  /** Has the platform look at an entry once more. Its word on it counts once it comes with the answers. */
  judgeAgain(seq: number): Promise<void>;
  threads(): Promise<ShopThread[]>;
  messages(threadId: string, after: number | undefined): Promise<MessagesResponse>;
  /** The same message sent twice stands once. */
  send(threadId: string, message: NewMessage): Promise<void>;
  read(threadId: string, upTo: number): Promise<void>;
};

/** The requests of one ledger's till. */
export function managerRequests(client: Pick<PlatformClient, "request">, ledger: string): ManagerRequests {
  /** That it was taken says the status alone; what else is in the answer is nothing that the till needs. */
  async function post(path: string, body: unknown): Promise<void> {
    await client.request({ method: "POST", path, body, answer: z.unknown() });
  }
  return {
    async judgeAgain(seq) {
      const path = paths.judgement.replace("{ledger}", ledger).replace("{seq}", String(seq));
      await client.request({ method: "POST", path, answer: judgementResponseSchema });
    },
    async threads() {
      const answer = await client.request({ method: "GET", path: paths.threads, answer: shopThreadsResponseSchema });
      return answer.threads;
    },
    messages(threadId, after) {
      const path = inThread(paths.messages, threadId) + (after === undefined ? "" : `?after=${after}`);
      return client.request({ method: "GET", path, answer: messagesResponseSchema });
    },
    send: (threadId, message) => post(inThread(paths.messages, threadId), message),
    read: (threadId, upTo) => post(inThread(paths.read, threadId), { upTo }),
  };
}

function inThread(path: string, threadId: string): string {
  return path.replace("{threadId}", threadId);
}
