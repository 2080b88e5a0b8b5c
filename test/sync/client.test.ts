import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { decodeJwt } from "jose";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { PlatformClient } from "../../sync/client.ts";
import { SyncError } from "../../sync/errors.ts";
import { nonceHeader, paths } from "../../sync/protocol/api.ts";

const answerSchema = z.strictObject({ fine: z.boolean() });
const bearer = "PT1:SECRET-OF-A-SHOPPER";

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A platform over a real socket. `hello` is answered by itself; everything else is the test's. */
async function makePlatform(handler: Handler) {
  const seen: { path: string; proof: string | undefined; body: string }[] = [];
  let nonces = 0;
  const clock = { offsetMs: 0 };
  const server: Server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      seen.push({ path: request.url ?? "", proof: request.headers.authorization, body });
      if (request.url === paths.hello) {
        const time = new Date(Date.now() + clock.offsetMs).toISOString();
        json(response, 200, { protocol: 1, time, nonce: `nonce-000${(nonces += 1)}` });
      } else handler(request, response, body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}`, port, seen, clock, server };
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

function makeClient(
  baseUrl: string,
  options: { enrolled?: boolean; clock?: { now(): number }; timeoutMs?: number } = {},
) {
  const { privateKey } = generateKeyPairSync("ed25519");
  const contacts: string[] = [];
  const identity = { tillId: "0192f3c0-0000-7000-8000-000000000001", keyId: "0011223344556677", privateKey };
  const client = new PlatformClient({
    baseUrl,
    clock: options.clock ?? { now: Date.now },
    identity: () => (options.enrolled === false ? null : identity),
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    onContact: (contact) => void contacts.push(contact.ok ? "ok" : contact.error.code),
  });
  onTestFinished(() => client.close());
  const ask = () =>
    client.request({ method: "POST", path: "/v1/charges", body: { token: bearer }, answer: answerSchema });
  return { client, contacts, ask };
}

async function failureOf(work: Promise<unknown>): Promise<SyncError> {
  try {
    await work;
  } catch (error) {
    expect(error).toBeInstanceOf(SyncError);
    // Logs take errors whole: neither the till's proof nor a shopper's code may be in one, however deep.
    const whole = inspect(error, { depth: 20, showHidden: true, getters: true });
    expect(whole).not.toContain(bearer);
    expect(whole).not.toMatch(/Bearer|eyJ|nonce-\d/);
    return error as SyncError;
  }
  throw new Error("It did not fail");
}

test("a request is signed over the platform's nonce, its own path and body, and by the platform's clock", async () => {
  const platform = await makePlatform((_request, response) => json(response, 200, { fine: true }));
  platform.clock.offsetMs = 3_600_000;
  const { client, contacts, ask } = makeClient(platform.url);
  expect(await ask()).toEqual({ fine: true });
  expect(platform.seen.map(({ path }) => path)).toEqual([paths.hello, "/v1/charges"]);
  const claims = decodeJwt((platform.seen[1]?.proof ?? "").replace("Bearer ", ""));
  expect(claims).toMatchObject({ nonce: "nonce-0001", request: "POST /v1/charges", aud: "suanpan-platform" });
  // A till whose clock is an hour slow is let in all the same.
  expect(Math.abs((claims.iat ?? 0) * 1000 - Date.now() - 3_600_000)).toBeLessThan(5_000);
  expect(Math.abs((client.clockOffsetMs ?? 0) - 3_600_000)).toBeLessThan(5_000);
  expect(contacts).toEqual(["ok", "ok"]);
});

test("no connection means that nothing has left the till, whatever name the platform goes by", async () => {
  const platform = await makePlatform(() => {});
  platform.server.close();
  await once(platform.server, "close");
  for (const host of ["127.0.0.1", "localhost"]) {
    const { ask, contacts } = makeClient(`http://${host}:${platform.port}`);
    expect((await failureOf(ask())).code, host).toBe("platform.not-reached");
    expect(contacts).toEqual(["platform.not-reached"]);
  }
});

// "Nothing was charged" may be said only where it is certain. Here the platform has read the whole request.
test.each<[string, Handler]>([
  ["resets the line after it has read the request", (request) => request.socket.resetAndDestroy()],
  [
    "hangs up in the middle of its answer",
    (_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{", () => response.destroy());
    },
  ],
  ["never answers", () => {}],
  [
    "lets its answer trickle in and never ends it",
    (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    },
  ],
  [
    "answers with more than anybody can have asked for",
    (_request, response) => {
      response.writeHead(200);
      const part = Buffer.alloc(1024 * 1024, 32);
      const more = () => {
        while (response.writable && response.write(part));
      };
      response.on("drain", more);
      more();
    },
  ],
])("a platform that %s may have taken the request", async (_name, handler) => {
  const platform = await makePlatform(handler);
  const { ask } = makeClient(platform.url, { timeoutMs: 1_500 });
  expect((await failureOf(ask())).code).toBe("platform.no-answer");
});

test.each([
  [503, "busy"],
  [429, "busy"],
  [500, "internal"],
  [502, "internal"],
  [401, "auth.invalid"],
  [403, "auth.revoked"],
  [404, "not-found"],
  [413, "request.too-large"],
  [408, "platform.bad-answer"],
  [302, "platform.bad-answer"],
])("a bare status %i, as a proxy gives it, is %s", async (status, code) => {
  const platform = await makePlatform((_request, response) => response.writeHead(status).end("<html>no</html>"));
  expect((await failureOf(makeClient(platform.url).ask())).code).toBe(code);
});

test("what a busy platform asks for is kept, within an hour", async () => {
  const headers = ["7", "99999", "-1", "soon"];
  const platform = await makePlatform((_request, response) => {
    json(response, 503, { code: "busy" }, { "retry-after": headers.shift() ?? "" });
  });
  const { ask } = makeClient(platform.url);
  const waits = [];
  for (let index = 0; index < 4; index += 1) waits.push((await failureOf(ask())).retryAfterMs);
  expect(waits).toEqual([7_000, 3_600_000, undefined, undefined]);
});

test.each([
  ["no JSON", "<html>"],
  ["other JSON", '{"fine":1}'],
  ["nothing", ""],
  ["JSON with more in it than the protocol has", '{"fine":true,"extra":1}'],
])("a success with %s in it is no success", async (_name, body) => {
  const platform = await makePlatform((_request, response) => response.writeHead(200).end(body));
  const { ask, contacts } = makeClient(platform.url);
  expect((await failureOf(ask())).code).toBe("platform.bad-answer");
  expect(contacts.at(-1)).toBe("platform.bad-answer");
});

test("a refused nonce is answered by signing again, once, with another one", async () => {
  const platform = await makePlatform((_request, response) =>
    json(response, 401, { code: "auth.nonce" }, { [nonceHeader]: "fresh-nonce" }),
  );
  const { ask } = makeClient(platform.url);
  expect((await failureOf(ask())).code).toBe("auth.nonce");
  const proofs = platform.seen.filter(({ path }) => path === "/v1/charges").map(({ proof }) => proof);
  expect(proofs).toHaveLength(2);
  expect(proofs[0]).not.toBe(proofs[1]);
});

test("any other refusal is sent once: a charge is never repeated by the line itself", async () => {
  for (const [status, code] of [
    [401, "auth.revoked"],
    [400, "request.invalid"],
    [503, "busy"],
    [500, "internal"],
  ] as const) {
    const platform = await makePlatform((_request, response) => json(response, status, { code }));
    expect((await failureOf(makeClient(platform.url).ask())).code).toBe(code);
    expect(platform.seen.filter(({ path }) => path === "/v1/charges")).toHaveLength(1);
  }
});

// Somebody sets the till's clock back by a day. Its proofs are a day old from then on, until it asks for the time again.
test("a clock that is set while the till runs shuts it out for one request at most", async () => {
  let nowMs = Date.now();
  const platform = await makePlatform((request, response) => {
    const { iat = 0 } = decodeJwt((request.headers.authorization ?? "").replace("Bearer ", ""));
    if (Math.abs(iat * 1000 - Date.now()) < 60_000)
      json(response, 200, { fine: true }, { [nonceHeader]: "next-nonce" });
    else json(response, 401, { code: "auth.invalid" }, { [nonceHeader]: "next-nonce" });
  });
  const { ask } = makeClient(platform.url, { clock: { now: () => nowMs } });
  expect(await ask()).toEqual({ fine: true });
  nowMs -= 86_400_000;
  expect((await failureOf(ask())).code).toBe("auth.invalid");
  expect(await ask()).toEqual({ fine: true });
});

// A new till is enrolled before it has asked for the time; a box from the shelf often has the wrong one.
test("a till whose clock is wrong from the start asks for the time before it signs, also where it has a nonce already", async () => {
  const platform = await makePlatform((_request, response) =>
    json(response, 200, { fine: true }, { [nonceHeader]: "next-nonce" }),
  );
  platform.clock.offsetMs = 86_400_000;
  const { client, ask } = makeClient(platform.url);
  await client.request({ method: "POST", path: "/v1/enrolments", open: true, body: {}, answer: answerSchema });
  await ask();
  const { iat = 0 } = decodeJwt((platform.seen.at(-1)?.proof ?? "").replace("Bearer ", ""));
  expect(Math.abs(iat * 1000 - Date.now() - 86_400_000)).toBeLessThan(5_000);
});

test("where the platform stands is kept with a gap or a fork", async () => {
  const mark = { seq: 7, hash: "a".repeat(64) };
  const platform = await makePlatform((_request, response) => json(response, 409, { code: "ledger.gap", mark }));
  expect((await failureOf(makeClient(platform.url).ask())).mark).toEqual(mark);
});

test("a till that is not enrolled asks nothing that has to be signed", async () => {
  const platform = await makePlatform((_request, response) => json(response, 200, { fine: true }));
  const { ask, client } = makeClient(platform.url, { enrolled: false });
  expect((await failureOf(ask())).code).toBe("auth.missing");
  expect(platform.seen).toEqual([]);
  await client.request({ method: "POST", path: "/v1/enrolments", open: true, body: {}, answer: answerSchema });
  expect(platform.seen[0]?.proof).toBeUndefined();
});

test("before a payment the platform is asked whether it is there, unless it has just been heard", async () => {
  const platform = await makePlatform((_request, response) => json(response, 200, { fine: true }));
  let nowMs = 1_000_000;
  const { client } = makeClient(platform.url, { clock: { now: () => nowMs } });
  await client.ensureReachable(4_000);
  await client.ensureReachable(4_000);
  expect(platform.seen).toHaveLength(1);
  nowMs += 4_000;
  await client.ensureReachable(4_000);
  expect(platform.seen).toHaveLength(2);
  platform.server.closeAllConnections();
  platform.server.close();
  await once(platform.server, "close");
  nowMs += 4_000;
  // The connection that was kept is found dead, or no new one can be made.
  expect((await failureOf(client.ensureReachable(4_000))).code).toMatch(/^platform\.(?:not-reached|no-answer)$/);
});

test("a picture comes as the bytes it is, and one that is not there is refused", async () => {
  const platform = await makePlatform((request, response) => {
    if (request.url === "/v1/pictures/a") response.writeHead(200, { "content-type": "image/svg+xml" }).end("<svg/>");
    else json(response, 404, { code: "not-found" });
  });
  const { client } = makeClient(platform.url);
  const picture = await client.bytes("/v1/pictures/a");
  expect([picture.type, new TextDecoder().decode(picture.bytes)]).toEqual(["image/svg+xml", "<svg/>"]);
  expect((await failureOf(client.bytes("/v1/pictures/b"))).code).toBe("not-found");
});

// Having an entry looked at once more is such a request; called a form it was refused by the platform.
test("a request without a body claims no type of one", async () => {
  const types: (string | undefined)[] = [];
  const platform = await makePlatform((request, response) => {
    types.push(request.headers["content-type"]);
    json(response, 200, {});
  });
  const { client } = makeClient(platform.url);
  await client.request({ method: "POST", path: "/v1/x", answer: z.unknown() });
  await client.request({ method: "POST", path: "/v1/x", body: {}, answer: z.unknown() });
  expect(types).toEqual([undefined, "application/json"]);
});
