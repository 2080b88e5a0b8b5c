import type { ChatMessage, ChatReceipt } from "../../../sync/protocol/chat.ts";

/** A message on its way. The id stays the same however often it is sent. */
export type Outgoing = {
  readonly messageId: string;
  readonly text: string;
  readonly about?: string | undefined;
  /** When it was written, in milliseconds since 1970. */
  readonly writtenAt: number;
  readonly state: "sending" | "not-sent";
};

/** A chat as far as this page has it. */
export type Room = {
  /** Null before the platform has been asked. */
  readonly messages: readonly ChatMessage[] | null;
  readonly outgoing: readonly Outgoing[];
  /** The last cursor that the other side has read. */
  readonly readUpTo: number;
  /** Whether the platform has messages from before those that are here. */
  readonly hasOlder: boolean;
};

/** Chats by the ids of their threads. */
export type Rooms = Readonly<Record<string, Room>>;

/** A chat that this page knows nothing of. */
export const emptyRoom: Room = { messages: null, outgoing: [], readUpTo: 0, hasOlder: false };

/** The most messages of one thread that a page holds; the oldest leave first. */
export const mostMessages = 2000;

/**
 * Puts messages that have arrived to those that are known, in the order of their cursors, each once. A message that
 * comes again replaces what was known of it.
 */
export function mergeMessages(known: readonly ChatMessage[], arrived: readonly ChatMessage[]): readonly ChatMessage[] {
  if (arrived.length === 0) return known;
  const byId = new Map([...known, ...arrived].map((message) => [message.messageId, message]));
  return [...byId.values()].sort((one, other) => one.cursor - other.cursor).slice(-mostMessages);
}

/** Leaves out what has arrived at the platform from what is on its way. */
export function stillOutgoing(outgoing: readonly Outgoing[], known: readonly ChatMessage[]): readonly Outgoing[] {
  const ids = new Set(known.map(({ messageId }) => messageId));
  return outgoing.some(({ messageId }) => ids.has(messageId))
    ? outgoing.filter(({ messageId }) => !ids.has(messageId))
    : outgoing;
}

/** The cursor to ask after next; 0 where nothing is known. */
export function lastCursor(messages: readonly ChatMessage[]): number {
  return messages.at(-1)?.cursor ?? 0;
}

/** The refunds that gave a sale back, whole or in part, as far as the thread has them, the oldest first. */
export function refundsOf(messages: readonly ChatMessage[], receiptCode: string): readonly ChatReceipt[] {
  return messages
    .flatMap((message) => (message.kind === "receipt" ? [message.receipt] : []))
    .filter((receipt) => receipt.kind === "refund" && receipt.originalReceiptCode === receiptCode);
}
