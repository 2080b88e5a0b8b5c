import { faultOf, TillError, type Fault } from "./errors.ts";
import type { Contract, Handlers, SnapshotOf } from "./methods.ts";
import {
  clientMessageSchema,
  heartbeatIntervalMs,
  maximumMessageCharacters,
  silenceLimitMs,
  wireVersion,
  type ClientMessage,
  type ServerMessage,
  type Timers,
  type Wire,
} from "./wire.ts";

/** Calls that one window may have under way at once; a page that sends more is broken. */
const maximumOpenCalls = 64;

/** What the serving side of a wire needs. */
export type ServeOptions<C extends Contract> = {
  contract: C;
  handlers: Handlers<C>;
  timers: Timers;
  /** Decides what a `hello` is worth: the role and the session to keep, or null to refuse it. */
  admit(hello: { token?: string | undefined; session?: string | undefined }): { role: string; session: string } | null;
  /** Calls `listener` with each new snapshot until the returned function is called. */
  watch(listener: (snapshot: SnapshotOf<C>) => void): () => void;
  snapshot(): SnapshotOf<C>;
  /** What of a snapshot a role may see; all of it where this is left out. */
  view?(snapshot: SnapshotOf<C>, role: string): SnapshotOf<C>;
  /** Hears of every refused message and failed call, once each; never of their contents. */
  log(event: { kind: "refused" | "fault"; fault: Fault; method?: string; cause?: unknown }): void;
};

/**
 * Serves the contract on one wire: the first message must be a `hello` that is admitted, every later one is checked
 * against its schema, the role may call the method or is refused in words, and a faulty message closes the wire without
 * touching the till. The returned function closes it.
 */
export function serve<C extends Contract>(wire: Wire, options: ServeOptions<C>): () => void {
  const { timers } = options;
  let role: string | null = null;
  let open = true;
  let openCalls = 0;
  let stopWatching = () => {};
  let heartbeat: unknown;
  let silence: unknown;

  function send(message: ServerMessage): void {
    if (open) wire.send(JSON.stringify(message));
  }

  function end(): void {
    if (!open) return;
    open = false;
    stopWatching();
    timers.clearTimer(heartbeat);
    timers.clearTimer(silence);
    wire.close();
  }

  function refuse(fault: Fault, cause?: unknown): void {
    options.log({ kind: "refused", fault, cause });
    send({ type: "refused", fault });
    end();
  }

  function beat(): void {
    send({ type: "beat" });
    // Sending can itself find that the line is gone; nothing may be left running for it then.
    if (open) heartbeat = timers.setTimer(beat, heartbeatIntervalMs);
  }

  function heard(): void {
    timers.clearTimer(silence);
    if (open) silence = timers.setTimer(end, silenceLimitMs);
  }

  function admit(message: ClientMessage): void {
    if (message.type !== "hello" || message.wire !== wireVersion) {
      refuse({ code: "wire.invalid-message", params: {} });
      return;
    }
    const admitted = options.admit(message);
    if (admitted === null) {
      refuse({ code: "session.invalid", params: {} });
      return;
    }
    role = admitted.role;
    send({ type: "welcome", wire: wireVersion, contract: options.contract.name, role, session: admitted.session });
    if (!open) return;
    const seen = (snapshot: SnapshotOf<C>) => options.view?.(snapshot, admitted.role) ?? snapshot;
    stopWatching = options.watch((snapshot) => send({ type: "snapshot", snapshot: seen(snapshot) }));
    send({ type: "snapshot", snapshot: seen(options.snapshot()) });
    beat();
  }

  async function call(message: Extract<ClientMessage, { type: "call" }>, caller: string): Promise<void> {
    openCalls += 1;
    try {
      if (openCalls > maximumOpenCalls) throw new TillError("session.busy");
      const output = await perform(options, message.method, message.input, caller);
      send({ type: "reply", id: message.id, ok: true, output });
    } catch (error) {
      const fault = faultOf(error);
      options.log({ kind: "fault", fault, method: message.method.slice(0, 64), cause: error });
      send({ type: "fault", id: message.id, fault });
    } finally {
      openCalls -= 1;
    }
  }

  wire.closed(end);
  wire.receive((text) => {
    if (!open) return;
    heard();
    const message = readMessage(text);
    if (message === null) refuse({ code: "wire.invalid-message", params: {} });
    else if (role === null) admit(message);
    else if (message.type === "call") void call(message, role);
    else if (message.type === "hello") refuse({ code: "wire.invalid-message", params: {} });
  });
  heard();
  return end;
}

function readMessage(text: string): ClientMessage | null {
  if (text.length > maximumMessageCharacters) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The caller refuses the message; what was in it is nobody's business.
    return null;
  }
  const read = clientMessageSchema.safeParse(value);
  return read.success ? read.data : null;
}

async function perform<C extends Contract>(
  options: ServeOptions<C>,
  name: string,
  input: unknown,
  role: string,
): Promise<unknown> {
  const definition = Object.hasOwn(options.contract.methods, name) ? options.contract.methods[name] : undefined;
  if (definition === undefined) throw new TillError("wire.unknown-method", { method: name });
  if (!definition.roles.includes(role)) throw new TillError("wire.not-allowed", { method: name, role });
  const read = definition.input.safeParse(input);
  if (!read.success) throw new TillError("wire.invalid-message", { method: name }, read.error);
  // The input has just been read by this method's own schema; TypeScript cannot follow that through the name.
  const handler = options.handlers[name as keyof Handlers<C>] as (input: unknown, caller: { role: string }) => unknown;
  return definition.output.parse((await handler(read.data, { role })) ?? {});
}
