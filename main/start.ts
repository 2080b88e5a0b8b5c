import "./node-version.cjs";
import { readArguments, readPort, readText } from "./arguments.ts";
import { buildRenderer, buildShell, rendererIsStale } from "./build.ts";
import { ChildError } from "./child.ts";
import { TillError } from "./contract/errors.ts";
import { defaultDataFolder, prepareDataFolder } from "./data-folder.ts";
import { startDemoShop, startTillOnly, type RunningShop } from "./demo/shop.ts";
import { electronBinary, hasDisplay, openBrowser } from "./open-window.ts";
import { sentenceOf } from "./sentence.ts";

const optionTypes = {
  data: { type: "string" },
  port: { type: "string" },
  "counter-port": { type: "string" },
  "platform-port": { type: "string" },
  "till-only": { type: "boolean" },
  platform: { type: "string" },
  scanner: { type: "string" },
  printer: { type: "string" },
  "printer-profile": { type: "string" },
  "no-window": { type: "boolean" },
} as const;

/** Fixed, so that a printed address can be kept: `npm start -- --port N` takes another. */
const defaultPorts = { till: 4870, counter: 4871, platform: 4872 };

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
  const folder = prepareDataFolder(readText(values["data"]) ?? defaultDataFolder());
  const ports = {
    till: readPort("port", values["port"], defaultPorts.till),
    counter: readPort("counter-port", values["counter-port"], defaultPorts.counter),
    platform: readPort("platform-port", values["platform-port"], defaultPorts.platform),
  };
  if (rendererIsStale()) {
    say("Building the pages …");
    await buildRenderer();
  }
  const electron = values["no-window"] === true || values["till-only"] === true ? null : electronBinary();
  if (electron !== null) await buildShell();
  const onWords = (words: string) => void process.stderr.write(words);
  const shop =
    values["till-only"] === true
      ? await startTillOnly({ folder, port: ports.till, parameters: tillParameters(values), onWords })
      : await startDemoShop({ folder, ports, onWords, ...(electron === null ? {} : { electron }) });
  tellAddresses(shop, folder);
  if (values["no-window"] !== true) openPages(shop, electron !== null);
  const ended = await Promise.race([shop.failed, stopRequested.promise]);
  say("Stopping …");
  await shop.stop();
  if (typeof ended !== "string") return 0;
  process.stderr.write(`${ended}\n`);
  return 1;
}

function tillParameters(values: Record<string, string | boolean | undefined>): string[] {
  const platform = readText(values["platform"]);
  if (platform === undefined) throw new TillError("command.invalid", { detail: "--platform" });
  const given = ["scanner", "printer", "printer-profile"].flatMap((name) => {
    const value = readText(values[name]);
    return value === undefined ? [] : [`--${name}`, value];
  });
  return ["--platform", platform, ...given];
}

function tellAddresses(shop: RunningShop, folder: string): void {
  say("");
  for (const { name, address } of shop.addresses) say(`  ${name.padEnd(9)}${address}`);
  say("");
  const elsewhere = process.getuid?.() === 0 ? ", the platform's database in /var/lib/suanpan" : "";
  say(`The data stays in ${folder}${elsewhere}. Ctrl-C stops everything.`);
}

function openPages(shop: RunningShop, inElectron: boolean): void {
  if (!inElectron) say("Electron's binary is not installed here: the pages open in a browser.");
  if (!hasDisplay()) {
    say("There is no display here: open the addresses in any browser on this machine.");
    return;
  }
  for (const { address } of shop.addresses)
    openBrowser(address, () => say(`No browser could be opened for ${address}`));
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}
