import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { newMessageSchema, readRequestSchema } from "../../sync/protocol/chat.ts";
import { idSchema } from "../../sync/protocol/entry.ts";
import type { Database } from "../database/database.ts";
import { addRoute, readBody, readValue } from "../http/application.ts";
import { PlatformError } from "../http/errors.ts";
import { readParameter, route } from "../http/paths.ts";
import { messagesOf, writeMessage } from "./messages.ts";
import { markRead, threadById, type Sender, type ThreadRow } from "./threads.ts";

/** One side of the chats: how it is let in, what it may see, and its list. */
export type ChatSide<Who> = {
  sender: Sender;
  paths: { threads: string; messages: string; read: string };
  /** Who asks. Rejects with a PlatformError for whoever may not. */
  identify(request: FastifyRequest): Promise<Who>;
  /** Whether a thread is this one's business. */
  owns(who: Who, thread: ThreadRow): boolean;
  threads(who: Who): Promise<unknown[]>;
};

const cursorSchema = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const pageSchema = z
  .strictObject({
    after: cursorSchema.optional(),
    before: cursorSchema.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .refine((page) => page.after === undefined || page.before === undefined, "either after or before");

/** The routes of one side: its threads, a thread's messages, writing one, and saying how far it has read. */
export function addChatRoutes<Who>(
  application: FastifyInstance,
  side: ChatSide<Who>,
  { database, nowMs }: { database: Database; nowMs: () => number },
): void {
  async function ownThread(request: FastifyRequest): Promise<ThreadRow> {
    const who = await side.identify(request);
    const thread = await threadById(database, readParameter(request, "threadId", idSchema));
    // Another's thread is answered as none: that it is there is nobody's business either.
    if (thread === null || !side.owns(who, thread)) throw new PlatformError("not-found", "There is no such thread");
    return thread;
  }

  addRoute(application, "GET", side.paths.threads, {}, async (request) => ({
    threads: await side.threads(await side.identify(request)),
  }));
  addRoute(application, "GET", route(side.paths.messages), {}, async (request) => {
    const thread = await ownThread(request);
    return messagesOf(database, thread, side.sender, readValue(request.query, pageSchema));
  });
  addRoute(application, "POST", route(side.paths.messages), {}, async (request) => {
    const thread = await ownThread(request);
    return writeMessage(database, thread, side.sender, readBody(request, newMessageSchema), nowMs());
  });
  addRoute(application, "POST", route(side.paths.read), {}, async (request) => {
    const thread = await ownThread(request);
    const { upTo } = readBody(request, readRequestSchema);
    return { upTo: await markRead(database, thread.id, side.sender, upTo) };
  });
}
