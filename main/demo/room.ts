import { createServer } from "node:net";
import { TillError } from "../contract/errors.ts";
import { connectLocalSocket } from "../host/local-socket.ts";

/**
 * Looks whether a shop can run here, before anything is made: no till runs on this folder, and the ports are free. Port 0
 * takes any.
 * @throws TillError `folder.in-use` or `port.taken`.
 */
export async function requireRoom(folder: string, ports: readonly number[]): Promise<void> {
  // Said first: the ports of a shop that runs on this folder are taken by it, and that would be the lesser half of it.
  const running = await connectLocalSocket(folder);
  if (running !== null) {
    running.close();
    throw new TillError("folder.in-use", { folder });
  }
  for (const port of ports) if (port !== 0) await requireFreePort(port);
}

function requireFreePort(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new TillError("port.taken", { port }, error) : error);
    });
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve()));
  });
}
