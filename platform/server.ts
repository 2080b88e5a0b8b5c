import { pino } from "pino";
import { readOptions } from "./options.ts";
import { readRailsConfiguration } from "./rails/configuration.ts";
import { startPlatform, type Platform } from "./platform.ts";
import { StartError } from "./start-error.ts";

/** Asks for the end as often as somebody likes; the first time counts. */
const wishToEnd = Promise.withResolvers<void>();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => wishToEnd.resolve());
// Whoever started us by a channel and is gone wants nothing any more.
process.on("disconnect", () => wishToEnd.resolve());

try {
  const options = readOptions(process.argv.slice(2), process.env);
  const log = pino({ level: options.logLevel, base: null }, pino.destination({ dest: 2, sync: true }));
  const rails = await readRailsConfiguration(options.folder, process.env);
  const platform = await startPlatform({ ...options, rails }, log, Date.now);
  sayReady(platform);
  await wishToEnd.promise;
  await platform.close();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${sentence(error)}\n`);
  process.exit(1);
}

/** One message to whoever started us by a channel, one line of JSON on standard output otherwise. */
function sayReady({ url, operatorToken }: Platform): void {
  const ready = { ready: true, url, operatorToken };
  if (process.send === undefined) process.stdout.write(`${JSON.stringify(ready)}\n`);
  else process.send(ready);
}

function sentence(error: unknown): string {
  if (error instanceof StartError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
