import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { openTill, type Till } from "../../main/till.ts";
import { startChild, type Child } from "../../main/child.ts";
import type { PlatformReady } from "../../main/demo/shop.ts";
import { demoRailCodeResponseSchema, demoRailPaths, demoRailsResponseSchema } from "../../sync/protocol/demo-rails.ts";
import { median, rounded } from "./figures.ts";
import { openRawFlush } from "./raw-flush.ts";

const roundCount = 9;
const paymentsPerRound = 12;
const flushesPerPayment = 4;

/** What the till may add: five flushes of its disk, and five milliseconds. */
const allowedFlushes = 5;
const allowedMs = 5;

/** What a till adds to a rail's own answer. */
export interface PayResult {
  name: "pay";
  /** The median over the rounds of what the till adds / (five flushes + 5 ms); at most 1 is the aim. */
  ratio: number;
  rounds: number;
  /** From the scan to the stored sale, less what platform and rail took. */
  addedMs: number;
  /** What the platform and the rail's emulator took. */
  elsewhereMs: number;
  /** What one bare request costs on the same line, which is no more the till's than the line itself. */
  lineMs: number;
  flushMs: number;
}

type Round = { addedMs: number; elsewhereMs: number; lineMs: number; flushMs: number };

/**
 * Measures a payment over a rail from the scan of the code to the stored sale, against flushes of the same disk in turns with
 * it. What lies behind the till's line (platform, database, rail) is timed at the line and taken off, and so is what a bare
 * request costs on the line.
 */
export async function benchPay(): Promise<PayResult> {
  const place = mkdtempSync(join(tmpdir(), "suanpan-bench-pay-"));
  // In a process of its own, as in a shop: its work after an answer must not hold up the till's.
  const parameters = ["--data", join(place, "platform"), "--port", "0", "--demo", "--discard"];
  const platform = await startChild<PlatformReady>("../platform/server.ts", parameters);
  const line = await openTimedLine(platform.ready.url);
  const flush = openRawFlush(join(place, "blocks"));
  const till = await open(join(place, "till"), line.url, platform);
  try {
    const code = () => payCode(platform.ready.url);
    await payOften(till, code, line, flush.once);
    const rounds: Round[] = [];
    for (let round = 0; round < roundCount; round += 1) rounds.push(await payOften(till, code, line, flush.once));
    const middle = (of: (round: Round) => number) => rounded(median(rounds.map(of)));
    return {
      name: "pay",
      ratio: middle(({ addedMs, flushMs }) => addedMs / (allowedFlushes * flushMs + allowedMs)),
      rounds: roundCount,
      addedMs: middle(({ addedMs }) => addedMs),
      elsewhereMs: middle(({ elsewhereMs }) => elsewhereMs),
      lineMs: middle(({ lineMs }) => lineMs),
      flushMs: middle(({ flushMs }) => flushMs),
    };
  } finally {
    await till.close();
    flush.close();
    line.close();
    await platform.stop();
    rmSync(place, { recursive: true, force: true });
  }
}

async function open(folder: string, platformUrl: string, platform: Child<PlatformReady>): Promise<Till> {
  const { url, operatorToken } = platform.ready;
  const headers = { authorization: `Bearer ${operatorToken}` };
  const answer = await fetch(`${url}/v1/operator/enrolment-codes`, { method: "POST", headers });
  const { code: enrolmentCode } = (await answer.json()) as { code: string };
  const log = pino({ level: "silent" });
  const till = await openTill({ folder, platformUrl, enrolmentCode, devices: {}, floatMinor: 0, log });
  const { service } = till;
  while (service.snapshot().sync.state !== "online") await new Promise((resolve) => setTimeout(resolve, 20));
  return till;
}

async function payOften(
  till: Till,
  payCode: () => Promise<string>,
  line: TimedLine,
  flushOnce: () => void,
): Promise<Round> {
  const { handlers, snapshot } = till.service;
  const cashier = { role: "cashier" };
  const round: Round = { addedMs: 0, elsewhereMs: 0, lineMs: 0, flushMs: 0 };
  for (let count = 0; count < paymentsPerRound; count += 1) {
    await handlers["basket.add"]({ itemId: "g-0134", quantity: 1 }, cashier);
    const text = await payCode();
    line.begin();
    const startMs = performance.now();
    await handlers["basket.scan"]({ text, source: "wedge" }, cashier);
    const totalMs = performance.now() - startMs;
    const elsewhereMs = line.end();
    const lineMs = await line.bare();
    const { outcome } = snapshot();
    if (outcome === undefined) throw new Error("The payment did not come to its end");
    await handlers["sale.next"]({ saleId: outcome.saleId }, cashier);
    round.addedMs += (totalMs - elsewhereMs - lineMs) / paymentsPerRound;
    round.lineMs += lineMs / paymentsPerRound;
    round.elsewhereMs += elsewhereMs / paymentsPerRound;
    const flushStartMs = performance.now();
    for (let flush = 0; flush < flushesPerPayment; flush += 1) flushOnce();
    round.flushMs += (performance.now() - flushStartMs) / flushesPerPayment / paymentsPerRound;
    // The pushes of this sale are done before the next one is measured.
    while (snapshot().sync.salesWaiting > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return round;
}

/** A code of the Alipay of whoever has most in it. */
async function payCode(platformUrl: string): Promise<string> {
  const found = await fetch(`${platformUrl}${demoRailPaths.rails}`);
  const { rails } = demoRailsResponseSchema.parse(await found.json());
  const balances = rails.find(({ rail }) => rail === "alipay")?.balances ?? [];
  const [richest] = balances.toSorted((left, right) => right.balanceMinor - left.balanceMinor);
  const answer = await fetch(`${platformUrl}${demoRailPaths.code.replace("{rail}", "alipay")}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ shopperId: richest?.shopperId }),
  });
  return demoRailCodeResponseSchema.parse(await answer.json()).code;
}

/** A way to the platform that says how long what is behind it took. */
type TimedLine = { url: string; begin(): void; end(): number; bare(): Promise<number>; close(): void };

async function openTimedLine(platformUrl: string): Promise<TimedLine> {
  const target = new URL(platformUrl);
  let isTiming = false;
  let elsewhereMs = 0;
  const server = createServer((near, answer) => void carry(near, answer));

  async function carry(near: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method, url: path = "", headers } = near;
    const chunks: Buffer[] = [];
    for await (const chunk of near) chunks.push(chunk as Buffer);
    const startMs = performance.now();
    const far = request({ host: target.hostname, port: target.port, method, path, headers });
    far.end(Buffer.concat(chunks));
    const [response] = (await once(far, "response")) as [IncomingMessage];
    const body: Buffer[] = [];
    for await (const chunk of response) body.push(chunk as Buffer);
    // Pushes go on beside the payment and hold it up only through the machine.
    if (isTiming && /^\/v1\/(?:charges|demo)/.test(path)) elsewhereMs += performance.now() - startMs;
    answer.writeHead(response.statusCode ?? 500, response.headers);
    answer.end(Buffer.concat(body));
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const agent = new Agent({ keepAlive: true });

  function begin(): void {
    isTiming = true;
    elsewhereMs = 0;
  }

  function end(): number {
    isTiming = false;
    return elsewhereMs;
  }

  return {
    url,
    begin,
    end,
    async bare() {
      begin();
      const startMs = performance.now();
      const asked = request(`${url}${demoRailPaths.rails}`, { agent });
      asked.end();
      const [response] = (await once(asked, "response")) as [IncomingMessage];
      for await (const _chunk of response);
      return performance.now() - startMs - end();
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
