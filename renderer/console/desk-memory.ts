import { outgoingMemory } from "../shared/chat/outgoing-memory.ts";
import { forgetNamed } from "../shared/platform-page/forget.ts";
import type { DeskParts } from "./desk.ts";

const prefix = "suanpan.console.";
const tokenName = `${prefix}token`;

/** What a tab keeps over a reload: the operator's token, and messages that are on their way. Closing the tab forgets it. */
export function tabDeskMemory(storage: Storage): DeskParts["memory"] {
  return {
    ...outgoingMemory(storage, `${prefix}outgoing.`),
    token: () => storage.getItem(tokenName),
    keepToken: (token) => storage.setItem(tokenName, token),
    forget: () => forgetNamed(storage, prefix),
  };
}
