import { existsSync } from "node:fs";
import { readFile, readlink, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";

/** What PostgreSQL's own lock file says: https://www.postgresql.org/docs/18/storage-file-layout.html, postmaster.pid. */
export type Postmaster = { pid: number; port: number };

/** What was found in a data folder: nothing running, or a server that answers. */
export type FoundPostmaster = { state: "none" } | { state: "answers"; postmaster: Postmaster };

/** invalid_password (PostgreSQL 18, appendix A). */
export const wrongPassword = "28P01";

const answerWithinMs = 15_000;
const pollMs = 50;

/** The first, fourth and following lines of the lock file, or null where there is none or it is only half written. */
export async function readPostmaster(dataFolder: string): Promise<Postmaster | null> {
  let text: string;
  try {
    text = await readFile(join(dataFolder, "postmaster.pid"), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const lines = text.split("\n");
  const pid = Number.parseInt(lines[0] ?? "", 10);
  const port = Number.parseInt(lines[3] ?? "", 10);
  return pid > 0 && port > 0 ? { pid, port } : null;
}

/**
 * Looks for the server of a platform that was killed. A lock file whose process is gone, or belongs to another program
 * since the machine started anew, is removed; PostgreSQL itself would refuse to start in the second case.
 */
export async function findPostmaster(dataFolder: string, password: string): Promise<FoundPostmaster> {
  const deadline = performance.now() + answerWithinMs;
  for (;;) {
    const postmaster = await readPostmaster(dataFolder);
    if (postmaster === null) return { state: "none" };
    if (!(await isServerOf(dataFolder, postmaster.pid))) {
      await rm(join(dataFolder, "postmaster.pid"), { force: true });
      return { state: "none" };
    }
    if (await answers(postmaster, password, dataFolder)) return { state: "answers", postmaster };
    // It may be starting, or recovering, or on its way out.
    if (performance.now() > deadline) return { state: "answers", postmaster };
    await pause(pollMs);
  }
}

async function isServerOf(dataFolder: string, pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  try {
    // The server's working directory is its data folder, which tells it from another program with a reused number.
    return (await readlink(`/proc/${pid}/cwd`)) === dataFolder;
  } catch (error) {
    // Not there although /proc is: it has ended, and only its number waits to be collected.
    if ((error as NodeJS.ErrnoException).code === "ENOENT" && existsSync("/proc/self")) return false;
    // No /proc here (macOS, Windows), or not ours to read: the process lives, and the connection will tell what it is.
    return true;
  }
}

async function answers(postmaster: Postmaster, password: string, dataFolder: string): Promise<boolean> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port: postmaster.port,
    user: "suanpan",
    password,
    database: "postgres",
    connectionTimeoutMillis: 2000,
  });
  // A connection that breaks after its use is reported by an event; the answer is known by then.
  client.on("error", () => undefined);
  try {
    await client.connect();
    const result = await client.query<{ data_directory: string }>("show data_directory");
    return result.rows[0]?.data_directory === dataFolder;
  } catch (error) {
    // Whether it is ours is asked again by whoever uses it, who can say so.
    return (error as { code?: unknown }).code === wrongPassword;
  } finally {
    await client.end().catch(() => undefined);
  }
}
