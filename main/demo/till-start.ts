import type { TillMode } from "../host/till-mode.ts";
import type { StationAddresses } from "./station.ts";

/** What a till's process says once it is ready: the address of each of its pages. */
export type TillReady = { ready: true; url: string; pages: Record<string, string> };

/** How a till's process is started under Node. */
export const tillEntry = "./host/till-process.ts";

/** What the process of a till at one of the counter's stations is started with. */
export function stationParameters(options: {
  mode: TillMode;
  folder: string;
  port: number;
  station: StationAddresses;
}): string[] {
  const { mode, folder, port, station } = options;
  return [
    ["--mode", mode],
    ["--data", folder],
    ["--port", String(port)],
    ["--platform", station.platform],
    ["--scanner", station.scanner],
    ["--printer", station.printer],
  ].flat();
}
