import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openNodeHost, type NodeHost } from "../../../main/host/node.ts";
import { launchChromium } from "../../support/chromium.ts";

/** What the headers come to in a real browser: our page works under them, and another site's page gets nowhere. */

const pictureHash = "ab".repeat(32);
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><script>document.title = "ran"</script></svg>`;

let folder: string;
let host: NodeHost;
let strange: Server;
let strangeUrl: string;
let browser: Browser;
let attached = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "suanpan-browser-"));
  mkdirSync(join(folder, "cashier"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(
    join(folder, "cashier", "index.html"),
    `<!doctype html><title>till</title><script type="module" src="/assets/page.js"></script>
     <script>document.title = "inline ran"</script><img src="/pictures/${pictureHash}" alt="">`,
  );
  writeFileSync(
    join(folder, "assets", "page.js"),
    `const socket = new WebSocket("/wire");
     socket.addEventListener("message", (event) => { document.documentElement.dataset.heard = event.data; });`,
  );
  host = await openNodeHost({
    port: 0,
    pages: folder,
    pagesAllowed: ["cashier"],
    picture: (hash) =>
      hash === pictureHash ? { type: "image/svg+xml", bytes: new TextEncoder().encode(drawing) } : null,
    attach(wire) {
      attached += 1;
      wire.send("from the till");
    },
    log: () => {},
  });
  strange = createServer((_request, response) =>
    response.setHeader("Content-Type", "text/html").end("<title>x</title>"),
  );
  await new Promise<void>((resolve) => strange.listen(0, "127.0.0.1", resolve));
  strangeUrl = `http://127.0.0.1:${(strange.address() as AddressInfo).port}/`;
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser.close();
  await host.close();
  await new Promise((resolve) => strange.close(resolve));
  rmSync(folder, { recursive: true });
});

async function withPage<T>(look: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext();
  try {
    return await look(await context.newPage());
  } finally {
    await context.close();
  }
}

test("the till's page runs its script, opens its wire and shows its pictures; an inline script does not run", () =>
  withPage(async (page) => {
    await page.goto(`${host.url}/#token=cashier.x`);
    await page.locator("html[data-heard='from the till']").waitFor();
    expect(page.url()).toBe(`${host.url}/cashier/#token=cashier.x`);
    expect(await page.title()).toBe("till");
    expect(await page.evaluate("document.querySelector('img').decode().then(() => 'drawn')")).toBe("drawn");
  }));

test("a page of another port can neither open the wire, nor read a page, nor show it in a frame", () =>
  withPage(async (page) => {
    await page.goto(strangeUrl);
    const before = attached;
    const outcome = await page.evaluate(async (till) => {
      const socket = new WebSocket(`${till.replace("http", "ws")}/wire`);
      const wire = await new Promise((resolve) => {
        socket.addEventListener("open", () => resolve("open"));
        socket.addEventListener("error", () => resolve("refused"));
      });
      const read = await fetch(`${till}/cashier/`).then(
        () => "read",
        () => "refused",
      );
      const blind = await fetch(`${till}/cashier/`, { mode: "no-cors" }).then(
        () => "sent",
        () => "refused",
      );
      return { wire, read, blind };
    }, host.url);
    expect(outcome).toEqual({ wire: "refused", read: "refused", blind: "refused" });
    expect(attached).toBe(before);
    await page.setContent(`<iframe src="${host.url}/cashier/"></iframe>`);
    await page.waitForLoadState("networkidle");
    expect(attached).toBe(before);
  }));

test("a picture that is opened by itself runs nothing", () =>
  withPage(async (page) => {
    await page.goto(`${host.url}/pictures/${pictureHash}`);
    expect(await page.title()).toBe("");
    expect(await page.evaluate("self.origin")).toBe("null");
  }));
