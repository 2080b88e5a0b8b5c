import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "..");
const builtRenderer = join(root, "renderer", "dist");
const builtShell = join(root, "build");

/** Lies in the built renderer and says what it was built from. Its name starts with a dot: no host serves it. */
const stampName = ".built-from";

/** Everything that the pages are made of. The lock file stands for the packages. */
const rendererSources = ["renderer", "main/contract", "sync/protocol", "devices/camera", "package-lock.json"];

/**
 * Builds the pages into `renderer/dist`. They are built beside it and take its place when they are whole, so that a build
 * that goes wrong leaves the old ones. Rejects with Vite's error, which names the file and the line.
 */
export async function buildRenderer(): Promise<void> {
  // Taken before: what is changed while the build runs makes it stale again.
  const builtFrom = digestOfSources();
  const beside = `${builtRenderer}-${process.pid}`;
  const { build } = await import("vite");
  // A test runner sets NODE_ENV to `test`, and React would be built for developers: slower, and with our paths in it.
  const environment = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
  try {
    await build({
      configFile: join(root, "renderer", "vite.config.ts"),
      root: join(root, "renderer"),
      logLevel: "warn",
      build: { outDir: beside },
    });
    writeFileSync(join(beside, stampName), builtFrom);
    rmSync(builtRenderer, { recursive: true, force: true });
    renameSync(beside, builtRenderer);
  } finally {
    rmSync(beside, { recursive: true, force: true });
    if (environment === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = environment;
  }
}

/** Whether `renderer/dist` is missing or was built from other sources than there are now. */
export function rendererIsStale(): boolean {
  let builtFrom: string;
  try {
    builtFrom = readFileSync(join(builtRenderer, stampName), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return true;
    throw error;
  }
  return builtFrom !== digestOfSources();
}

/**
 * Bundles the Electron shell into `build/`: `electron.js`, `till.js` and the thread of the ledger's check as ES modules with
 * our own sources in them and the packages beside them, and `preload.cjs` whole, because a sandboxed preload can neither import nor be an ES module.
 */
export async function buildShell(): Promise<void> {
  rmSync(builtShell, { recursive: true, force: true });
  await bundle("main/host/electron.ts", "electron.js", "es");
  await bundle("main/host/utility-process.ts", "till.js", "es");
  await bundle("main/manager/check-worker.ts", "check-worker.js", "es");
  await bundle("main/host/preload.ts", "preload.cjs", "cjs");
}

async function bundle(entry: string, file: string, format: "es" | "cjs"): Promise<void> {
  const { build } = await import("vite");
  await build({
    configFile: false,
    root,
    logLevel: "warn",
    publicDir: false,
    ssr: format === "cjs" ? { noExternal: true, external: ["electron"] } : { external: ["electron"] },
    build: {
      ssr: join(root, entry),
      outDir: builtShell,
      emptyOutDir: false,
      target: "node24",
      minify: false,
      rolldownOptions: { output: { format, entryFileNames: file } },
    },
  });
}

function digestOfSources(): string {
  const hash = createHash("sha256");
  for (const source of rendererSources) {
    for (const line of describeFiles(join(root, source))) hash.update(`${line}\n`);
  }
  return hash.digest("hex");
}

/** One line for each file: its path, size and time of change. A removed file changes the list, too. */
function describeFiles(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || path.startsWith(builtRenderer)) return [];
  if (found.isFile()) return [`${relative(root, path)} ${found.size} ${found.mtimeMs}`];
  const names = readdirSync(path).toSorted();
  return names.flatMap((name) => describeFiles(join(path, name)));
}

if (import.meta.main) {
  await buildRenderer();
  await buildShell();
}
