import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chown, mkdir, mkdtemp, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { StartError } from "../start-error.ts";
import { findPostgresBinaries, systemFolder, type PostgresBinaries, type SystemUser } from "./postgres-binaries.ts";
import { findPostmaster, readPostmaster, wrongPassword, type Postmaster } from "./postmaster.ts";
import { postgresUser } from "./system-user.ts";

/** A PostgreSQL server of our own, on loopback, held by this process alone. */
export type EmbeddedPostgres = {
  /** How to connect to its one database. */
  url: string;
  /** Stops it and waits until it has written everything and gone. */
  stop(): Promise<void>;
  /** Removes the data of a server that has stopped, wherever it lies. */
  discard(): Promise<void>;
};

type Server = { binaries: PostgresBinaries; user: SystemUser | null; base: string; data: string; password: string };

const run = promisify(execFile);
const databaseName = "suanpan";
const userName = "suanpan";
const startAttempts = 4;
const controlTimeoutSeconds = 60;
/** Names the lock that one platform takes on its server; any number will do, as long as it stays. */
const holderLock = 7_205_113;

/**
 * Starts the server whose data belongs to `folder`, making the data at the first start. A server that a killed
 * platform left running is adopted, and stopped by us in its stead; its lock file without a server is no obstacle.
 * The data is in `folder/platform-db`; as root, whose home the user postgres cannot enter, below /var/lib/suanpan.
 * @throws StartError when another platform holds the folder, or the server does not start.
 */
export async function startEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  const user = await postgresUser();
  const binaries = await findPostgresBinaries(user);
  const password = await readPassword(folder);
  const base = await baseFolder(folder, user, password);
  const server: Server = { binaries, user, base, data: join(base, "platform-db"), password };
  if (!(await isInitialised(server.data))) await initialise(server);
  const found = await findPostmaster(server.data, server.password);
  const postmaster = found.state === "answers" ? found.postmaster : await startServer(server);
  return holdServer(server, postmaster, folder);
}

/**
 * The folder around the data. Outside of `folder` its name comes from what is kept in `folder`, not from its path: it
 * is found again when the folder is moved, and a new folder at an old path never meets the data of the one before.
 */
async function baseFolder(folder: string, user: SystemUser | null, password: string): Promise<string> {
  const real = await realpath(folder);
  if (user === null) return real;
  const name = createHash("sha256").update(password).digest("hex").slice(0, 16);
  const base = join(systemFolder, name);
  await mkdir(base, { recursive: true, mode: 0o755 });
  await chown(base, user.uid, user.gid);
  // Tells whoever looks there whose data it is.
  await writeFile(join(base, "data-folder"), `${real}\n`);
  return realpath(base);
}

async function readPassword(folder: string): Promise<string> {
  const file = join(folder, "keys", "database-password");
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const made = randomBytes(24).toString("base64url");
  await mkdir(join(folder, "keys"), { recursive: true, mode: 0o700 });
  await writeFile(file, `${made}\n`, { mode: 0o600, flag: "wx", flush: true });
  return made;
}

async function isInitialised(data: string): Promise<boolean> {
  try {
    await stat(join(data, "PG_VERSION"));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Makes the data beside its place and renames it there, so that a start that is cut short leaves no half of it. */
async function initialise(server: Server): Promise<void> {
  const workshop = await mkdtemp(join(server.base, "initdb-"));
  const passwordFile = join(workshop, "password");
  const fresh = join(workshop, "data");
  try {
    await writeFile(passwordFile, `${server.password}\n`, { mode: 0o600 });
    if (server.user !== null) {
      await chown(workshop, server.user.uid, server.user.gid);
      await chown(passwordFile, server.user.uid, server.user.gid);
    }
    const options = [`--username=${userName}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
    await run(
      server.binaries.initdb,
      [`--pgdata=${fresh}`, ...options, "--encoding=UTF8", "--locale=C", "--no-instructions"],
      runOptions(server),
    );
    await rename(fresh, server.data);
  } catch (error) {
    throw new StartError(`PostgreSQL could not make its data in ${server.data}: ${reason(error)}`, error);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function startServer(server: Server): Promise<Postmaster> {
  const log = join(server.base, "postgresql.log");
  await rm(log, { force: true });
  let failure: unknown;
  for (let attempt = 0; attempt < startAttempts; attempt += 1) {
    const port = await freePort();
    // log_min_messages leaves out what callers are told anyway; that keeps the log from growing.
    const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "log_checkpoints=off"];
    const more = ["log_min_messages=log", "log_min_error_statement=panic", "max_connections=40"];
    const flags = [...settings, ...more].map((setting) => `-c ${setting}`).join(" ");
    const control = ["start", "-D", server.data, "-l", log, "-w", "-t", String(controlTimeoutSeconds)];
    try {
      // pg_ctl gives the server a session of its own, so a Ctrl-C in the terminal does not reach it.
      await run(server.binaries.pgCtl, [...control, "-o", `-p ${port} ${flags}`], runOptions(server));
      const postmaster = await readPostmaster(server.data);
      if (postmaster !== null) return postmaster;
    } catch (error) {
      failure = error;
      const tail = await readFile(log, "utf8").catch(() => "");
      if (!/could not bind|could not create any TCP/.test(tail)) break;
    }
  }
  throw new StartError(`PostgreSQL does not start; its own words are in ${log}.`, failure);
}

/** Takes the one lock that says whose server this is, for as long as the process lives. */
async function holdServer(server: Server, postmaster: Postmaster, folder: string): Promise<EmbeddedPostgres> {
  const connection = { host: "127.0.0.1", port: postmaster.port, user: userName, password: server.password };
  const holder = new pg.Client({ ...connection, database: "postgres", keepAlive: true });
  // Breaks when the server is stopped from outside; the pool reports that where it matters.
  holder.on("error", () => undefined);
  try {
    await holder.connect();
  } catch (error) {
    if ((error as { code?: unknown }).code === wrongPassword) {
      throw new StartError(`The database in ${server.data} has another password than ${folder}/keys says.`, error);
    }
    throw new StartError(`A PostgreSQL server runs in ${server.data} but does not answer.`, error);
  }
  const result = await holder.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [holderLock]);
  if (result.rows[0]?.held !== true) {
    await holder.end();
    throw new StartError(`Another platform is running with the data folder ${folder}.`);
  }
  const known = await holder.query("select 1 from pg_database where datname = $1", [databaseName]);
  if (known.rowCount === 0) await holder.query(`create database ${databaseName}`);
  const secret = encodeURIComponent(server.password);
  return {
    url: `postgresql://${userName}:${secret}@127.0.0.1:${postmaster.port}/${databaseName}`,
    stop: async () => {
      await holder.end().catch(() => undefined);
      if ((await readPostmaster(server.data)) === null) return;
      const control = ["stop", "-D", server.data, "-m", "fast", "-w", "-t", String(controlTimeoutSeconds)];
      await run(server.binaries.pgCtl, control, runOptions(server));
    },
    // Outside of the platform's own folder everything around the data is the database's, too.
    discard: () => rm(server.user === null ? server.data : server.base, { recursive: true, force: true }),
  };
}

function runOptions(server: Server): { cwd: string; uid?: number; gid?: number; env: NodeJS.ProcessEnv } {
  // Started in a folder that the server's user can enter; the server keeps it as its own.
  const ids = server.user === null ? {} : server.user;
  return {
    cwd: server.base,
    env: { PATH: process.env["PATH"], LC_ALL: "C", SystemRoot: process.env["SystemRoot"] },
    ...ids,
  };
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === "string") reject(new Error("The probe has no port"));
        else resolve(address.port);
      });
    });
  });
}

function reason(error: unknown): string {
  const said = (error as { stderr?: string }).stderr?.trim().split("\n").at(-1);
  return said === undefined || said === "" ? String(error) : said;
}
