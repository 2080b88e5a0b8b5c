import { outgoingMemory } from "../shared/chat/outgoing-memory.ts";
import type { DeskParts } from "./desk.ts";

const prefix = "suanpan.console.";
const tokenName = `${prefix}token`;

/** What a tab keeps over a reload: the operator's token, and messages that are on their way. Closing the tab forgets it. */
export function tabDeskMemory(storage: Storage): DeskParts["memory"] {
  return {
    ...outgoingMemory(storage, `${prefix}outgoing.`),
    token: () => storage.getItem(tokenName),
    keepToken: (token) => storage.setItem(tokenName, token),
    forget() {
      const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
      for (const name of names) if (name.startsWith(prefix)) storage.removeItem(name);
    },
  };
}
