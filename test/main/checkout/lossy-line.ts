import { once } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A way to the platform that can lose the answers of some requests, after the platform has had its effect. */
export type LossyLine = {
  url: string;
  /** Requests whose path matches reach the platform, and their answers are lost. */
  loseAnswersOf: RegExp | null;
  /** The paths that came by. */
  seen: string[];
};

/** Opens the way. It is closed with the test. */
export async function openLossyLine(platformUrl: string): Promise<LossyLine> {
  const target = new URL(platformUrl);
  const line: LossyLine = { url: "", loseAnswersOf: null, seen: [] };
  const server = createServer((near, answer) => carry(near, answer));

  function carry(near: IncomingMessage, answer: ServerResponse): void {
    const { method, url: path = "", headers } = near;
    line.seen.push(`${method} ${path}`);
    const far = request({ host: target.hostname, port: target.port, method, path, headers }, (response) => {
      if (line.loseAnswersOf?.test(path) === true) {
        response.resume();
        response.on("end", () => near.socket.resetAndDestroy());
        return;
      }
      answer.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(answer);
    });
    far.on("error", () => near.socket.destroy());
    near.pipe(far);
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  line.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return line;
}
