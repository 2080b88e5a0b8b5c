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
  /** `silent` lets everything out and nothing back: what is asked arrives, and its answer is lost. */
  state(): RelayState;
  set(state: RelayState): Promise<void>;
  close(): Promise<void>;
};

/** How the simulated cable is. */
export type RelayState = "up" | "cut" | "silent";

/** Opens the relay to the platform at this address. */
export async function openRelay(platformUrl: string): Promise<Relay> {
  const target = new URL(platformUrl);
  const sockets = new Set<Socket>();
  const lossy = new Set<Socket>();
  let server: Server | null = null;
  let port = 0;
  let isSilent = false;

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
    far.on("data", (bytes: Buffer) => {
      // What comes while the cable is silent is lost for good: its connection is of no more use afterwards.
      if (isSilent) lossy.add(near);
      else if (!near.write(bytes)) far.pause();
    });
    near.on("drain", () => far.resume());
    far.on("end", () => near.end());
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

  async function set(state: RelayState): Promise<void> {
    isSilent = state === "silent";
    if (state === "cut") {
      await cut();
      return;
    }
    if (server === null) await listen();
    if (state === "silent") return;
    for (const socket of lossy) socket.destroy();
    lossy.clear();
  }

  function stateNow(): RelayState {
    if (server === null) return "cut";
    return isSilent ? "silent" : "up";
  }

  await listen();
  return {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    state: stateNow,
    set,
    close: cut,
  };
}
