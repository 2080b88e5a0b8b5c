import { resolve } from "node:path";
import { readArguments, readText } from "../arguments.ts";
import { TillError } from "../contract/errors.ts";
import { defaultDataFolder } from "../data-folder.ts";

/** One command of the command line. `run` resolves with the exit code. */
export type Command = { usage: string; does: string; run(typed: readonly string[]): Promise<number> };

/** Every command takes `--json`: one JSON object on standard output and nothing else there. */
export const jsonOption = { json: { type: "boolean" } } as const;

/** A command on a data folder: `[DIR]` or `--data DIR`, and `--json`. */
const folderOptions = { data: { type: "string" }, ...jsonOption } as const;

/**
 * Reads what a command on a data folder was given. Without a folder it is the user's own.
 * @throws TillError `command.invalid` for anything more than one folder.
 */
export function readFolderCommand(typed: readonly string[]): { folder: string; json: boolean } {
  const { values, words } = readArguments(typed, folderOptions);
  const named = readText(values["data"]);
  const [folder, ...more] = named === undefined ? words : [named, ...words];
  if (more.length > 0) throw new TillError("command.invalid", { detail: more.join(" ") });
  return { folder: resolve(folder ?? defaultDataFolder()), json: values["json"] === true };
}

/** Prints what a command found: as one JSON object, or as lines for a person. */
export function print(json: boolean, value: unknown, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${lines.join("\n")}\n`);
}
