import { z } from "zod";
import { faultSchema } from "./errors.ts";

/**
 * A two-way line of text messages, in order: a WebSocket, a MessagePort or a local socket. `receive` and `closed` are
 * set once, before the first message is handed over.
 */
export type Wire = {
  send(text: string): void;
  close(): void;
  receive(handler: (text: string) => void): void;
  closed(handler: () => void): void;
};

/** Sets timers; handed in so that tests need not wait. */
export type Timers = {
  setTimer(action: () => void, delayMs: number): unknown;
  clearTimer(timer: unknown): void;
};

/** The version of the wire; a page of another version is told to reload. */
export const wireVersion = 2;

/** A message is at most this long either way; a snapshot of a 2,000-line basket has room in it. */
export const maximumMessageCharacters = 4 * 1024 * 1024;

/** Both sides say something at least this often, so that a dead line is noticed without a call. */
export const heartbeatIntervalMs = 5_000;

/** A side that has heard nothing for this long takes the line for dead. */
export const silenceLimitMs = 16_000;

/** What a window sends. The first message is `hello` and nothing else; it carries a page token or a session. */
export const clientMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("hello"),
    wire: z.int(),
    token: z.string().max(200).optional(),
    session: z.string().max(200).optional(),
  }),
  z.strictObject({
    type: z.literal("call"),
    id: z.int().min(1),
    method: z.string().max(64),
    input: z.unknown(),
  }),
  z.strictObject({ type: z.literal("beat") }),
]);

/** What a window sends. */
export type ClientMessage = z.infer<typeof clientMessageSchema>;

/**
 * What the till sends. The welcome names the contract that is served, so that a page of another one knows that it is not
 * the page for this now. Snapshots are pushed whole; `version` inside says which is newer.
 */
export const serverMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("welcome"),
    wire: z.int(),
    contract: z.string().max(32),
    role: z.string().max(32),
    session: z.string(),
  }),
  z.strictObject({ type: z.literal("refused"), fault: faultSchema }),
  z.strictObject({ type: z.literal("reply"), id: z.int(), ok: z.literal(true), output: z.unknown() }),
  z.strictObject({ type: z.literal("fault"), id: z.int(), fault: faultSchema }),
  z.strictObject({ type: z.literal("snapshot"), snapshot: z.unknown() }),
  z.strictObject({ type: z.literal("beat") }),
]);

/** What the till sends. */
export type ServerMessage = z.infer<typeof serverMessageSchema>;
