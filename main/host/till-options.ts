import pino from "pino";
import { readAddress, readArguments, readPort, readText } from "../arguments.ts";
import { TillError } from "../contract/errors.ts";
import { defaultDataFolder } from "../data-folder.ts";
import type { DeviceSetup } from "../till-devices.ts";
import type { TillOptions } from "../till.ts";
import { readMode, type TillMode } from "./till-mode.ts";

const optionTypes = {
  mode: { type: "string" },
  data: { type: "string" },
  platform: { type: "string" },
  port: { type: "string" },
  scanner: { type: "string" },
  printer: { type: "string" },
  "printer-profile": { type: "string" },
  float: { type: "string" },
} as const;

/** What a till under a host is opened with. */
type HostedTillOptions = TillOptions & { mode: TillMode };

/** Text mode for Chinese on 80 mm paper: what most printers on these counters speak. */
const defaultProfile = "gb18030-80mm";

/**
 * What the till's process was started with, under either host: `[--mode till|kiosk] --data DIR --platform URL [--port N]
 * [--scanner PATH | tcp:HOST:PORT] [--printer HOST:PORT] [--printer-profile NAME] [--float MINOR]`. An enrolment code comes in the
 * environment as `SUANPAN_ENROL`, because arguments can be read by every user of the machine.
 * @throws TillError `command.invalid`.
 */
export function readTillOptions(typed: readonly string[]): { options: HostedTillOptions; port: number } {
  const { values } = readArguments(typed, optionTypes);
  const platformUrl = readText(values["platform"]);
  if (platformUrl === undefined || !URL.canParse(platformUrl)) {
    throw new TillError("command.invalid", { detail: `--platform ${platformUrl ?? ""}` });
  }
  const enrolmentCode = process.env["SUANPAN_ENROL"];
  const level = process.env["SUANPAN_LOG"] ?? "warn";
  return {
    port: readPort("port", values["port"], 0),
    options: {
      folder: readText(values["data"]) ?? defaultDataFolder(),
      platformUrl,
      mode: readMode(readText(values["mode"])),
      ...(enrolmentCode === undefined ? {} : { enrolmentCode }),
      devices: readDevices(values),
      floatMinor: readMinor("float", readText(values["float"])),
      log: pino({ level, base: null }, pino.destination({ dest: 2, sync: true })),
    },
  };
}

function readDevices(values: Record<string, string | boolean | undefined>): DeviceSetup {
  const scanner = readText(values["scanner"]);
  const printer = readText(values["printer"]);
  const profile = readText(values["printer-profile"]) ?? defaultProfile;
  return {
    ...(scanner === undefined ? {} : { scanner: readScanner(scanner) }),
    ...(printer === undefined ? {} : { printer: { ...readAddress("printer", printer), profile } }),
  };
}

function readScanner(text: string): NonNullable<DeviceSetup["scanner"]> {
  if (text.startsWith("tcp:")) return { kind: "tcp", ...readAddress("scanner", text.slice(4)) };
  return { kind: "serial", path: text };
}

function readMinor(name: string, text: string | undefined): number {
  if (text === undefined) return 0;
  if (!/^\d{1,12}$/.test(text)) throw new TillError("command.invalid", { detail: `--${name} ${text}` });
  return Number(text);
}
