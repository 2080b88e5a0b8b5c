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
import { demoShoppers, demoStore } from "./demo/goods/demo-shop.ts";
import type { Emulators } from "./demo/rail-routes.ts";
import { startRailEmulators } from "./demo/rails/emulators.ts";
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
import { openRails } from "./rails/open-rails.ts";
import type { Rails } from "./rails/rail.ts";
import { RailCharges } from "./rails/rail-charges.ts";
import { refundOnRail } from "./rails/refund-on-rail.ts";
import { startRailWorker } from "./rails/worker.ts";
import { reconcileDue, type ReconcileContext } from "./reconciliation/reconcile.ts";
import { addReconciliationRoutes } from "./reconciliation/routes.ts";
import { refundBook } from "./refunds/refund-book.ts";
import { startRailRefunds, type RailRefunds, type RefundOverRail } from "./refunds/rail-refunds.ts";
import { StartError } from "./start-error.ts";
import { addWalletRoutes } from "./wallets/wallet-routes.ts";

/** A platform that answers. */
export type Platform = {
  url: string;
  operatorToken: string;
  /** Works off at once what is due at the rails; the platform does so by itself every second. */
  workOffRails(): Promise<number>;
  /** Reads at once the bills that are due; the platform does so by itself every minute. */
  reconcileDue(): Promise<number>;
  /** Ends it in order: requests, projections, connections, and the embedded PostgreSQL last. */
  close(): Promise<void>;
};

/** Requests that are worked on at a time; each waits for one of ten connections. */
const requestsAtATime = 100;

/** How often it is looked whether a day's bill of a rail is due. */
const billsEveryMs = 60_000;

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
    const { rails, emulators } = await chooseRails(options, nowMs, endings);
    const { projector, refunds } = await startProjecting({ database, rails, nowMs, log });
    endings.push(() => projector.close());
    endings.push(() => refunds.close());
    const railCharges = startRails(options.railsEveryMs, { database, rails, projector, log, nowMs }, endings);
    const reconciling = { database, rails, refundBook: refundBook(database), nowMs, log };
    if (options.railsEveryMs !== null) {
      const bills = startRailWorker(() => reconcileDue(reconciling), billsEveryMs, log);
      endings.push(() => bills.close());
    }
    const parts = { database, keys, projector, railCharges, reconciling, emulators, log, nowMs };
    const application = await buildApplication(options, parts);
    endings.push(() => application.close());
    const url = await listen(application, options);
    return {
      url,
      operatorToken: keys.operatorToken,
      workOffRails: () => railCharges.workOff(),
      reconcileDue: () => reconcileDue(reconciling),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The projector, and beside it the worker that carries refunds over rails. Each has something to tell the other. */
async function startProjecting(parts: {
  database: Database;
  rails: Rails;
  nowMs: () => number;
  log: Logger;
}): Promise<{ projector: Projector; refunds: RailRefunds }> {
  const { database, rails, nowMs, log } = parts;
  const workers: RailRefunds[] = [];
  const projector = await startProjector(database, nowMs, log, () => workers.forEach((worker) => worker.wake()));
  const onFinal = (entry: { ledger: string; seq: number }) => projector.refundFinal(entry);
  const refundOverRail: RefundOverRail = async (refund) => {
    const { kind } = await refundOnRail({ database, rails }, refund);
    return kind === "refunded" ? "done" : kind;
  };
  const refunds = startRailRefunds({ database, refundOverRail, onFinal, nowMs, log });
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

/** The demo plays both rails itself, where no real ones are configured. */
async function chooseRails(
  options: PlatformOptions,
  nowMs: () => number,
  endings: (() => Promise<void>)[],
): Promise<{ rails: Rails; emulators: Emulators }> {
  if (!options.demo || options.rails !== null) return { rails: openRails(options.rails), emulators: new Map() };
  const balances = new Map(demoShoppers.map(({ id, balanceMinor }) => [id, balanceMinor]));
  const { emulators, configuration, close } = await startRailEmulators({ balances, nowMs, folder: options.folder });
  endings.push(close);
  return { rails: openRails(configuration), emulators };
}

function startRails(
  everyMs: number | null,
  parts: { database: Database; rails: Rails; projector: Projector; log: Logger; nowMs: () => number },
  endings: (() => Promise<void>)[],
): RailCharges {
  const { projector, ...rest } = parts;
  const railCharges = new RailCharges({
    ...rest,
    onSettled: (charge) => {
      if (charge.state === "paid") projector.wakeWaitingFor(charge.paymentId);
      if (charge.state === "reversed") projector.paymentReversed(charge.paymentId);
    },
  });
  if (everyMs === null) return railCharges;
  const worker = startRailWorker(() => railCharges.workOff(), everyMs, parts.log);
  endings.push(() => worker.close());
  return railCharges;
}

async function buildApplication(
  options: PlatformOptions,
  parts: {
    database: Database;
    keys: PlatformKeys;
    projector: Projector;
    railCharges: RailCharges;
    reconciling: ReconcileContext;
    emulators: Emulators;
    log: Logger;
    nowMs: () => number;
  },
): Promise<FastifyInstance> {
  const { database, keys, projector, railCharges, emulators, log, nowMs } = parts;
  const nonces = createNonces(await readNonceKey(database), nowMs);
  const gate = createLoadGate(requestsAtATime, () => performance.now(), Math.random);
  const application = createApplication({ nonces, gate, log });
  const access = createTillAccess(database, nonces, nowMs);
  addTillRoutes(application, { database, access, nonces, keys, projector, railCharges, nowMs });
  addWalletRoutes(application, { database, keys, nowMs });
  addPageRoutes(application, { database });
  const defaultStore = options.demo ? demoStore.id : null;
  addReconciliationRoutes(application, parts.reconciling, keys.operatorToken);
  addOperatorRoutes(application, { database, keys, projector, defaultStore, nowMs });
  if (options.demo) await addDemoRoutes(application, { database, keys, emulators, nowMs });
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
