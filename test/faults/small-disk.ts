import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A mount that nobody else on the machine sees and that is gone with the last process in it. */
const unshare = process.getuid?.() === 0 ? ["--mount"] : ["--user", "--map-root-user", "--mount"];

const mountAndRun = 'mount -t tmpfs -o size=3m,mode=700 none "$1" && shift && exec "$@"';

/** Why there can be no disk of 3 MB on this machine; undefined where there can. */
export const smallDiskMissing: string | undefined = findReason();

function findReason(): string | undefined {
  if (process.platform !== "linux") return `a small disk is mounted on Linux only, not on ${process.platform}`;
  try {
    withFolder((folder) => execFileSync("unshare", command(folder, ["true"]), { stdio: "ignore" }));
    return undefined;
  } catch {
    // Containers mostly do not let anybody mount.
    return "this machine lets nobody mount a disk of its own";
  }
}

function command(folder: string, run: readonly string[]): string[] {
  return [...unshare, "sh", "-c", mountAndRun, "sh", folder, ...run];
}

function withFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "suanpan-small-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a program with a disk of 3 MB at the folder that is its first argument; gives the one JSON line that it prints. */
export function runOnSmallDisk(program: URL, typed: readonly string[] = []): unknown {
  return withFolder((folder) => {
    const run = [process.execPath, fileURLToPath(program), folder, ...typed];
    const { status, stdout, stderr } = spawnSync("unshare", command(folder, run), { encoding: "utf8" });
    if (status !== 0) throw new Error(`The program on the small disk ended with ${status}: ${stderr}`);
    return JSON.parse(stdout) as unknown;
  });
}
