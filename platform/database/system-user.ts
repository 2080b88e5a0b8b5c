import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { StartError } from "../start-error.ts";
import type { SystemUser } from "./postgres-binaries.ts";

const run = promisify(execFile);

/**
 * The user that PostgreSQL is to run as: null for our own, which is right unless we are root. As root it is the
 * system's user postgres, which is made where there is none.
 * @throws StartError when the user cannot be made.
 */
export async function postgresUser(): Promise<SystemUser | null> {
  if (process.getuid?.() !== 0) return null;
  const known = await readUser("postgres");
  if (known !== null) return known;
  try {
    await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  } catch (error) {
    throw new StartError("PostgreSQL refuses to run as root, and the user postgres cannot be made for it.", error);
  }
  const made = await readUser("postgres");
  if (made === null) throw new StartError("The user postgres was made but is not in /etc/passwd.");
  return made;
}

async function readUser(name: string): Promise<SystemUser | null> {
  for (const line of (await readFile("/etc/passwd", "utf8")).split("\n")) {
    const [user, , uid, gid] = line.split(":");
    if (user === name && uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  return null;
}
