import { access, constants, mkdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { createNonces } from "./authorisation/nonces.ts";
import { createTillAccess } from "./authorisation/till-access.ts";
import { openDatabase, type Database } from "./database/database.ts";
import { startEmbeddedPostgres } from "./database/embedded.ts";
import { migrate } from "./database/migrate.ts";
import { raiseEpoch, readIssuingVersion, readNonceKey, writeIssuingVersion } from "./database/state.ts";
import { demoStore } from "./demo/goods/demo-shop.ts";
import { addDemoRoutes } from "./demo/routes.ts";
import { seedDemoShop } from "./demo/seed.ts";
import { createApplication } from "./http/application.ts";
import { createLoadGate } from "./http/load-gate.ts";
import { addTillRoutes } from "./http/till-routes.ts";
import { openKeys, type PlatformKeys } from "./keys.ts";
import { addOperatorRoutes } from "./operator/routes.ts";
import type { PlatformOptions } from "./options.ts";
import { addPageRoutes } from "./pages/page-routes.ts";
import { startProjector, type Projector } from "./projection/projector.ts";
import { startRailRefunds, type RailRefunds, type RefundOverRail } from "./refunds/rail-refunds.ts";
import { StartError } from "./start-error.ts";
import { addWalletRoutes } from "./wallets/wallet-routes.ts";

/** A platform that answers. */
export type Platform = {
  url: string;
  operatorToken: string;
  /** Ends it in order: requests, projections, connections, and the embedded PostgreSQL last. */
  close(): Promise<void>;
};

/** Requests that are worked on at a time; each waits for one of ten connections. */
const requestsAtATime = 100;

/**
 * Starts a platform. `nowMs` is its clock. What was started before a failure is ended again.
 * @throws StartError when the folder, the port or the database cannot be used.
 */
export async function startPlatform(options: PlatformOptions, log: Logger, nowMs: () => number): Promise<Platform> {
  // In the order of their start; they are ended in the opposite one.
  const endings: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
  };
  try {
    await openFolder(options.folder);
    const database = await startDatabase(options, log, endings);
    const keys = await startKeys(database, options.folder, nowMs());
    if (options.restored) await raiseEpoch(database);
    if (options.demo) await seedDemoShop(database, new Date(nowMs()));
    const { projector, refunds } = await startProjecting(database, nowMs, log);
    endings.push(() => projector.close());
    endings.push(() => refunds.close());
    const application = await buildApplication(options, { database, keys, projector, log, nowMs });
    endings.push(() => application.close());
    const url = await listen(application, options);
    return { url, operatorToken: keys.operatorToken, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Until a rail is set up, what goes back over it waits: nothing of it is lost, and nobody is told that it is back. */
const noRail: RefundOverRail = () => Promise.resolve("pending");

/** The projector, and beside it the worker that carries refunds over rails. Each has something to tell the other. */
async function startProjecting(
  database: Database,
  nowMs: () => number,
  log: Logger,
): Promise<{ projector: Projector; refunds: RailRefunds }> {
  const workers: RailRefunds[] = [];
  const projector = await startProjector(database, nowMs, log, () => workers.forEach((worker) => worker.wake()));
  const onFinal = (entry: { ledger: string; seq: number }) => projector.refundFinal(entry);
  const refunds = startRailRefunds({ database, refundOverRail: noRail, onFinal, nowMs, log });
  workers.push(refunds);
  return { projector, refunds };
}

async function openFolder(folder: string): Promise<void> {
  try {
    await makeFolder(resolve(folder));
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new StartError(`The data folder ${folder} cannot be written to.`, error);
  }
}

/** Makes a folder and those above it. Node's own recursive way never returns where a parent cannot be made (/proc). */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(folder) === folder || existsSync(dirname(folder))) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

async function startDatabase(
  options: PlatformOptions,
  log: Logger,
  endings: (() => Promise<void>)[],
): Promise<Database> {
  let url = options.databaseUrl;
  if (url === null) {
    const server = await startEmbeddedPostgres(options.folder);
    endings.push(async () => {
      await server.stop();
      if (options.discard) await server.discard();
    });
    url = server.url;
  }
  const database = openDatabase(url, (error) => log.error({ err: error }, "a connection to the database broke"));
  endings.push(() => database.close());
  try {
    await migrate(database);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`The database cannot be used: ${error instanceof Error ? error.message : "unknown"}`, error);
  }
  return database;
}

async function startKeys(database: Database, folder: string, nowMs: number): Promise<PlatformKeys> {
  const keys = await openKeys(folder, nowMs, await readIssuingVersion(database));
  await writeIssuingVersion(database, keys.list.version);
  return keys;
}

async function buildApplication(
  options: PlatformOptions,
  parts: { database: Database; keys: PlatformKeys; projector: Projector; log: Logger; nowMs: () => number },
): Promise<FastifyInstance> {
  const { database, keys, projector, log, nowMs } = parts;
  const nonces = createNonces(await readNonceKey(database), nowMs);
  const gate = createLoadGate(requestsAtATime, () => performance.now(), Math.random);
  const application = createApplication({ nonces, gate, log });
  const access = createTillAccess(database, nonces, nowMs);
  addTillRoutes(application, { database, access, nonces, keys, projector, nowMs });
  addWalletRoutes(application, { database, keys, nowMs });
  addPageRoutes(application, { database });
  const defaultStore = options.demo ? demoStore.id : null;
  addOperatorRoutes(application, { database, keys, projector, defaultStore, nowMs });
  if (options.demo) await addDemoRoutes(application, { database, keys, nowMs });
  return application;
}

async function listen(application: FastifyInstance, options: PlatformOptions): Promise<string> {
  const { host, port } = options;
  try {
    return await application.listen({ host, port });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EADDRINUSE") throw new StartError(`Port ${port} on ${host} is taken by another program.`, error);
    throw new StartError(`The platform cannot listen on ${host}:${port} (${code ?? "unknown"}).`, error);
  }
}
