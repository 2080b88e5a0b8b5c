import { TillError, type Fault } from "./errors.ts";
import type { Contract, MethodInput, MethodName, MethodOutput, SnapshotOf } from "./methods.ts";
import {
  heartbeatIntervalMs,
  serverMessageSchema,
  silenceLimitMs,
  wireVersion,
  type ClientMessage,
  type ServerMessage,
  type Timers,
  type Wire,
} from "./wire.ts";

/** A call that got no answer within this time is rejected with `wire.timeout`; its effect is then unknown. */
const callTimeoutMs = 20_000;

/** What the asking side of a wire needs. */
export type ConnectOptions<C extends Contract> = {
  contract: C;
  wire: Wire;
  timers: Timers;
  hello: { token?: string; session?: string };
  onWelcome?(welcome: { role: string; session: string }): void;
  onSnapshot?(snapshot: SnapshotOf<C>): void;
  /**
   * Called once, whichever side closed and why; `fault` is there when the till refused the session, or serves another
   * contract than this side speaks (`wire.other-contract`).
   */
  onClosed?(fault: Fault | null): void;
};

/** The asking side of a wire. */
export type Connection<C extends Contract> = {
  /**
   * Asks the till. Rejects with a TillError: the till's own refusal, `wire.timeout`, or `wire.closed` when the wire
   * closes first, so that no call is ever left hanging. Where the till did not let this side in, the reason is the answer.
   */
  call<M extends MethodName<C>>(method: M, input: MethodInput<C, M>): Promise<MethodOutput<C, M>>;
  close(): void;
};

type OpenCall = { method: string; timer: unknown; resolve(output: unknown): void; reject(error: TillError): void };

/** Opens the asking side: says hello, hands on each snapshot, and keeps the line alive. */
export function connect<C extends Contract>(options: ConnectOptions<C>): Connection<C> {
  const { wire, timers, contract } = options;
  const calls = new Map<number, OpenCall>();
  let nextId = 1;
  let open = true;
  let isLetIn = false;
  let heartbeat: unknown;
  let silence: unknown;

  function send(message: ClientMessage): void {
    wire.send(JSON.stringify(message));
  }

  function end(fault: Fault | null): void {
    if (!open) return;
    open = false;
    timers.clearTimer(heartbeat);
    timers.clearTimer(silence);
    for (const call of calls.values()) {
      timers.clearTimer(call.timer);
      // Nothing that was asked before the door opened has been done.
      call.reject(fault === null || isLetIn ? new TillError("wire.closed") : new TillError(fault.code, fault.params));
    }
    calls.clear();
    wire.close();
    options.onClosed?.(fault);
  }

  function takeSnapshot(value: unknown): void {
    const read = contract.snapshot.safeParse(value);
    if (read.success) options.onSnapshot?.(read.data as SnapshotOf<C>);
    else end({ code: "wire.invalid-message", params: {} });
  }

  function settle(id: number, act: (call: OpenCall) => void): void {
    const call = calls.get(id);
    if (call === undefined) return;
    calls.delete(id);
    timers.clearTimer(call.timer);
    act(call);
  }

  function handle(message: ServerMessage): void {
    switch (message.type) {
      case "welcome":
        // Kept in any case: whoever comes back for the other contract needs no token for it.
        options.onWelcome?.({ role: message.role, session: message.session });
        if (message.contract === contract.name) isLetIn = true;
        else end({ code: "wire.other-contract", params: { contract: message.contract } });
        break;
      case "refused":
        end(message.fault);
        break;
      case "snapshot":
        takeSnapshot(message.snapshot);
        break;
      case "reply":
        settle(message.id, (call) => resolveCall(contract, call, message.output));
        break;
      case "fault":
        settle(message.id, (call) => call.reject(new TillError(message.fault.code, message.fault.params)));
        break;
      case "beat":
        break;
    }
  }

  function beat(): void {
    send({ type: "beat" });
    // Sending can itself find that the line is gone; nothing may be left running for it then.
    if (open) heartbeat = timers.setTimer(beat, heartbeatIntervalMs);
  }

  function heard(): void {
    timers.clearTimer(silence);
    if (open) silence = timers.setTimer(() => end(null), silenceLimitMs);
  }

  wire.closed(() => end(null));
  wire.receive((text) => {
    if (!open) return;
    heard();
    const message = readMessage(text);
    if (message === null) end({ code: "wire.invalid-message", params: {} });
    else handle(message);
  });
  send({ type: "hello", wire: wireVersion, ...options.hello });
  if (open) heartbeat = timers.setTimer(beat, heartbeatIntervalMs);
  heard();

  return {
    call(method, input) {
      return new Promise((resolve, reject) => {
        if (!open) {
          reject(new TillError("wire.closed"));
          return;
        }
        const id = nextId;
        nextId += 1;
        const timer = timers.setTimer(
          () => settle(id, (call) => call.reject(new TillError("wire.timeout", { method }))),
          callTimeoutMs,
        );
        calls.set(id, { method, timer, reject, resolve });
        send({ type: "call", id, method, input });
      });
    },
    close: () => end(null),
  };
}

function resolveCall(contract: Contract, call: OpenCall, output: unknown): void {
  const read = contract.methods[call.method]?.output.safeParse(output);
  if (read?.success) call.resolve(read.data);
  else call.reject(new TillError("wire.invalid-message", { method: call.method }, read?.error));
}

function readMessage(text: string): ServerMessage | null {
  try {
    return serverMessageSchema.parse(JSON.parse(text));
  } catch {
    // A till of another version is the usual cause; the caller closes the wire and says so.
    return null;
  }
}
