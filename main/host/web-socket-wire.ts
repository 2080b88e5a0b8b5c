import { WebSocket, type RawData } from "ws";
import { maximumMessageCharacters, type Wire } from "../contract/wire.ts";

/**
 * What may wait in this process for a window that does not read. A window this far behind is hung: it is cut off and
 * gets one fresh snapshot when it comes back.
 */
const maximumWaitingBytes = 2 * maximumMessageCharacters;

/** Messages that may wait for the line to open: `hello` and as many calls as a page may have under way, twice over. */
const maximumEarlyMessages = 128;

// RFC 6455, section 7.4.1: 1003 is "a type of data it cannot accept".
const unacceptableData = 1003;

/**
 * A wire over a WebSocket of `ws`, for either end. Only text frames are messages; a binary frame closes the line. What
 * is sent before the line is open waits for it. `closed` is called once, whichever side closed.
 */
export function webSocketWire(socket: WebSocket): Wire {
  let early: string[] = [];
  let whenClosed = () => {};
  let ended = false;

  function end(): void {
    if (ended) return;
    ended = true;
    early = [];
    whenClosed();
  }

  socket.on("open", () => {
    for (const text of early) socket.send(text);
    early = [];
  });
  socket.on("close", end);
  // `ws` closes the socket after every error; what went wrong (a frame too long, half a message) ends the line alike.
  socket.on("error", () => socket.terminate());

  return {
    send(text) {
      if (socket.readyState === WebSocket.CONNECTING) {
        if (early.length >= maximumEarlyMessages) socket.terminate();
        else early.push(text);
        return;
      }
      if (socket.readyState !== WebSocket.OPEN) return;
      if (socket.bufferedAmount > maximumWaitingBytes) socket.terminate();
      else socket.send(text);
    },
    close() {
      // A peer that is gone never answers the closing handshake, so the end is told now and not when `ws` gives up.
      socket.close();
      end();
    },
    receive(handler) {
      socket.on("message", (data: RawData, isBinary: boolean) => {
        if (ended) return;
        if (isBinary) socket.close(unacceptableData);
        else handler(textOf(data));
      });
    },
    closed(handler) {
      whenClosed = handler;
      if (socket.readyState === WebSocket.CLOSED) end();
    },
  };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return data instanceof ArrayBuffer ? Buffer.from(data).toString("utf8") : data.toString("utf8");
}
