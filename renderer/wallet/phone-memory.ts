import { z } from "zod";
import { namesSchema } from "../../sync/protocol/entry-types.ts";
import type { OutgoingMemory } from "../shared/chat/chat-rooms.ts";
import type { Owner } from "./phone-state.ts";

const ownerName = "suanpan.wallet.owner";
const outgoingPrefix = "suanpan.wallet.outgoing.";

const ownerSchema = z.strictObject({ shopperId: z.string(), name: namesSchema, session: z.string().min(16).max(256) });
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
  .max(20);

/** What a tab keeps over a reload: whose phone it is, and messages that are on their way. */
export type PhoneMemory = OutgoingMemory & {
  owner(): Owner | null;
  keepOwner(owner: Owner): void;
  /** Forgets whose phone it is, and everything of theirs. */
  forget(): void;
};

/** A memory in the tab's own storage, so that every tab can be another shopper's phone. */
export function tabMemory(storage: Storage): PhoneMemory {
  const read = <T extends z.ZodType>(name: string, schema: T): z.infer<T> | null => {
    try {
      return schema.parse(JSON.parse(storage.getItem(name) ?? "null"));
    } catch {
      return null;
    }
  };
  return {
    owner: () => read(ownerName, ownerSchema),
    keepOwner: (owner) => storage.setItem(ownerName, JSON.stringify(owner)),
    outgoing: (threadId) => read(outgoingPrefix + threadId, outgoingSchema) ?? [],
    keepOutgoing(threadId, outgoing) {
      if (outgoing.length === 0) storage.removeItem(outgoingPrefix + threadId);
      else storage.setItem(outgoingPrefix + threadId, JSON.stringify(outgoing));
    },
    forget() {
      const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
      for (const name of names) if (name.startsWith("suanpan.wallet.")) storage.removeItem(name);
    },
  };
}
