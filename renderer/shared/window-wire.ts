import type { Wire } from "../../main/contract/wire.ts";

/** What the preload of the desktop shell hands a window: a line to the till, and nothing else. */
type Preload = {
  send(text: string): void;
  receive(handler: (text: string) => void): void;
  closed(handler: () => void): void;
};

declare global {
  // An interface of the DOM can only be added to as one.
  interface Window {
    readonly suanpan?: Preload;
  }
}

/**
 * The line to the till through the desktop shell's preload. The shell keeps one line for a window's whole life, so
 * closing this one only stops listening, and the next one hears in its place.
 */
export function windowWire(preload: Preload): Wire {
  let open = true;
  let onClosed = () => {};
  return {
    send: (text) => {
      if (open) preload.send(text);
    },
    close: () => {
      if (!open) return;
      open = false;
      onClosed();
    },
    receive: (handler) =>
      preload.receive((text) => {
        if (open) handler(text);
      }),
    closed: (handler) => {
      onClosed = handler;
      preload.closed(() => {
        if (!open) return;
        open = false;
        handler();
      });
    },
  };
}
