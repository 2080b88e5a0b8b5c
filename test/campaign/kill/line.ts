import { once } from "node:events";
import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a till asks of the platform, as far as the campaign tells it apart. */
export type Asked = "charge" | "reversal" | "push" | "enrolment" | "other";

/** A request that has been read whole, and later its answer. */
export type Passing = { asked: Asked; body: string; status: number; answer: string };

/** Who watches the line. Both are waited for; after `answered` says "lose", the answer goes nowhere. */
export type LineWatch = {
  arrived(passing: Passing): Promise<void>;
  answered(passing: Passing): Promise<"pass" | "lose">;
};

/** The cable between one till and the platform. Each byte crosses it; what a watcher says is lost is lost behind the platform. */
export type Line = { url: string; close(): Promise<void> };

/** Opens a line to the platform. */
export async function openLine(platformUrl: string, watch: LineWatch): Promise<Line> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    void carry(incoming, outgoing, { platformUrl, agent, watch }).catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function carry(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { platformUrl, agent, watch }: { platformUrl: string; agent: Agent; watch: LineWatch },
): Promise<void> {
  const sent = await readWhole(incoming);
  const passing: Passing = { asked: askedOf(incoming), body: sent.toString(), status: 0, answer: "" };
  await watch.arrived(passing);
  const { connection: _hop, host: _ours, ...headers } = incoming.headers;
  const forwarded = ask(`${platformUrl}${incoming.url ?? ""}`, { method: incoming.method, headers, agent });
  forwarded.end(sent);
  const [answer] = (await once(forwarded, "response")) as [IncomingMessage];
  const received = await readWhole(answer);
  const isText = answer.headers["content-type"]?.includes("json") === true;
  const verdict = await watch.answered({
    ...passing,
    status: answer.statusCode ?? 0,
    answer: isText ? received.toString() : "",
  });
  if (verdict === "lose") {
    outgoing.destroy();
    return;
  }
  const { connection: _hop2, "transfer-encoding": _coding, ...answerHeaders } = answer.headers;
  outgoing.writeHead(answer.statusCode ?? 502, { ...answerHeaders, "content-length": received.length });
  outgoing.end(received);
}

async function readWhole(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function askedOf({ method, url = "" }: IncomingMessage): Asked {
  if (method !== "POST") return "other";
  if (url === "/v1/charges") return "charge";
  if (/^\/v1\/charges\/[^/]+\/reversal/.test(url)) return "reversal";
  if (/^\/v1\/ledgers\/[^/]+\/entries$/.test(url)) return "push";
  return url === "/v1/enrolments" ? "enrolment" : "other";
}
