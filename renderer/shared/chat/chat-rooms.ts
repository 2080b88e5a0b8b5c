import type { ChatMessage, MessagesResponse, NewMessage } from "../../../sync/protocol/chat.ts";
import { PlatformRefusal } from "../platform-http.ts";
import {
  emptyRoom,
  lastCursor,
  mergeMessages,
  mostMessages,
  stillOutgoing,
  type Outgoing,
  type Room,
  type Rooms,
} from "./messages.ts";

/** The most messages of one chat that wait to be sent; what is more than that has to be written again. */
export const mostOutgoing = 20;

/** The questions about chats, asked with a session or a token. */
export type ChatClient = {
  /** What follows a cursor or what precedes one, or else the newest. */
  messages(session: string, threadId: string, place: { after?: number; before?: number }): Promise<MessagesResponse>;
  send(session: string, threadId: string, message: NewMessage): Promise<ChatMessage>;
  markRead(session: string, threadId: string, upTo: number): Promise<void>;
};

/** What is on its way, kept over a reload. */
export type OutgoingMemory = {
  outgoing(threadId: string): readonly Outgoing[];
  keepOutgoing(threadId: string, outgoing: readonly Outgoing[]): void;
};

/** What the chats need of the page that holds them. */
type Holder = {
  readonly parts: {
    readonly client: ChatClient;
    readonly memory: OutgoingMemory;
    now(): number;
    newId(): string;
    isVisible(): boolean;
  };
  /** Which side writes here. */
  readonly own: ChatMessage["from"];
  session(): string | null;
  get(): Rooms;
  set(rooms: Rooms): void;
  onTrouble(error: unknown): void;
};

/** The chats of a page: what has come, and what is on its way. */
export class ChatRooms {
  readonly #holder: Holder;
  readonly #sending = new Set<string>();
  /** Up to which cursor a thread was called read, by session and thread. */
  readonly #marked = new Map<string, number>();

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
    const answer = await client.messages(session, threadId, after === 0 ? {} : { after });
    if (this.#holder.session() !== session) return;
    const room = this.#room(threadId);
    const messages = mergeMessages(room.messages ?? [], answer.messages);
    const outgoing = stillOutgoing(room.outgoing, messages);
    const isSame = room.messages === messages && room.outgoing === outgoing && room.readUpTo === answer.readUpTo;
    const hasOlder = after === 0 ? answer.more : room.hasOlder;
    if (!isSame) this.#put(threadId, { messages, outgoing, readUpTo: answer.readUpTo, hasOlder });
    await this.#markRead(session, threadId, messages);
  }

  /** What nobody has seen is not called read, and what could not be said is said the next time. */
  async #markRead(session: string, threadId: string, messages: readonly ChatMessage[]): Promise<void> {
    const { client, isVisible } = this.#holder.parts;
    const newest = messages.findLast(({ from }) => from !== this.#holder.own)?.cursor ?? 0;
    const name = `${session} ${threadId}`;
    if (newest <= (this.#marked.get(name) ?? 0) || !isVisible()) return;
    await client.markRead(session, threadId, newest);
    this.#marked.set(name, newest);
  }

  /** Asks for what came before the messages that are here. */
  older(threadId: string): void {
    void this.#askOlder(threadId);
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

  async #askOlder(threadId: string): Promise<void> {
    const session = this.#holder.session();
    const first = this.#room(threadId).messages?.[0];
    if (session === null || first === undefined) return;
    try {
      const answer = await this.#holder.parts.client.messages(session, threadId, { before: first.cursor });
      if (this.#holder.session() !== session) return;
      const room = this.#room(threadId);
      const messages = mergeMessages(room.messages ?? [], answer.messages);
      this.#put(threadId, { ...room, messages, hasOlder: answer.more && messages.length < mostMessages });
    } catch (error) {
      if (!(error instanceof PlatformRefusal)) throw error;
      this.#holder.onTrouble(error);
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
