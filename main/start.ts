import "./node-version.cjs";
import { resolve } from "node:path";
import { readArguments, readPort, readText } from "./arguments.ts";
import { buildRenderer, buildShell, rendererIsStale } from "./build.ts";
import { ChildError } from "./child.ts";
import { TillError } from "./contract/errors.ts";
import { defaultDataFolder, prepareDataFolder } from "./data-folder.ts";
import { requireRoom } from "./demo/room.ts";
import { startDemoShop, startTillOnly, type RunningShop } from "./demo/shop.ts";
import { electronBinary, hasDisplay, openBrowser } from "./open-window.ts";
import { sentenceOf } from "./sentence.ts";

const optionTypes = {
  data: { type: "string" },
  port: { type: "string" },
  "counter-port": { type: "string" },
  "platform-port": { type: "string" },
  "kiosk-port": { type: "string" },
  "no-kiosk": { type: "boolean" },
  "till-only": { type: "boolean" },
  platform: { type: "string" },
  mode: { type: "string" },
  scanner: { type: "string" },
  printer: { type: "string" },
  "printer-profile": { type: "string" },
  "no-window": { type: "boolean" },
} as const;

/** Fixed, so that a printed address can be kept: `npm start -- --port N` takes another. */
const defaultPorts = { till: 4870, counter: 4871, platform: 4872, kiosk: 4873 };

/** The longest name of an address, and two spaces. */
const nameColumns = 18;

const stopRequested = Promise.withResolvers<void>();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopRequested.resolve());

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${error instanceof ChildError ? error.words : sentenceOf(error)}\n`);
  process.exitCode = 1;
}
// Whatever a library still holds open must not keep a stopped shop's terminal busy.
process.exit();

/** Starts the shop, says where it is, and stays until somebody stops it. Resolves with the exit code. */
async function run(): Promise<number> {
  const { values } = readArguments(process.argv.slice(2), optionTypes);
  const isTillOnly = values["till-only"] === true;
  const ports = {
    till: readPort("port", values["port"], defaultPorts.till),
    counter: readPort("counter-port", values["counter-port"], defaultPorts.counter),
    platform: readPort("platform-port", values["platform-port"], defaultPorts.platform),
    kiosk: readPort("kiosk-port", values["kiosk-port"], defaultPorts.kiosk),
  };
  const parameters = isTillOnly ? tillParameters(values) : [];
  const wanted = resolve(readText(values["data"]) ?? defaultDataFolder());
  // What is in the way is said before anything is made.
  await requireRoom(wanted, isTillOnly ? [ports.till] : [ports.till, ports.counter, ports.platform]);
  const folder = prepareDataFolder(wanted);
  if (rendererIsStale()) {
    say("Building the pages …");
    await buildRenderer();
  }
  const electron = values["no-window"] === true || isTillOnly ? null : electronBinary();
  if (electron !== null) await buildShell();
  const onWords = (words: string) => void process.stderr.write(words);
  const kiosk = values["no-kiosk"] !== true;
  const shop = isTillOnly
    ? await startTillOnly({ folder, port: ports.till, parameters, onWords })
    : await startDemoShop({ folder, ports, kiosk, onWords, ...(electron === null ? {} : { electron }) });
  const ended = Promise.race([shop.failed, stopRequested.promise]);
  say("");
  tellAddresses(shop.addresses);
  if (values["no-window"] !== true && hasDisplay()) openPages(shop);
  // Nobody waits for the kiosk to begin selling, and nobody who stops the shop waits for its address.
  const more = await Promise.race([shop.moreAddresses, ended]);
  if (Array.isArray(more)) {
    tellAddresses(more);
    say("");
    if (values["no-window"] !== true) tellWindow(electron !== null);
    tellFolder(folder);
  }
  const words = await ended;
  say("Stopping …");
  await shop.stop();
  if (typeof words !== "string") return 0;
  process.stderr.write(`${words}\n`);
  return 1;
}

function tillParameters(values: Record<string, string | boolean | undefined>): string[] {
  const platform = readText(values["platform"]);
  if (platform === undefined) throw new TillError("command.invalid", { detail: "--platform" });
  const given = ["mode", "scanner", "printer", "printer-profile"].flatMap((name) => {
    const value = readText(values[name]);
    return value === undefined ? [] : [`--${name}`, value];
  });
  return ["--platform", platform, ...given];
}

function tellAddresses(addresses: RunningShop["addresses"]): void {
  for (const { name, address } of addresses) say(`  ${name.padEnd(nameColumns)}${address}`);
}

function tellFolder(folder: string): void {
  const elsewhere = process.getuid?.() === 0 ? ", the platform's database in /var/lib/suanpan" : "";
  say(`The data stays in ${folder}${elsewhere}. Ctrl-C stops everything.`);
}

function tellWindow(inElectron: boolean): void {
  if (!inElectron) say("Electron's binary is not installed here: the pages open in a browser.");
  if (!hasDisplay()) say("There is no display here: open the addresses in any browser on this machine.");
}

/** Opens the pages of the first sale; the counter leads to the others. */
function openPages(shop: RunningShop): void {
  for (const { address } of shop.addresses)
    openBrowser(address, () => say(`No browser could be opened for ${address}`));
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}
