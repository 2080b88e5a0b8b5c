import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { pino } from "pino";
import { startEmbeddedPostgres } from "../../../platform/database/embedded.ts";
import { openDatabase, type Database } from "../../../platform/database/database.ts";
import { startPlatform } from "../../../platform/platform.ts";
import type { RailsConfiguration } from "../../../platform/rails/configuration.ts";

/** A whole platform in this process over a database of its own. */
export type TestPlatform = {
  url: string;
  operatorToken: string;
  /** Past the platform's back, to look and to set the scene. */
  database: Database;
  /** The platform's clock, in milliseconds since 1970; tests move it by hand. */
  clock: { nowMs: number };
  /** Works off what is due at the rails. By itself the platform of a test does not, so that nothing happens unasked. */
  workOffRails(): Promise<number>;
  /** Reads the bills that are due. */
  reconcileDue(): Promise<number>;
  /** Ends the platform and starts it again over the same database, at another address. */
  restart(): Promise<void>;
  /** Ends it and removes what it left. */
  stop(): Promise<void>;
};

/** When the platform's clock begins: 2026-11-20T06:00:00Z. */
const startMs = Date.UTC(2026, 10, 20, 6);

/** What a test's platform is given besides. */
export type TestPlatformOptions = { clock?: { nowMs: number }; rails?: RailsConfiguration | null };

/** Starts the demo shop's platform over `DATABASE_URL`, or over an embedded PostgreSQL in a temporary folder. */
export async function startTestPlatform(given: TestPlatformOptions = {}): Promise<TestPlatform> {
  const folder = await mkdtemp(join(tmpdir(), "suanpan-platform-"));
  const server = await ownDatabase(folder);
  const clock = given.clock ?? { nowMs: startMs };
  const options = {
    folder,
    host: "127.0.0.1",
    port: 0,
    demo: true,
    restored: false,
    discard: false,
    logLevel: "silent",
    // No rail unless a test asks for some; with null the demo plays its own.
    rails: given.rails === undefined ? {} : given.rails,
    railsEveryMs: null,
  };
  const log = pino({ level: "silent" });
  const start = () => startPlatform({ ...options, databaseUrl: server.url }, log, () => clock.nowMs);
  let running = await start();
  const database = openDatabase(server.url, () => undefined);
  const platform: TestPlatform = {
    url: running.url,
    operatorToken: running.operatorToken,
    database,
    clock,
    workOffRails: () => running.workOffRails(),
    reconcileDue: () => running.reconcileDue(),
    restart: async () => {
      await running.close();
      running = await start();
      platform.url = running.url;
    },
    stop: async () => {
      await running.close();
      await database.close();
      await server.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return platform;
}

async function ownDatabase(folder: string): Promise<{ url: string; remove(): Promise<void> }> {
  const given = process.env["DATABASE_URL"] ?? "";
  if (given === "") {
    const embedded = await startEmbeddedPostgres(folder);
    return { url: embedded.url, remove: () => removeEmbedded(embedded) };
  }
  const name = `suanpan_test_${randomBytes(6).toString("hex")}`;
  const url = new URL(given);
  await run(given, `create database ${name}`);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    remove: async () => {
      await run(given, `drop database ${name} with (force)`);
    },
  };
}

/** As root the data is outside the temporary folder, where only the server itself says. */
async function removeEmbedded(embedded: Awaited<ReturnType<typeof startEmbeddedPostgres>>): Promise<void> {
  const rows = await run(embedded.url, "show data_directory");
  await embedded.stop();
  const data = (rows[0] as { data_directory: string }).data_directory;
  if (data.startsWith("/var/lib/suanpan/")) await rm(dirname(data), { recursive: true, force: true });
}

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
