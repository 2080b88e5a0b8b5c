import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { WebSocket } from "ws";
import type { Wire } from "../../../main/contract/wire.ts";
import { connectLocalSocket, openLocalSocket } from "../../../main/host/local-socket.ts";
import { messagePortWire } from "../../../main/host/message-port-wire.ts";
import { openNodeHost } from "../../../main/host/node.ts";
import type { Attach } from "../../../main/host/service.ts";
import { webSocketWire } from "../../../main/host/web-socket-wire.ts";

/** A real line between two ends: `dial` makes the asking end, and the other end goes to `attach`. */
export type Transport = { name: string; dial(): Promise<Wire>; close(): Promise<void> };

/** Opens each kind of line that a window or a tool can come by. */
export const transportKinds: Readonly<Record<string, (attach: Attach) => Promise<Transport>>> = {
  "message channel": async (attach) => ({
    name: "message channel",
    dial: async () => {
      const { port1, port2 } = new MessageChannel();
      attach(messagePortWire(port2));
      return messagePortWire(port1);
    },
    close: async () => {},
  }),
  WebSocket: async (attach) => {
    const host = await openNodeHost({
      port: 0,
      pages: "/nonexistent",
      pagesAllowed: ["cashier"],
      picture: () => null,
      attach,
      log: () => {},
    });
    return {
      name: "WebSocket",
      dial: async () => webSocketWire(new WebSocket(`ws://127.0.0.1:${host.port}/wire`, { origin: host.url })),
      close: () => host.close(),
    };
  },
  "local socket": async (attach) => {
    const folder = await mkdtemp(join(tmpdir(), "suanpan-wire-"));
    const listening = await openLocalSocket(folder, attach);
    return {
      name: "local socket",
      dial: async () => {
        const wire = await connectLocalSocket(folder);
        if (wire === null) throw new Error("The socket that has just been opened does not answer");
        return wire;
      },
      close: async () => {
        await listening.close();
        await rm(folder, { recursive: true });
      },
    };
  },
};
