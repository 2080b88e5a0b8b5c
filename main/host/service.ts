import type { Contract } from "../contract/methods.ts";
import { serve, type ServeOptions } from "../contract/serve.ts";
import type { ServerMessage, Wire } from "../contract/wire.ts";

/** Wires that are served at once, unless told otherwise: many times what one till's windows and tools need. */
const defaultMaximumWires = 32;

/** Takes over a wire on which a window has just been connected; it must not have been read from yet. */
export type Attach = (wire: Wire) => void;

/** What a service needs: everything one wire needs, and how many wires there may be. */
export type ServiceOptions<C extends Contract> = ServeOptions<C> & { maximumWires?: number };

/** Answers one contract on any number of wires, whatever host they came from. */
export type Service = {
  /** Serves a wire whose `hello` has to carry a token or a session that `admit` accepts. */
  attach: Attach;
  /** Serves wires whose role the host itself vouches for: the owner's local socket, a window that the shell made. */
  attachAs(role: string): Attach;
  /** Closes every wire; wires that come later are closed at once. */
  close(): void;
};

/**
 * Opens the service that every host hands its wires to. A wire beyond the limit is refused with `session.busy` and
 * closed, so that a page that reconnects in a loop cannot use up the till.
 */
export function openService<C extends Contract>(options: ServiceOptions<C>): Service {
  const maximumWires = options.maximumWires ?? defaultMaximumWires;
  const closers = new Set<() => void>();
  let open = true;

  function take(wire: Wire, admit: ServeOptions<C>["admit"]): void {
    if (!open) {
      wire.close();
      return;
    }
    if (closers.size >= maximumWires) {
      refuseBusy(wire, options);
      return;
    }
    let closed = false;
    let close = () => wire.close();
    const closer = () => close();
    closers.add(closer);
    const leave = () => {
      closed = true;
      closers.delete(closer);
    };
    const stop = serve(watchEnd(wire, leave), { ...options, admit });
    if (!closed) close = stop;
  }

  return {
    attach: (wire) => take(wire, options.admit),
    attachAs: (role) => (wire) => take(wire, () => ({ role, session: "" })),
    close() {
      open = false;
      for (const close of closers) close();
      closers.clear();
    },
  };
}

/** The same wire, which also says when either side has closed it. */
function watchEnd(wire: Wire, ended: () => void): Wire {
  return {
    send: (text) => wire.send(text),
    receive: (handler) => wire.receive(handler),
    close() {
      ended();
      wire.close();
    },
    closed: (handler) =>
      wire.closed(() => {
        ended();
        handler();
      }),
  };
}

function refuseBusy<C extends Contract>(wire: Wire, options: ServiceOptions<C>): void {
  const message: ServerMessage = { type: "refused", fault: { code: "session.busy", params: {} } };
  options.log({ kind: "refused", fault: message.fault });
  wire.send(JSON.stringify(message));
  wire.close();
}
