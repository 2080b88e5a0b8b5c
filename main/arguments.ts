import { parseArgs, type ParseArgsConfig } from "node:util";
import { TillError } from "./contract/errors.ts";

/** The options of a command by name. */
export type OptionTypes = NonNullable<ParseArgsConfig["options"]>;

/** What was typed after a command: its options, and the words that are none. */
export type ReadArguments = { values: Record<string, string | boolean | undefined>; words: string[] };

/**
 * Reads what was typed.
 * @throws TillError `command.invalid` for an option that the command does not have or a value that is missing.
 */
export function readArguments(typed: readonly string[], options: OptionTypes): ReadArguments {
  try {
    const { values, positionals } = parseArgs({ args: [...typed], options, allowPositionals: true, strict: true });
    return { values: values as ReadArguments["values"], words: positionals };
  } catch (cause) {
    throw new TillError(
      "command.invalid",
      { detail: cause instanceof Error ? (cause.message.split(/\.\s/)[0] ?? "") : "" },
      cause,
    );
  }
}

/** A port as typed. @throws TillError `command.invalid` for anything but a whole number from 0 to 65535. */
export function readPort(name: string, value: string | boolean | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  const port = typeof value === "string" && /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (port >= 0 && port <= 65535) return port;
  throw new TillError("command.invalid", { detail: `--${name} ${String(value)}` });
}

/** Host and port as typed: `127.0.0.1:9100`. @throws TillError `command.invalid`. */
export function readAddress(name: string, value: string): { host: string; port: number } {
  const match = /^(.+):(\d{1,5})$/.exec(value);
  if (match?.[1] === undefined) throw new TillError("command.invalid", { detail: `--${name} ${value}` });
  return { host: match[1], port: readPort(name, match[2], 0) };
}

/** A text as typed, or undefined where it was not. */
export function readText(value: string | boolean | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
