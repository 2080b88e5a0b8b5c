import { fork, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ask } from "./support/test-till.ts";

const entry = fileURLToPath(new URL("../../platform/server.ts", import.meta.url));

type Running = { process: ChildProcess; url: string; operatorToken: string; ended: Promise<number | null> };

let folder: string;
let dataFolder: string | null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "suanpan-server-"));
  dataFolder = null;
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  if (dataFolder?.startsWith("/var/lib/suanpan/") === true)
    await rm(dirname(dataFolder), { recursive: true, force: true });
});

function launch(port = 0): { child: ChildProcess; words: () => string; ended: Promise<number | null> } {
  // These are about the embedded server, wherever the other tests keep their data.
  const env = { ...process.env, DATABASE_URL: "" };
  const child = fork(entry, ["--data", folder, "--port", String(port), "--demo"], {
    env,
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
  const wordsEnded = once(child.stderr ?? child, "end");
  const ended = once(child, "exit").then(async ([code]) => {
    await wordsEnded;
    return code as number | null;
  });
  return { child, words: () => said, ended };
}

async function start(): Promise<Running> {
  const { child, words, ended } = launch();
  const ready = once(child, "message").then(([message]) => message as { url: string; operatorToken: string });
  const failed = ended.then((code) => {
    throw new Error(`The platform ended with ${code}: ${words()}`);
  });
  const { url, operatorToken } = await Promise.race([ready, failed]);
  failed.catch(() => undefined);
  return { process: child, url, operatorToken, ended };
}

async function summary(running: Running): Promise<unknown> {
  const headers = { authorization: `Bearer ${running.operatorToken}` };
  return (await ask(`${running.url}/v1/operator/summary`, { headers })).body;
}

/** The server's own lock file, while it runs. Its first line is the process, its second the data folder. */
async function postmasterPid(): Promise<number> {
  const candidates = [join(folder, "platform-db"), ...(dataFolder === null ? [] : [dataFolder])];
  for (const candidate of candidates) {
    const file = join(candidate, "postmaster.pid");
    if (existsSync(file)) return Number((await readFile(file, "utf8")).split("\n")[0]);
  }
  return 0;
}

/** Finds out where the data is kept: as root that is outside the folder. */
async function learnDataFolder(): Promise<void> {
  const password = (await readFile(join(folder, "keys", "database-password"), "utf8")).trim();
  const name = createHash("sha256").update(password).digest("hex").slice(0, 16);
  const own = join(folder, "platform-db");
  dataFolder = existsSync(own) ? own : join("/var/lib/suanpan", name, "platform-db");
}

/** A process that has ended but was not yet asked for by its parent still has a number, and is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const file = `/proc/${pid}/stat`;
  return !existsSync(file) || readFileSync(file, "utf8").split(") ")[1]?.startsWith("Z") !== true;
}

test("however it is asked to end, it ends with 0, leaves no PostgreSQL behind, and the next start has the data", async () => {
  let first: { operatorToken: string; summary: unknown } | null = null;
  for (const how of ["SIGINT", "SIGTERM", "disconnect"] as const) {
    const running = await start();
    await learnDataFolder();
    const pid = await postmasterPid();
    expect(isAlive(pid)).toBe(true);
    first ??= { operatorToken: running.operatorToken, summary: await summary(running) };
    expect({ operatorToken: running.operatorToken, summary: await summary(running) }).toEqual(first);
    if (how === "disconnect") running.process.disconnect();
    else running.process.kill(how);
    expect(await running.ended).toBe(0);
    expect(isAlive(pid)).toBe(false);
  }
});

test("a platform that was killed leaves a server that the next one takes over and stops", async () => {
  const first = await start();
  await learnDataFolder();
  const pid = await postmasterPid();
  first.process.kill("SIGKILL");
  await first.ended;
  expect(isAlive(pid)).toBe(true);
  const second = await start();
  expect(await postmasterPid()).toBe(pid);
  second.process.kill("SIGINT");
  expect(await second.ended).toBe(0);
  expect(isAlive(pid)).toBe(false);
});

test("a power cut leaves a lock file without a server, which does not keep the next one from starting", async () => {
  const first = await start();
  await learnDataFolder();
  const pid = await postmasterPid();
  first.process.kill("SIGKILL");
  process.kill(pid, "SIGKILL");
  await first.ended;
  const second = await start();
  expect(await postmasterPid()).not.toBe(pid);
  second.process.kill("SIGINT");
  expect(await second.ended).toBe(0);
});

test("a second platform on the same folder says so in one sentence and does the first no harm", async () => {
  const first = await start();
  await learnDataFolder();
  const second = launch();
  expect(await second.ended).toBe(1);
  expect(second.words().trim()).toBe(`Another platform is running with the data folder ${folder}.`);
  expect((await ask(`${first.url}/v1/hello`)).status).toBe(200);
  first.process.kill("SIGTERM");
  expect(await first.ended).toBe(0);
});

test("a new folder at an old place begins anew: it has other keys, and must not meet the data of the one before", async () => {
  const first = await start();
  await learnDataFolder();
  const before = dataFolder;
  first.process.kill("SIGTERM");
  await first.ended;
  await rm(folder, { recursive: true });
  const second = await start();
  expect(second.operatorToken).not.toBe(first.operatorToken);
  second.process.kill("SIGTERM");
  expect(await second.ended).toBe(0);
  if (before?.startsWith("/var/lib/suanpan/") === true) await rm(dirname(before), { recursive: true, force: true });
  await learnDataFolder();
});

test("a taken port is one sentence, exit code 1, and no PostgreSQL left behind", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const address = holder.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { words, ended } = launch(port);
  expect(await ended).toBe(1);
  await learnDataFolder();
  expect(words().trim()).toBe(`Port ${port} on 127.0.0.1 is taken by another program.`);
  expect(await postmasterPid()).toBe(0);
  holder.close();
});

test("a folder that cannot be made is one sentence and exit code 1", async () => {
  const real = folder;
  folder = "/proc/suanpan/data";
  const { words, ended } = launch();
  expect(await ended).toBe(1);
  expect(words().trim()).toBe("The data folder /proc/suanpan/data cannot be written to.");
  folder = real;
});
