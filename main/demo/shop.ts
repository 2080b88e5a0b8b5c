import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import axios from "axios";
import { z } from "zod";
import { startChild, type Child } from "../child.ts";
import { TillError } from "../contract/errors.ts";
import { connectLocalSocket } from "../host/local-socket.ts";
import type { CounterReady } from "./counter-process.ts";
import { supervise, type Supervised, type SuperviseOptions } from "./supervise.ts";

/** What the platform's process says once it is ready. */
export type PlatformReady = { ready: true; url: string; operatorToken: string };

/** What the till's process says once it is ready: the address of each of its pages. */
export type TillReady = { ready: true; url: string; pages: Record<string, string> };

/** Something that runs until it is stopped, and where a person finds it. */
export type RunningShop = {
  addresses: { name: string; address: string }[];
  /** Resolves with words for a person when a part has ended for good by itself. */
  failed: Promise<string>;
  stop(): Promise<void>;
};

/** Where the demo shop runs. Port 0 takes any free one. */
export type DemoShopOptions = {
  folder: string;
  ports: { till: number; counter: number; platform: number };
  /** The platform's database is removed with the end of the shop. */
  discard?: boolean;
  /** Electron's binary, where the till is to run in its window; its pages are not served on loopback then. */
  electron?: string;
  /** Hears what the processes say on their standard error. */
  onWords(words: string): void;
};

/** The demo shop: three processes that know each other by address alone. */
export type DemoShop = RunningShop & {
  platform: Supervised<PlatformReady>;
  counter: CounterReady;
  till: Supervised<TillReady>;
};

/** Money in the drawer of a new demo shop: ¥500.00. */
export const demoFloatMinor = 500_00;

/** How the till's process is started under Node. */
const tillProcess = { name: "till", entry: "./host/till-process.ts" } as const;

const codeSchema = z.object({ code: z.string() });

/**
 * Starts platform, counter and till in this order, and enrols the till where it is new. What has been started is stopped
 * again when a later part fails.
 * @throws ChildError with the failing process's own sentence.
 */
export async function startDemoShop(options: DemoShopOptions): Promise<DemoShop> {
  const { folder, ports, onWords } = options;
  const started: { stop(): Promise<void> }[] = [];
  // Said by the till's own name for it, before any other part complains in words of its own.
  const running = await connectLocalSocket(folder);
  if (running !== null) {
    running.close();
    throw new TillError("folder.in-use", { folder });
  }
  try {
    const platform = await supervise<PlatformReady>({
      name: "platform",
      entry: "../platform/server.ts",
      parameters: [
        "--data",
        join(folder, "platform"),
        "--port",
        String(ports.platform),
        "--demo",
        ...(options.discard === true ? ["--discard"] : []),
      ],
      environment: {},
      onWords,
    });
    started.push(platform);
    const counter = await startChild<CounterReady>(
      "./demo/counter-process.ts",
      ["--data", join(folder, "counter"), "--port", String(ports.counter), "--platform", platform.ready.url],
      { onWords },
    );
    started.push(counter);
    const start = {
      ...tillProcess,
      parameters: tillParameters(options, counter.ready),
      environment: { SUANPAN_ENROL: await enrolmentCode(platform.ready) },
      onWords,
    };
    const till =
      options.electron === undefined ? await supervise<TillReady>(start) : startElectron(options.electron, start);
    started.push(till);
    const tillAddress = till.ready.pages["cashier"];
    if (tillAddress !== undefined) counter.tell({ tillUrl: tillAddress });
    return {
      platform,
      counter: counter.ready,
      till,
      addresses: [
        ...(tillAddress === undefined ? [] : [{ name: "Till", address: tillAddress }]),
        { name: "Counter", address: counter.ready.page },
      ],
      failed: Promise.race([till.failed, platform.failed, endOf("counter", counter)]),
      // The till first, so that what it still sends finds the platform.
      stop: () => stopAll(started),
    };
  } catch (error) {
    await stopAll(started);
    throw error;
  }
}

/** Starts a till alone, for a platform that runs elsewhere. */
export async function startTillOnly(options: {
  folder: string;
  port: number;
  parameters: readonly string[];
  onWords(words: string): void;
}): Promise<RunningShop> {
  const till = await supervise<TillReady>({
    ...tillProcess,
    parameters: ["--data", options.folder, "--port", String(options.port), ...options.parameters],
    environment: {},
    onWords: options.onWords,
  });
  const address = till.ready.pages["cashier"] ?? till.ready.url;
  return { addresses: [{ name: "Till", address }], failed: till.failed, stop: () => till.stop() };
}

function tillParameters({ folder, ports }: DemoShopOptions, counter: CounterReady): string[] {
  return [
    ["--data", folder],
    ["--port", String(ports.till)],
    ["--platform", counter.platform],
    ["--scanner", counter.scanner],
    ["--printer", counter.printer],
    ["--float", String(demoFloatMinor)],
  ].flat();
}

/**
 * Starts the till in Electron's window. Electron restarts the till's process by itself; when its window is closed, the
 * shop is closed.
 */
function startElectron(binary: string, { parameters, environment, onWords }: SuperviseOptions): Supervised<TillReady> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const shell = spawn(binary, [root, "--", ...parameters], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  shell.stderr.setEncoding("utf8").on("data", onWords);
  const ended = once(shell, "exit").then(
    ([code]) => `The till's window was closed${code === 0 ? "" : ` with code ${code}`}.`,
  );
  return {
    ready: { ready: true, url: "", pages: {} },
    failed: ended,
    async stop() {
      if (shell.exitCode === null && shell.signalCode === null) shell.kill("SIGTERM");
      await ended;
    },
    async crash() {
      shell.kill("SIGKILL");
      await ended;
    },
  };
}

async function endOf(name: string, child: Child<unknown>): Promise<string> {
  const code = await child.ended;
  return `The ${name}'s process has ended by itself with code ${code}.`;
}

/** A fresh code each time: a till that is enrolled already does not use it, and it expires by itself. */
async function enrolmentCode(platform: PlatformReady): Promise<string> {
  const answer = await axios.post(
    `${platform.url}/v1/operator/enrolment-codes`,
    {},
    {
      headers: { authorization: `Bearer ${platform.operatorToken}` },
      timeout: 10_000,
      proxy: false,
    },
  );
  return codeSchema.parse(answer.data).code;
}

async function stopAll(parts: readonly { stop(): Promise<void> }[]): Promise<void> {
  for (const part of parts.toReversed()) await part.stop();
}
