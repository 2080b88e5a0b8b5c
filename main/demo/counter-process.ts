import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pino from "pino";
import { z } from "zod";
import { readArguments, readPort, readText } from "../arguments.ts";
import { counterContract, shopPageSchema, type StationId } from "../contract/counter.ts";
import { TillError } from "../contract/errors.ts";
import { runAsChild, type ChildSide } from "../host/child-side.ts";
import { openNodeHost } from "../host/node.ts";
import { openService } from "../host/service.ts";
import { openPageTokens } from "../host/tokens.ts";
import { systemTimers } from "../system-timers.ts";
import { createWireLog } from "../wire-log.ts";
import { Counter } from "./counter.ts";
import { keepDrawer, readDrawer } from "./drawer-file.ts";
import { RailPhones } from "./rail-phones.ts";
import { DemoPhones } from "./shopper.ts";
import { openStation, type StationAddresses } from "./station.ts";

/**
 * The demo shop's counter in a process of its own: for each till the simulated scanner and printer that speak the real
 * bytes and the cable to the platform that can be pulled; the shoppers' phones and money; and the page that moves them.
 */
const options = {
  data: { type: "string" },
  platform: { type: "string" },
  port: { type: "string" },
  kiosk: { type: "boolean" },
} as const;

/** What the process says once it is ready: its page, and where each till finds its devices and the platform. */
export type CounterReady = {
  ready: true;
  url: string;
  page: string;
  stations: { till: StationAddresses; kiosk?: StationAddresses };
};

/** The tills are started after the counter, which hears of their pages then. */
const pagesMessageSchema = z.strictObject({ pages: z.array(shopPageSchema).max(16) });

/** How often the phones look at their balances while somebody looks at them. */
const balanceRefreshMs = 1_000;

const page = "counter";
await runAsChild(run);

async function run(side: ChildSide): Promise<void> {
  const { values } = readArguments(process.argv.slice(2), options);
  const folder = readText(values["data"]);
  const platformUrl = readText(values["platform"]);
  if (folder === undefined || platformUrl === undefined)
    throw new TillError("command.invalid", { detail: "--data --platform" });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const log = pino(
    { level: process.env["SUANPAN_LOG"] ?? "warn", base: null },
    pino.destination({ dest: 2, sync: true }),
  );
  let changed = () => {};
  const open = async (id: StationId) => {
    const station = await openStation(id, platformUrl, () => changed());
    side.onEnd(() => station.close());
    return station;
  };
  const phones = new DemoPhones(platformUrl, Date.now);
  const [till, kiosk] = await Promise.all([open("till"), values["kiosk"] === true ? open("kiosk") : undefined]);
  const counter = new Counter({
    stations: kiosk === undefined ? [till] : [till, kiosk],
    phones,
    railPhones: new RailPhones(platformUrl),
    drawer: { cash: readDrawer(folder), keep: (cash) => keepDrawer(folder, cash) },
  });
  changed = () => counter.changed();
  process.on("message", (message) => {
    const read = pagesMessageSchema.safeParse(message);
    if (read.success) counter.setPages(read.data.pages);
  });
  await counter.load();
  const refreshing = setInterval(() => void counter.refresh(), balanceRefreshMs);
  side.onEnd(() => clearInterval(refreshing));
  const tokens = openPageTokens(folder);
  const service = openService({
    contract: counterContract,
    handlers: counter.handlers,
    timers: systemTimers,
    watch: (listener) => counter.watch(listener),
    snapshot: () => counter.snapshot(),
    admit: (hello) => tokens.admit(hello),
    log: createWireLog(log),
  });
  side.onEnd(() => service.close());
  const host = await openNodeHost({
    port: readPort("port", values["port"], 0),
    pages: fileURLToPath(new URL("../../renderer/dist/", import.meta.url)),
    pagesAllowed: [page],
    picture: (hash) => phones.picture(hash),
    attach: service.attach,
    log: (event) => log.warn(event, "counter page host"),
  });
  side.onEnd(() => host.close());
  side.ready({
    url: host.url,
    page: `${host.url}/${page}/#token=${tokens.pageToken(page)}`,
    stations: { till: till.addresses, ...(kiosk === undefined ? {} : { kiosk: kiosk.addresses }) },
  });
}
