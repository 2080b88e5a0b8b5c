import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { maximumMessageCharacters, type Wire } from "../../../main/contract/wire.ts";
import { openNodeHost, type NodeHost, type NodeHostOptions } from "../../../main/host/node.ts";

const pictureHash = "ab".repeat(32);
const drawing = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');

let folder: string;
let host: NodeHost;
let wires: Wire[];
let whenAttached: (wire: Wire) => void;
let logged: Parameters<NodeHostOptions["log"]>[0][];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "suanpan-pages-"));
  const pages = join(folder, "dist");
  for (const page of ["cashier", "counter", "recovery"]) {
    mkdirSync(join(pages, page), { recursive: true });
    writeFileSync(join(pages, page, "index.html"), `<!doctype html><title>${page}</title>`);
  }
  mkdirSync(join(pages, "assets"));
  writeFileSync(join(pages, "assets", "cashier-B1a2C3d4.js"), "export {};");
  writeFileSync(join(pages, "assets", "plain.css"), "");
  writeFileSync(join(pages, ".stamp"), "");
  writeFileSync(join(folder, "secret.txt"), "the owner's");
  symlinkSync(join(folder, "secret.txt"), join(pages, "link.txt"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  wires = [];
  logged = [];
  whenAttached = () => {};
  host = await openHost(0);
});

afterEach(async () => {
  await host.close();
});

function openHost(port: number, pageInstead?: string): Promise<NodeHost> {
  return openNodeHost({
    port,
    pageInstead,
    pages: join(folder, "dist"),
    pagesAllowed: ["cashier"],
    picture: (hash) => (hash === pictureHash ? { type: "image/svg+xml", bytes: drawing } : null),
    attach(wire) {
      wires.push(wire);
      whenAttached(wire);
    },
    log: (event) => logged.push(event),
  });
}

/** Sends exactly these lines and gives back everything that came until the line was closed. */
async function sendRaw(lines: string[]): Promise<string> {
  const socket = connect(host.port, "127.0.0.1");
  socket.setEncoding("utf8");
  let received = "";
  socket.on("data", (text) => (received += text));
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  await once(socket, "close");
  return received;
}

function upgradeLines(headers: Record<string, string>, path = "/wire"): string[] {
  const all = {
    Host: `127.0.0.1:${host.port}`,
    Origin: host.url,
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  };
  return [`GET ${path} HTTP/1.1`, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`)];
}

describe("pages", () => {
  test("a page comes with the strict policy and every guard that keeps other sites out", async () => {
    const response = await fetch(`${host.url}/cashier/`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("<title>cashier</title>");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(response.headers.has("set-cookie")).toBe(false);
  });

  // Addresses and open tabs stay as they are while a till waits for its ledger.
  test("a page that stands in for the others is at their addresses, and nowhere else", async () => {
    const waiting = await openHost(0, "recovery");
    const found = await Promise.all(
      ["/cashier/", "/recovery/", "/counter/", "/recovery/index.html", "/assets/cashier-B1a2C3d4.js"].map(
        async (path) => {
          const response = await fetch(waiting.url + path);
          return [response.status, /<title>(\w+)/.exec(await response.text())?.[1]];
        },
      ),
    );
    await waiting.close();
    expect(found).toEqual([
      [200, "recovery"],
      [404, undefined],
      [404, undefined],
      [404, undefined],
      [200, undefined],
    ]);
    expect((await fetch(`${host.url}/recovery/`)).status).toBe(404);
  });

  test("the bare address and a page without its slash lead to the page, whose token stays in the address", async () => {
    for (const path of ["/", "/cashier"]) {
      const response = await fetch(host.url + path, { redirect: "manual" });
      expect([response.status, response.headers.get("location")]).toEqual([302, "/cashier/"]);
    }
  });

  test("a file named by its content is kept by the browser, any other is asked for again", async () => {
    const hashed = await fetch(`${host.url}/assets/cashier-B1a2C3d4.js`);
    expect(hashed.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(hashed.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    const plain = await fetch(`${host.url}/assets/plain.css`);
    expect(plain.headers.get("cache-control")).toBe("no-cache");
  });

  test("HEAD says what GET would and sends nothing", async () => {
    const response = await fetch(`${host.url}/cashier/`, { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(0);
    expect(await response.text()).toBe("");
  });

  test.each([
    "/counter/",
    "/counter/index.html",
    "/assets/",
    "/assets",
    "/.stamp",
    "/link.txt",
    "/cashier/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/..\\secret.txt",
    "//etc/passwd",
    "/cashier/%00",
    `/${"a/".repeat(200)}`,
    "/pictures/",
    `/pictures/${"cd".repeat(32)}`,
    `/pictures/${pictureHash}/`,
    "/pictures/../cashier/index.html",
    "http://127.0.0.1/cashier/",
  ])("%s leads nowhere: nothing but the pages of this till is served", async (path) => {
    const answer = await sendRaw([`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${host.port}`]);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).not.toContain("the owner's");
  });

  test("a picture is kept for good and can run nothing when it is opened by itself", async () => {
    const response = await fetch(`${host.url}/pictures/${pictureHash}`);
    expect(await response.text()).toContain("<svg");
    expect(response.headers.get("content-type")).toBe("image/svg+xml");
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'.*sandbox$/);
  });
});

describe("who may ask", () => {
  test("a name that was made to point at this machine is refused, and told once", async () => {
    for (let count = 0; count < 3; count += 1) {
      const answer = await sendRaw(["GET /cashier/ HTTP/1.1", "Host: evil.example"]);
      expect(answer).toMatch(/^HTTP\/1\.1 403 /);
      expect(answer).not.toContain("<title>");
    }
    expect(logged).toEqual([{ kind: "refused", cause: "host" }]);
  });

  test("localhost is the same till", async () => {
    expect((await fetch(`http://localhost:${host.port}/cashier/`)).status).toBe(200);
  });

  test("a page of another site, another port or another scheme is refused", async () => {
    for (const origin of ["https://evil.example", "http://127.0.0.1:1", `https://127.0.0.1:${host.port}`, "null"]) {
      expect((await fetch(`${host.url}/cashier/`, { headers: { origin } })).status).toBe(403);
    }
    expect(logged).toEqual([{ kind: "refused", cause: "origin" }]);
  });

  test("anything but GET and HEAD is refused, and its body is not read", async () => {
    const response = await fetch(`${host.url}/cashier/`, { method: "POST", body: "x".repeat(100_000) });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
    expect(response.headers.get("connection")).toBe("close");
  });

  test.each([
    ["another origin", { Origin: "https://evil.example" }, "/wire", 403],
    ["localhost's origin under the other name", { Origin: "http://localhost:1" }, "/wire", 403],
    ["another host", { Host: "evil.example" }, "/wire", 403],
    ["another path", {}, "/wires", 404],
  ])("a WebSocket from %s never reaches the till", async (_what, headers, path, status) => {
    const answer = await sendRaw(upgradeLines(headers, path));
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(wires).toEqual([]);
  });

  test("a WebSocket without an origin, from a program, never reaches the till", async () => {
    const answer = await sendRaw(upgradeLines({}).filter((line) => !line.startsWith("Origin")));
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(wires).toEqual([]);
  });

  test("what is no HTTP, or has headers without end, is answered shortly and let go", async () => {
    expect(await sendRaw(["\u0016\u0003\u0001 hello"])).toMatch(/^HTTP\/1\.1 400 /);
    const answer = await sendRaw(["GET / HTTP/1.1", `Host: 127.0.0.1:${host.port}`, `X: ${"y".repeat(40_000)}`]);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe("the wire", () => {
  function attached(): Promise<Wire> {
    return new Promise((resolve) => (whenAttached = resolve));
  }

  function dial(): WebSocket {
    return new WebSocket(`ws://127.0.0.1:${host.port}/wire`, { origin: host.url });
  }

  /** Upgrades a plain socket, so that a test can put any bytes on it. */
  async function dialRaw(): Promise<Socket> {
    const socket = connect(host.port, "127.0.0.1");
    socket.write(`${upgradeLines({}).join("\r\n")}\r\n\r\n`);
    await once(socket, "data");
    return socket;
  }

  test("a binary frame closes the line and is not read as text", async () => {
    const arriving = attached();
    const client = dial();
    const wire = await arriving;
    const texts: string[] = [];
    wire.receive((text) => texts.push(text));
    await once(client, "open");
    client.send(new Uint8Array([123, 125]));
    const [code] = (await once(client, "close")) as [number];
    expect(code).toBe(1003);
    expect(texts).toEqual([]);
  });

  test("half a message, cut off by a page that crashed, is never handed on", async () => {
    const arriving = attached();
    const socket = await dialRaw();
    const wire = await arriving;
    const texts: string[] = [];
    wire.receive((text) => texts.push(text));
    const closed = new Promise<void>((resolve) => wire.closed(resolve));
    // RFC 6455, section 5.2: a final text frame of 20 bytes, masked with zeros, of which 5 arrive.
    socket.end(Buffer.concat([Buffer.from([0x81, 0x80 | 20, 0, 0, 0, 0]), Buffer.from("{half")]));
    await closed;
    expect(texts).toEqual([]);
  });

  test("bytes that are no UTF-8 in a text frame close the line", async () => {
    const arriving = attached();
    const socket = await dialRaw();
    const wire = await arriving;
    const texts: string[] = [];
    wire.receive((text) => texts.push(text));
    const closed = new Promise<void>((resolve) => wire.closed(resolve));
    socket.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]));
    await closed;
    expect(texts).toEqual([]);
    socket.destroy();
  });

  test("a window that does not read is cut off, so that the till's memory does not fill for it", async () => {
    const arriving = attached();
    const socket = await dialRaw();
    socket.pause();
    const wire = await arriving;
    let closed = false;
    wire.closed(() => (closed = true));
    const snapshot = "x".repeat(maximumMessageCharacters / 4);
    let sent = 0;
    for (; sent < 100 && !closed; sent += 1) {
      wire.send(snapshot);
      await new Promise(setImmediate);
    }
    expect(closed).toBe(true);
    expect(sent * snapshot.length).toBeLessThan(8 * maximumMessageCharacters);
    socket.destroy();
  });

  test("closing the host ends every window's line and frees the port", async () => {
    const arriving = attached();
    const client = dial();
    await arriving;
    await once(client, "open");
    const ended = once(client, "close");
    await host.close();
    await ended;
    const again = await openHost(host.port);
    expect(again.port).toBe(host.port);
    host = again;
  });

  test("a port that another program holds is named in the error", async () => {
    await expect(openHost(host.port)).rejects.toMatchObject({ code: "port.taken", params: { port: host.port } });
  });
});
