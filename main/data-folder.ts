import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { TillError } from "./contract/errors.ts";

/** Where a till keeps its data unless it is told otherwise: `$SUANPAN_DATA`, else the user's own data directory. */
export function defaultDataFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (environment["SUANPAN_DATA"]) return resolve(environment["SUANPAN_DATA"]);
  const home = homedir();
  if (platform === "win32") return join(environment["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "Suanpan");
  if (platform === "darwin") return join(home, "Library", "Application Support", "Suanpan");
  return join(environment["XDG_DATA_HOME"] ?? join(home, ".local", "share"), "suanpan");
}

/**
 * Makes the folder where it is missing, for its owner only.
 * @throws TillError `folder.not-writable`, before anything has been changed.
 */
export function prepareDataFolder(folder: string): string {
  const path = resolve(folder);
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new TillError("folder.not-writable", { folder: path }, cause);
  }
  return path;
}

/**
 * Makes a folder with those above it, one at a time: Node's own recursive way never returns where the system says that a
 * parent which exists does not, as it does below /proc.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}
