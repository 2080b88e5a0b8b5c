import { z } from "zod";
import { namesSchema } from "../../sync/protocol/entry-types.ts";
import type { OutgoingMemory } from "../shared/chat/chat-rooms.ts";
import { outgoingMemory } from "../shared/chat/outgoing-memory.ts";
import { forgetNamed } from "../shared/platform-page/forget.ts";
import type { Owner } from "./phone-state.ts";

const prefix = "suanpan.wallet.phone.";
const ownerName = `${prefix}owner`;

const ownerSchema = z.strictObject({ shopperId: z.string(), name: namesSchema, session: z.string().min(16).max(256) });

/** What a tab keeps over a reload: whose phone it is, and messages that are on their way. */
export type PhoneMemory = OutgoingMemory & {
  owner(): Owner | null;
  keepOwner(owner: Owner): void;
  /** Forgets whose phone it is, and everything of theirs. */
  forget(): void;
};

/** A memory in the tab's own storage, so that every tab can be another shopper's phone. */
export function tabMemory(storage: Storage): PhoneMemory {
  return {
    ...outgoingMemory(storage, `${prefix}outgoing.`),
    owner() {
      try {
        return ownerSchema.parse(JSON.parse(storage.getItem(ownerName) ?? "null"));
      } catch {
        return null;
      }
    },
    keepOwner: (owner) => storage.setItem(ownerName, JSON.stringify(owner)),
    forget: () => forgetNamed(storage, prefix),
  };
}
