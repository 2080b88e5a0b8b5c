import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { processesOn } from "./processes.ts";
import { removeShop } from "./remove-shop.ts";
import { oneClearSentence, runTill, startNode, type Running } from "./run-node.ts";

const anyPorts = ["--port", "0", "--counter-port", "0", "--platform-port", "0", "--kiosk-port", "0"];

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "suanpan-start-"));
  onTestFinished(() => removeShop(folder));
  return folder;
}

/** `npm start` without a window, on this folder. It is ended with the test if the test did not. */
function start(folder: string, ...typed: string[]): Running {
  const running = startNode("main/start.ts", ["--no-window", "--data", folder, ...anyPorts, ...typed]);
  onTestFinished(() => void running.child.kill("SIGKILL"));
  return running;
}

/** Resolves when the process has said this, or rejects with all it said when it ends first. */
function said(running: Running, words: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (words.test(running.out())) resolve(running.out());
    };
    running.child.stdout.on("data", look);
    void running.ended.then(({ out, err }) => reject(new Error(`It ended first: ${out}${err}`)));
    look();
  });
}

// The newcomer's first minute: start, look, Ctrl-C, start again.
test("the shop starts, says where it is, ends on Ctrl-C leaving nothing behind, and goes on with its data", async () => {
  const folder = temporaryFolder();
  const first = start(folder);
  const out = await said(first, /Ctrl-C stops everything\./);
  const addresses = [...out.matchAll(/^ {2}(\w[\w ]*\w) +(http:\/\/127\.0\.0\.1:\d+\/\S+)$/gm)].map(
    ([, name = "", address = ""]): [string, string] => [name, address],
  );
  // The two pages of a first sale come first, as soon as they are there.
  expect(addresses.map(([name]) => name)).toEqual([
    "Till",
    "Counter",
    "Kiosk",
    "Manager",
    "Customer display",
    "Phone",
    "Console",
  ]);
  for (const [, address] of addresses) {
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("<html");
  }
  expect(out).toContain(folder);
  const before = JSON.parse((await runTill("verify", folder, "--json")).out) as { ok: boolean; head: { seq: number } };
  expect(before.ok).toBe(true);
  first.child.kill("SIGINT");
  const ended = await first.ended;
  expect([ended.code, ended.err]).toEqual([0, ""]);
  expect(processesOn(folder)).toEqual([]);

  const second = start(folder);
  await said(second, /Ctrl-C stops everything\./);
  const after = JSON.parse((await runTill("verify", folder, "--json")).out) as typeof before;
  // The same ledger, the same enrolment and the same open shift: at most a word about the new start was added.
  expect(after.head.seq - before.head.seq).toBeLessThanOrEqual(1);

  const third = await start(folder).ended;
  expect(third.code).toBe(1);
  expect(third.err.trimEnd().split("\n").at(-1)).toMatch(/^[A-Z].*\.$/);
  second.child.kill("SIGTERM");
  expect((await second.ended).code).toBe(0);
  expect(processesOn(folder)).toEqual([]);
}, 120_000);

test("a till without its own platform opens once it is enrolled, and says clearly when it is not", async () => {
  const folder = temporaryFolder();
  const without = await start(folder, "--till-only").ended;
  expect([without.code, without.out]).toEqual([1, ""]);
  expect(without.err).toMatch(oneClearSentence);
  const alone = await start(folder, "--till-only", "--platform", "http://127.0.0.1:9").ended;
  expect(alone.code).toBe(1);
  expect(alone.err.trimEnd().split("\n").at(-1)).toMatch(/^[A-Z].*\.$/);
  expect(alone.err).not.toMatch(/ at .*\.ts:\d+/);
}, 60_000);

test.each(["--port", "--counter-port", "--platform-port"])(
  "a port that is taken (%s) is named in one sentence, nothing is left running, and no new folder is left behind",
  async (option) => {
    const folder = join(temporaryFolder(), "new");
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const ran = await start(folder, option, String(port)).ended;
    expect([ran.code, ran.out]).toEqual([1, ""]);
    expect(ran.err).toContain(String(port));
    expect(ran.err).toMatch(oneClearSentence);
    expect(processesOn(folder)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  },
  60_000,
);

test.each([
  ["a folder that cannot be made", ["--data", "/proc/nowhere"]],
  ["a port that is none", ["--port", "70000"]],
  ["an option that does not exist", ["--prot", "1"]],
])("%s is told in one sentence before anything starts", async (_what, typed) => {
  const ran = await startNode("main/start.ts", ["--no-window", ...typed]).ended;
  expect([ran.code, ran.out]).toEqual([1, ""]);
  expect(ran.err).toMatch(oneClearSentence);
});

test("a file in the place of the data folder is told in one sentence", async () => {
  const file = join(temporaryFolder(), "data");
  writeFileSync(file, "");
  const ran = await startNode("main/start.ts", ["--no-window", "--data", file]).ended;
  expect(ran.code).toBe(1);
  expect(ran.err).toMatch(oneClearSentence);
});

// An older Node cannot read our sources, and would end in a crash of the database's native part.
test("a Node that is too old is told before anything of the product is read", () => {
  const guard = join(import.meta.dirname, "..", "..", "main", "node-version.cjs");
  const fake = `Object.defineProperty(process.versions, "node", { value: "22.19.0" }); require(${JSON.stringify(guard)}); console.log("went on");`;
  const old = spawnSync(process.execPath, ["-e", fake], { encoding: "utf8" });
  expect([old.status, old.stdout]).toEqual([1, ""]);
  expect(old.stderr).toMatch(oneClearSentence);
  expect(old.stderr).toContain("22.19.0");
  const now = spawnSync(process.execPath, ["-e", `require(${JSON.stringify(guard)}); console.log("went on");`], {
    encoding: "utf8",
  });
  expect([now.status, now.stdout]).toEqual([0, "went on\n"]);
});
