import { PlatformRefusal } from "../shared/platform-http.ts";
import { lastCursor, mergeMessages, stillOutgoing, type Outgoing } from "./messages.ts";
import { emptyRoom, type PhoneState, type Room } from "./phone-state.ts";
import type { PhoneParts } from "./phone-parts.ts";

/** The most messages of one chat that wait to be sent; what is more than that has to be written again. */
export const mostOutgoing = 20;

type Rooms = PhoneState["rooms"];

/** What the chats need of the phone that holds them. */
type Holder = {
  readonly parts: Pick<PhoneParts, "client" | "memory" | "now" | "newId">;
  session(): string | null;
  get(): Rooms;
  set(rooms: Rooms): void;
  onTrouble(error: unknown): void;
};

/** The chats of a phone: what has come, and what is on its way. */
export class ChatRooms {
  readonly #holder: Holder;
  readonly #sending = new Set<string>();

  constructor(holder: Holder) {
    this.#holder = holder;
  }

  /** Asks for what is new in a chat, and says that it has been read. */
  async read(threadId: string): Promise<void> {
    const { client } = this.#holder.parts;
    const session = this.#holder.session();
    if (session === null) return;
    const known = this.#room(threadId).messages ?? [];
    const after = lastCursor(known);
    // Without a cursor the newest come; with one, those after it.
    const answer = await client.messages(session, threadId, after === 0 ? undefined : after);
    if (this.#holder.session() !== session) return;
    const room = this.#room(threadId);
    const messages = mergeMessages(room.messages ?? [], answer.messages);
    const outgoing = stillOutgoing(room.outgoing, messages);
    const isSame = room.messages === messages && room.outgoing === outgoing && room.readUpTo === answer.readUpTo;
    if (!isSame) this.#put(threadId, { messages, outgoing, readUpTo: answer.readUpTo });
    const isNew = answer.messages.some(({ from }) => from !== "shopper");
    if (isNew) await client.markRead(session, threadId, lastCursor(messages));
  }

  /** Writes a message and sends it. */
  write(threadId: string, text: string, about?: string): void {
    const room = this.#room(threadId);
    const trimmed = text.trim();
    if (trimmed === "" || room.outgoing.length >= mostOutgoing) return;
    const { now, newId } = this.#holder.parts;
    const message: Outgoing = {
      messageId: newId(),
      text: trimmed,
      ...(about === undefined ? {} : { about }),
      writtenAt: now(),
      state: "sending",
    };
    this.#put(threadId, { ...room, outgoing: [...room.outgoing, message] });
    void this.#send(threadId, message);
  }

  /** Sends a message once more, under its own id. */
  writeAgain(threadId: string, messageId: string): void {
    const message = this.#room(threadId).outgoing.find((each) => each.messageId === messageId);
    if (message === undefined || this.#sending.has(messageId)) return;
    this.#mark(threadId, messageId, "sending");
    void this.#send(threadId, message);
  }

  /** Sends what a reload of the page has interrupted. */
  sendWaiting(): void {
    for (const [threadId, { outgoing }] of Object.entries(this.#holder.get())) {
      for (const message of outgoing) {
        if (message.state === "sending" && !this.#sending.has(message.messageId)) void this.#send(threadId, message);
      }
    }
  }

  async #send(threadId: string, { messageId, text, about }: Outgoing): Promise<void> {
    const session = this.#holder.session();
    if (session === null) return;
    this.#sending.add(messageId);
    try {
      const message = { messageId, text, ...(about === undefined ? {} : { about }) };
      const stored = await this.#holder.parts.client.send(session, threadId, message);
      if (this.#holder.session() !== session) return;
      const room = this.#room(threadId);
      // What came in between has lower cursors than this one: it is asked for again rather than passed over.
      const isNext = room.messages !== null && stored.cursor === lastCursor(room.messages) + 1;
      const messages = isNext ? mergeMessages(room.messages ?? [], [stored]) : room.messages;
      const outgoing = isNext ? stillOutgoing(room.outgoing, [stored]) : room.outgoing;
      this.#put(threadId, { ...room, messages, outgoing });
      if (!isNext) await this.read(threadId);
    } catch (error) {
      if (!(error instanceof PlatformRefusal)) throw error;
      if (this.#holder.session() === session) this.#mark(threadId, messageId, "not-sent");
      this.#holder.onTrouble(error);
    } finally {
      this.#sending.delete(messageId);
    }
  }

  #mark(threadId: string, messageId: string, state: Outgoing["state"]): void {
    const room = this.#room(threadId);
    const outgoing = room.outgoing.map((each) => (each.messageId === messageId ? { ...each, state } : each));
    this.#put(threadId, { ...room, outgoing });
  }

  #room(threadId: string): Room {
    return this.#holder.get()[threadId] ?? { ...emptyRoom, outgoing: this.#holder.parts.memory.outgoing(threadId) };
  }

  #put(threadId: string, room: Room): void {
    this.#holder.parts.memory.keepOutgoing(threadId, room.outgoing);
    this.#holder.set({ ...this.#holder.get(), [threadId]: room });
  }
}
