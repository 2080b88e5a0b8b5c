import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** Connections that the simulated cable carries at once. */
const maximumConnections = 64;

/**
 * The simulated cable between till and platform: a TCP relay on loopback whose port stays the same while it is cut, so
 * that the till meets what a pulled plug gives it, a refused or broken connection, and nothing kinder.
 */
export type Relay = {
  url: string;
  cut(): Promise<void>;
  restore(): Promise<void>;
  isCut(): boolean;
  close(): Promise<void>;
};

/** Opens the relay to the platform at this address. */
export async function openRelay(platformUrl: string): Promise<Relay> {
  const target = new URL(platformUrl);
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let port = 0;

  function carry(near: Socket): void {
    if (sockets.size >= maximumConnections * 2) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      // A broken side takes the other one with it: that is all an error means on a cable.
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far);
    far.pipe(near);
  }

  async function listen(): Promise<void> {
    const next = createServer(carry);
    next.listen(port, "127.0.0.1");
    await once(next, "listening");
    port = (next.address() as AddressInfo).port;
    server = next;
  }

  async function cut(): Promise<void> {
    const open = server;
    server = null;
    if (open === null) return;
    const closed = once(open, "close");
    open.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  await listen();
  return {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    cut,
    async restore() {
      if (server === null) await listen();
    },
    isCut: () => server === null,
    close: cut,
  };
}
