import { z } from "zod";
import { mostOutgoing, type OutgoingMemory } from "./chat-rooms.ts";

const outgoingSchema = z
  .array(
    z.strictObject({
      messageId: z.string(),
      text: z.string(),
      about: z.string().optional(),
      writtenAt: z.number(),
      state: z.enum(["sending", "not-sent"]),
    }),
  )
  .max(mostOutgoing);

/** Keeps what is on its way in a tab's storage, one entry for each thread, under names that begin with `prefix`. */
export function outgoingMemory(storage: Storage, prefix: string): OutgoingMemory {
  return {
    outgoing(threadId) {
      try {
        return outgoingSchema.parse(JSON.parse(storage.getItem(prefix + threadId) ?? "[]"));
      } catch {
        return [];
      }
    },
    keepOutgoing(threadId, outgoing) {
      if (outgoing.length === 0) storage.removeItem(prefix + threadId);
      else storage.setItem(prefix + threadId, JSON.stringify(outgoing));
    },
  };
}
