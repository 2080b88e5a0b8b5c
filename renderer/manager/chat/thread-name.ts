import type { ShopThread } from "../../../sync/protocol/chat.ts";
import type { Words } from "../../shared/words/intl.tsx";

/** Who one writes with: a shopper by number, or the operator. */
export function nameOfThread(words: Words, thread: ShopThread): string {
  if (thread.with === "operator") return words("manager.chat-operator");
  return words("manager.chat-shopper", { number: thread.shopperNumber ?? "–" });
}
