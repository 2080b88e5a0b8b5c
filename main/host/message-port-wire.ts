import { maximumMessageCharacters, type Wire } from "../contract/wire.ts";

/**
 * The part of a message port that a wire needs: Node's `MessagePort` hands the value itself to its listener, Electron's
 * `MessagePortMain` an event whose `data` is the value.
 */
export type Port = {
  postMessage(text: string): void;
  close(): void;
  start?(): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "close", listener: () => void): unknown;
};

/**
 * A wire over a message port. Only texts of a bounded length are messages; anything else closes the line. `closed` is
 * called once, whichever side closed.
 */
export function messagePortWire(port: Port): Wire {
  let ended = false;
  let whenClosed = () => {};

  function end(): void {
    if (ended) return;
    ended = true;
    whenClosed();
  }

  function close(): void {
    if (ended) return;
    port.close();
    end();
  }

  port.on("close", end);
  return {
    send(text) {
      if (!ended) port.postMessage(text);
    },
    close,
    receive(handler) {
      port.on("message", (message) => {
        if (ended) return;
        const text = valueOf(message);
        if (typeof text === "string" && text.length <= maximumMessageCharacters) handler(text);
        else close();
      });
      // Electron's port holds its messages back until it is started; Node's starts with its first listener.
      port.start?.();
    },
    closed(handler) {
      whenClosed = handler;
      if (ended) handler();
    },
  };
}

function valueOf(message: unknown): unknown {
  return typeof message === "object" && message !== null && "data" in message ? message.data : message;
}
