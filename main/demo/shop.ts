import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import axios from "axios";
import { z } from "zod";
import { startChild, type Child } from "../child.ts";
import { prepareDataFolder } from "../data-folder.ts";
import type { CounterReady } from "./counter-process.ts";
import { startKiosk, type StartingKiosk } from "./kiosk.ts";
import { requireRoom } from "./room.ts";
import { pagesOf, printed, type Address, type ShopParts } from "./shop-pages.ts";
import { supervise, type Supervised, type SuperviseOptions } from "./supervise.ts";
import { stationParameters, tillEntry, type TillReady } from "./till-start.ts";

/** What the platform's process says once it is ready. */
export type PlatformReady = { ready: true; url: string; operatorToken: string };

/** Something that runs until it is stopped, and where a person finds it. */
export type RunningShop = {
  addresses: Address[];
  /** The addresses of what is not needed for a first sale, once it stands or has said that it will not. */
  moreAddresses: Promise<Address[]>;
  /** Resolves with words for a person when a part has ended for good by itself. */
  failed: Promise<string>;
  stop(): Promise<void>;
};

/** Where the demo shop runs. Port 0 takes any free one. */
export type DemoShopOptions = {
  folder: string;
  ports: { till: number; counter: number; platform: number; kiosk?: number };
  /** Whether a kiosk is started beside the till, in the folder's `kiosk`. */
  kiosk?: boolean;
  /** The platform's database is removed with the end of the shop. */
  discard?: boolean;
  /** Electron's binary, where the till is to run in its window; its pages are not served on loopback then. */
  electron?: string;
  /** Hears what the processes say on their standard error. */
  onWords(words: string): void;
};

/** The demo shop: processes that know each other by address alone. */
export type DemoShop = RunningShop & {
  platform: Supervised<PlatformReady>;
  counter: CounterReady;
  till: Supervised<TillReady>;
  /** Resolves when the kiosk is ready; with null where there is none. */
  kiosk: Promise<Supervised<TillReady> | null>;
};

/** Money in the drawer of a new demo shop: ¥500.00. */
export const demoFloatMinor = 500_00;

const codeSchema = z.object({ code: z.string() });

/**
 * Starts platform, counter and till in this order, and enrols the till where it is new; then the kiosk, which nobody waits
 * for. What has been started is stopped again when a later part fails.
 * @throws ChildError with the failing process's own sentence; TillError where there is no room for the shop.
 */
export async function startDemoShop(options: DemoShopOptions): Promise<DemoShop> {
  const { folder, ports } = options;
  await requireRoom(folder, [ports.till, ports.counter, ports.platform]);
  prepareDataFolder(folder);
  const started: { stop(): Promise<void> }[] = [];
  try {
    const platform = await startPlatform(options);
    started.push(platform);
    const counter = await startCounter(options, platform.ready.url);
    started.push(counter);
    const till = await startTill(options, counter.ready, await enrolmentCode(platform.ready));
    started.push(till);
    const starting = startKioskOf(options, counter.ready, platform.ready);
    if (starting !== null) started.push(starting);
    const parts = (kiosk: ShopParts["kiosk"]) => ({ till: till.ready, platform: platform.ready, kiosk });
    const first = pagesOf(parts(null));
    counter.tell({ pages: first });
    const kiosk = starting?.started ?? Promise.resolve(null);
    const pages = kiosk.then((running) => {
      const all = pagesOf(parts(running?.ready ?? null));
      if (running !== null) counter.tell({ pages: all });
      return all;
    });
    return {
      platform,
      counter: counter.ready,
      till,
      kiosk,
      addresses: [
        ...printed(first.filter(({ name }) => name === "cashier")),
        { name: "Counter", address: counter.ready.page },
      ],
      moreAddresses: pages.then((all) => printed(all.filter(({ name }) => name !== "cashier"))),
      failed: Promise.race([till.failed, platform.failed, endOf("counter", counter)]),
      // The kiosk and the till first, so that what they still send finds the platform.
      stop: () => stopAll(started),
    };
  } catch (error) {
    await stopAll(started);
    throw error;
  }
}

function startPlatform({ folder, ports, discard, onWords }: DemoShopOptions): Promise<Supervised<PlatformReady>> {
  const place = ["--data", join(folder, "platform"), "--port", String(ports.platform)];
  return supervise<PlatformReady>({
    name: "platform",
    entry: "../platform/server.ts",
    parameters: [...place, "--demo", ...(discard === true ? ["--discard"] : [])],
    environment: {},
    onWords,
  });
}

function startCounter(options: DemoShopOptions, platformUrl: string): Promise<Child<CounterReady>> {
  const { folder, ports, onWords } = options;
  const place = ["--data", join(folder, "counter"), "--port", String(ports.counter), "--platform", platformUrl];
  const parameters = [...place, ...(options.kiosk === true ? ["--kiosk"] : [])];
  return startChild<CounterReady>("./demo/counter-process.ts", parameters, { onWords });
}

async function startTill(
  options: DemoShopOptions,
  counter: CounterReady,
  code: string,
): Promise<Supervised<TillReady>> {
  const { folder, ports, electron, onWords } = options;
  const parameters = stationParameters({ mode: "till", folder, port: ports.till, station: counter.stations.till });
  const start = {
    name: "till",
    entry: tillEntry,
    parameters: [...parameters, "--float", String(demoFloatMinor)],
    environment: { SUANPAN_ENROL: code },
    leftWords: "The till has left its shop. Stop everything with Ctrl-C; the next start enrols it anew.",
    onWords,
  };
  return electron === undefined ? supervise<TillReady>(start) : startElectron(electron, start);
}

function startKioskOf(
  { folder, ports, onWords }: DemoShopOptions,
  { stations }: CounterReady,
  platform: PlatformReady,
): StartingKiosk | null {
  if (stations.kiosk === undefined) return null;
  return startKiosk({
    folder: join(folder, "kiosk"),
    port: ports.kiosk ?? 0,
    station: stations.kiosk,
    enrolmentCode: () => enrolmentCode(platform),
    onWords,
  });
}

/** Starts a till alone, for a platform that runs elsewhere. */
export async function startTillOnly(options: {
  folder: string;
  port: number;
  parameters: readonly string[];
  onWords(words: string): void;
}): Promise<RunningShop> {
  const till = await supervise<TillReady>({
    name: "till",
    entry: tillEntry,
    parameters: ["--data", options.folder, "--port", String(options.port), ...options.parameters],
    environment: {},
    onWords: options.onWords,
  });
  const { pages, url } = till.ready;
  const own = (["cashier", "kiosk", "manager", "customer"] as const).flatMap((name) => {
    const page = pages[name];
    return page === undefined ? [] : [{ name, url: page }];
  });
  const [first = { name: "Till", address: url }, ...more] = printed(own);
  return {
    addresses: [first],
    moreAddresses: Promise.resolve(more),
    failed: till.failed,
    stop: () => till.stop(),
  };
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
