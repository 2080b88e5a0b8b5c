import type { Wire } from "../../main/contract/wire.ts";

/**
 * The line to the till over the WebSocket of the page's own address, `/wire`. What is sent before it is open waits and
 * goes out in order. A line that never opens ends as closed, like one that broke.
 */
export function webSocketWire(location: Location): Wire {
  const url = new URL("/wire", location.href);
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url);
  const waiting: string[] = [];
  socket.addEventListener("open", () => {
    for (const text of waiting.splice(0)) socket.send(text);
  });
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
      // Only the greeting and a first heartbeat can come this early; a closing line drops what it cannot send.
      else if (socket.readyState === WebSocket.CONNECTING && waiting.length < 16) waiting.push(text);
    },
    close: () => socket.close(),
    receive(handler) {
      socket.addEventListener("message", (event: MessageEvent<unknown>) => {
        if (typeof event.data === "string") handler(event.data);
        else socket.close();
      });
    },
    closed: (handler) => socket.addEventListener("close", handler, { once: true }),
  };
}
