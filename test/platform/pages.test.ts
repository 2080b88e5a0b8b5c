import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tillHeaders from "../../main/host/page-headers.ts";
import * as platformHeaders from "../../platform/pages/page-headers.ts";
import { createPages, type Pages } from "../../platform/pages/pages.ts";
import { startTestPlatform, type TestPlatform } from "./support/test-platform.ts";
import { ask } from "./support/test-till.ts";

const hash = "a".repeat(64);
let folder: string;
let pages: Pages;
let platform: TestPlatform;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "suanpan-pages-"));
  const dist = join(folder, "dist");
  for (const name of ["wallet", "console", "cashier", "assets"]) await mkdir(join(dist, name), { recursive: true });
  for (const name of ["wallet", "console", "cashier"])
    await writeFile(join(dist, name, "index.html"), `<p>${name}</p>`);
  await writeFile(join(dist, "assets/wallet-AbCd1234.js"), "1;");
  await writeFile(join(dist, "assets/.hidden.js"), "1;");
  await writeFile(join(folder, "outside.js"), "secret;");
  await symlink(join(folder, "outside.js"), join(dist, "assets/link.js"));
  pages = createPages({
    folder: dist,
    picture: async (asked) => (asked === hash ? { mediaType: "image/svg+xml", bytes: Buffer.from("<svg/>") } : null),
  });
  platform = await startTestPlatform();
});
afterAll(async () => {
  await platform.stop();
  await rm(folder, { recursive: true, force: true });
});

test("the platform's pages are as guarded as the till's: the same headers to the letter", () => {
  const bytes = Buffer.from("x");
  for (const hashed of [true, false]) {
    expect(platformHeaders.fileAnswer("text/html", bytes, hashed)).toEqual(
      tillHeaders.fileAnswer("text/html", bytes, hashed),
    );
  }
  expect(platformHeaders.pictureAnswer("image/png", bytes)).toEqual(tillHeaders.pictureAnswer("image/png", bytes));
  expect(platformHeaders.plainAnswer(404, "x", { Allow: "GET" })).toEqual(
    tillHeaders.plainAnswer(404, "x", { Allow: "GET" }),
  );
});

test("the phone and the console are served, the till's pages are not", async () => {
  expect((await pages("/")).headers).toMatchObject({ Location: "/wallet/" });
  expect((await pages("/console")).headers).toMatchObject({ Location: "/console/" });
  const page = await pages("/wallet/");
  expect([page.status, Buffer.from(page.bytes).toString()]).toEqual([200, "<p>wallet</p>"]);
  expect(page.headers["Content-Security-Policy"]).toContain("script-src 'self'");
  expect((await pages("/assets/wallet-AbCd1234.js")).headers["Cache-Control"]).toContain("immutable");
  expect((await pages(`/pictures/${hash}`)).headers).toMatchObject({ "Content-Type": "image/svg+xml" });
  for (const path of ["/cashier/", "/cashier/index.html", "/counter", "/assets/", "/wallet"]) {
    expect((await pages(path)).status, path).not.toBe(200);
  }
});

test("a path leads out of the folder in no way of writing it, or anybody could read the platform's keys", async () => {
  const paths = [
    "/wallet/../../outside.js",
    "/assets/../../outside.js",
    "/assets/%2e%2e/%2e%2e/outside.js",
    "/assets/..%2f..%2foutside.js",
    "/assets/..\\..\\outside.js",
    "/assets//outside.js",
    "/assets/link.js",
    "/assets/.hidden.js",
    "/assets/wallet-AbCd1234.js\u0000",
    "/pictures/../assets/wallet-AbCd1234.js",
    `/pictures/${"b".repeat(64)}`,
    `/assets/${"a/".repeat(10)}x.js`,
    `/assets/${"a".repeat(400)}.js`,
  ];
  for (const path of paths) expect((await pages(path)).status, path).toBe(404);
});

test("over HTTP the paths are looked up as they came, without what a router would make of them", async () => {
  const start = await fetch(`${platform.url}/?x=1`, { redirect: "manual" });
  expect([start.status, start.headers.get("location")]).toEqual([302, "/wallet/"]);
  expect(start.headers.get("content-security-policy")).toContain("default-src 'none'");
  for (const path of ["/assets/..%2f..%2fpackage.json", "/wallet/%2e%2e/cashier/index.html", "/assets/%00.js"]) {
    expect(await rawStatus(path), path).toBe(404);
  }
  expect(await rawStatus("/wallet/../../package.json")).toBe(404);
});

test("a picture of a good is there under the pages' path and under the protocol's", async () => {
  const { rows } = await platform.database.query<{ hash: string }>("select hash from pictures limit 1");
  const answers = await Promise.all(
    ["/pictures/", "/v1/pictures/"].map((path) => fetch(`${platform.url}${path}${rows[0]?.hash}`)),
  );
  expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
  const [first, second] = await Promise.all(answers.map((answer) => answer.text()));
  expect(first).toBe(second);
  expect(first).toContain("<svg");
  expect((await ask(`${platform.url}/pictures/nothing`)).status).toBe(404);
});

/** A path as it stands, which fetch would tidy up before it sends it. */
function rawStatus(path: string): Promise<number> {
  const { hostname, port } = new URL(platform.url);
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: hostname, port: Number(port) }, () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
    });
    let text = "";
    socket.on("data", (data) => {
      text += data.toString("latin1");
    });
    socket.on("end", () => resolve(Number(text.split(" ")[1])));
    socket.on("error", reject);
  });
}
