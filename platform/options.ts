import { parseArgs } from "node:util";
import type { RailsConfiguration } from "./rails/configuration.ts";
import { StartError } from "./start-error.ts";

/** How the platform was asked to start. */
export type PlatformOptions = {
  /** The data folder. */
  folder: string;
  host: string;
  /** 0 for any that is free. */
  port: number;
  demo: boolean;
  /** The database was restored from a backup: raise the epoch. */
  restored: boolean;
  /** Remove the embedded database when the platform ends: for a shop that nobody comes back to. */
  discard: boolean;
  /** An operator's own server; null for the embedded one. */
  databaseUrl: string | null;
  logLevel: string;
  /** The rails that are on, with their keys; null for none. */
  rails: RailsConfiguration | null;
  /** How often the platform works off what is due at the rails; null leaves it to whoever runs the platform. */
  railsEveryMs: number | null;
};

/** How often the platform looks for charges at the rails that are due. */
const railsEveryMs = 1000;

const usage = "Usage: node platform/server.ts --data DIR --port N [--host 127.0.0.1] [--demo] [--restored] [--discard]";
const loopbackHosts = new Set(["127.0.0.1", "localhost", "::1"]);
const logLevels = ["silent", "fatal", "error", "warn", "info", "debug", "trace"];

/**
 * Reads the command line and `DATABASE_URL` and `SUANPAN_LOG`.
 * @throws StartError saying what is wrong with them.
 */
export function readOptions(
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
): Omit<PlatformOptions, "rails"> {
  const { data, port, host, demo, restored, discard } = readParameters(parameters);
  if (data === undefined || data === "" || port === undefined) throw new StartError(usage);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new StartError(`${port} is not a port. ${usage}`);
  if (demo && !loopbackHosts.has(host)) {
    throw new StartError("The demo hands money out to whoever asks, so --demo goes with a loopback --host only.");
  }
  const logLevel = environment["SUANPAN_LOG"] ?? "warn";
  if (!logLevels.includes(logLevel)) throw new StartError(`SUANPAN_LOG is one of ${logLevels.join(", ")}.`);
  const databaseUrl = environment["DATABASE_URL"] ?? "";
  return {
    folder: data,
    host,
    port: Number(port),
    demo,
    restored,
    discard,
    databaseUrl: databaseUrl === "" ? null : databaseUrl,
    logLevel,
    railsEveryMs,
  };
}

function readParameters(parameters: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...parameters],
      options: {
        data: { type: "string" },
        port: { type: "string" },
        host: { type: "string", default: "127.0.0.1" },
        demo: { type: "boolean", default: false },
        restored: { type: "boolean", default: false },
        discard: { type: "boolean", default: false },
      },
    });
    return values;
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : String(error)}. ${usage}`, error);
  }
}
