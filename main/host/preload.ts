import { contextBridge, ipcRenderer } from "electron";
import type { Bridge } from "../contract/bridge.ts";
import type { Wire } from "../contract/wire.ts";

/** The part of the browser's `MessagePort` that is used here; `main/` is checked without the types of a browser. */
type PagePort = {
  postMessage(text: string): void;
  close(): void;
  start(): void;
  addEventListener(type: "close", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
};

/** What a page may have said before its port arrives; only `hello` and its first calls ever are. */
const maximumEarlyMessages = 128;

/** Wires that were asked for and whose port has not come yet, by the number that the shell sends back with it. */
const awaited = new Map<number, (port: PagePort | undefined) => void>();
let asked = 0;

ipcRenderer.on("wire", (event, id: number) => {
  const take = awaited.get(id);
  awaited.delete(id);
  const [port] = event.ports as PagePort[];
  take?.(port);
});

function openWire(): Wire {
  let port: PagePort | null = null;
  let early: string[] = [];
  let ended = false;
  let onText = (_text: string) => {};
  let onClosed = () => {};

  function end(): void {
    if (ended) return;
    ended = true;
    early = [];
    port?.close();
    onClosed();
  }

  asked += 1;
  awaited.set(asked, (arrived) => {
    if (arrived === undefined || ended) {
      arrived?.close();
      end();
      return;
    }
    port = arrived;
    arrived.addEventListener("close", end);
    arrived.addEventListener("message", ({ data }) => {
      if (typeof data === "string") onText(data);
      else end();
    });
    arrived.start();
    for (const text of early) arrived.postMessage(text);
    early = [];
  });
  ipcRenderer.send("wire", asked);

  return {
    send(text) {
      if (ended) return;
      if (port !== null) port.postMessage(text);
      else if (early.length < maximumEarlyMessages) early.push(text);
      else end();
    },
    close: end,
    receive: (handler) => (onText = handler),
    closed: (handler) => (onClosed = handler),
  };
}

const bridge: Bridge = { openWire };
contextBridge.exposeInMainWorld("suanpan", bridge);
