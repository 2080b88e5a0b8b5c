import { randomUUID } from "node:crypto";
import {
  chatReceiptSchema,
  type ChatMessage,
  type ChatReceipt,
  type MessagesResponse,
  type NewMessage,
} from "../../sync/protocol/chat.ts";
import type { Database, Queryable } from "../database/database.ts";
import { PlatformError } from "../http/errors.ts";
import { lockThread, readByOthers, type Sender, type ThreadRow } from "./threads.ts";

type MessageRow = {
  cursor: number;
  message_id: string;
  at: Date;
  sender: Sender;
  kind: "text" | "receipt";
  text: string | null;
  about: string | null;
  receipt: string | null;
};

/** What part of a thread is asked for: what follows `after`, what precedes `before`, or the newest. */
export type MessagePage = { after?: number | undefined; before?: number | undefined; limit: number };

const columns = "cursor, message_id, at, sender, kind, text, about, receipt";

/** What one side may write in a thread within a minute. Whoever needs more is no person at a keyboard. */
const messagesPerMinute = 20;
const minuteMs = 60_000;
/** Cards of long receipts are large: a page ends where it grows beyond this. */
const maximumPageCharacters = 512 * 1024;

/**
 * Writes a message, once: the same id again gives what stands there. The thread is the caller's own.
 * @throws PlatformError `request.invalid` where the id stands with another text, `busy` beyond 20 messages in a minute.
 */
export async function writeMessage(
  database: Database,
  thread: ThreadRow,
  sender: Sender,
  message: NewMessage,
  nowMs: number,
): Promise<ChatMessage> {
  return database.transaction(async (transaction) => {
    const { last_cursor: last } = await lockThread(transaction, thread.id);
    const stored = await messageById(transaction, thread.id, message.messageId);
    if (stored !== null) {
      const { text, about } = message;
      const same = stored.sender === sender && stored.text === text && (stored.about ?? undefined) === about;
      if (!same) throw new PlatformError("request.invalid", "messageId: this id belongs to another message");
      return readMessage(stored);
    }
    await requirePatience(transaction, thread.id, sender, nowMs);
    const cursor = last + 1;
    const written = await transaction.query<MessageRow>(
      `insert into messages (thread_id, cursor, message_id, at, sender, kind, text, about)
       values ($1, $2, $3, $4, $5, 'text', $6, $7) returning ${columns}`,
      [thread.id, cursor, message.messageId, new Date(nowMs), sender, message.text, message.about ?? null],
    );
    await moveOn(transaction, thread.id, cursor, new Date(nowMs));
    const [row] = written.rows;
    if (row === undefined) throw new Error("A message is not there after it was written");
    return readMessage(row);
  });
}

/** Puts a receipt into a thread, once for its sale or refund, within the caller's transaction. */
export async function deliverCard(
  transaction: Queryable,
  thread: ThreadRow,
  subjectId: string,
  receipt: ChatReceipt,
  at: Date,
): Promise<void> {
  const { last_cursor: last } = await lockThread(transaction, thread.id);
  const written = await transaction.query(
    `insert into messages (thread_id, cursor, message_id, at, sender, kind, receipt, subject_id)
     values ($1, $2, $3, $4, 'shop', 'receipt', $5, $6) on conflict (subject_id) where subject_id is not null do nothing`,
    [thread.id, last + 1, randomUUID(), at, JSON.stringify(receipt), subjectId],
  );
  if (written.rowCount === 1) await moveOn(transaction, thread.id, last + 1, at);
}

/** Whether the card of a sale or refund has been delivered. */
export async function isDelivered(database: Queryable, subjectId: string): Promise<boolean> {
  return (await database.query("select 1 from messages where subject_id = $1", [subjectId])).rowCount === 1;
}

/** A part of a thread, in order. `more` says that there is more in the direction that was asked for. */
export async function messagesOf(
  database: Queryable,
  thread: ThreadRow,
  reader: Sender,
  page: MessagePage,
): Promise<MessagesResponse> {
  const forwards = page.after !== undefined;
  const bound = forwards ? "cursor > $2" : "cursor < $2";
  const result = await database.query<MessageRow>(
    `select ${columns} from messages where thread_id = $1 and ${bound}
     order by cursor ${forwards ? "" : "desc"} limit $3`,
    [thread.id, page.after ?? page.before ?? Number.MAX_SAFE_INTEGER, page.limit + 1],
  );
  const rows = withinPage(result.rows.slice(0, page.limit));
  const messages = (forwards ? rows : rows.toReversed()).map(readMessage);
  return { messages, more: rows.length < result.rows.length, readUpTo: readByOthers(thread, reader) };
}

async function messageById(transaction: Queryable, threadId: string, messageId: string): Promise<MessageRow | null> {
  const result = await transaction.query<MessageRow>(
    `select ${columns} from messages where thread_id = $1 and message_id = $2`,
    [threadId, messageId],
  );
  return result.rows[0] ?? null;
}

async function requirePatience(transaction: Queryable, threadId: string, sender: Sender, nowMs: number): Promise<void> {
  const result = await transaction.query<{ count: number; oldest: Date | null }>(
    `select count(*) as count, min(m.at) as oldest from (
       select at from messages where thread_id = $1 and sender = $2 and kind = 'text' order by cursor desc limit $3) m
     where m.at > $4`,
    [threadId, sender, messagesPerMinute, new Date(nowMs - minuteMs)],
  );
  const { count, oldest } = result.rows[0] ?? { count: 0, oldest: null };
  if (count < messagesPerMinute || oldest === null) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((oldest.getTime() + minuteMs - nowMs) / 1000));
  throw new PlatformError("busy", "Too many messages in one minute", { retryAfterSeconds });
}

async function moveOn(transaction: Queryable, threadId: string, cursor: number, at: Date): Promise<void> {
  await transaction.query("update threads set last_cursor = $2, last_at = $3 where id = $1", [threadId, cursor, at]);
}

function withinPage(rows: readonly MessageRow[]): MessageRow[] {
  let characters = 0;
  const kept: MessageRow[] = [];
  for (const row of rows) {
    characters += (row.text ?? row.receipt ?? "").length;
    // One always goes, however large, so that a reader gets on.
    if (kept.length > 0 && characters > maximumPageCharacters) break;
    kept.push(row);
  }
  return kept;
}

function readMessage(row: MessageRow): ChatMessage {
  const fields = { messageId: row.message_id, cursor: row.cursor, at: row.at.toISOString(), from: row.sender };
  if (row.receipt !== null) {
    return { kind: "receipt", ...fields, receipt: chatReceiptSchema.parse(JSON.parse(row.receipt)) };
  }
  const about = row.about === null ? {} : { about: row.about };
  return { kind: "text", ...fields, text: row.text ?? "", ...about };
}
