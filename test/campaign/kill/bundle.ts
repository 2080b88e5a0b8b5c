import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const root = join(import.meta.dirname, "../../..");

/** Stands in for packages that the killed till has no use for: its devices are on the network. */
const unused = ["serialport"];

/** A program that can be started often, and what it was made of can be removed. */
export type Program = { folder: string; file: string; cache: string; remove(): void };

/**
 * Bundles the till that is to be killed into one file, much as the shell of the package is bundled: reading two hundred
 * modules takes three times as long, and a campaign starts it ten thousand times. It lies in the project, so that it finds
 * better-sqlite3.
 */
export async function bundleVictim(): Promise<Program> {
  const artefacts = join(root, ".artefacts");
  mkdirSync(artefacts, { recursive: true });
  const folder = mkdtempSync(join(artefacts, "kill-"));
  await build({
    configFile: false,
    root,
    logLevel: "error",
    publicDir: false,
    plugins: [
      {
        name: "unused-packages",
        enforce: "pre",
        resolveId: (id) => (unused.includes(id) ? `\0${id}` : null),
        load: (id) => (unused.some((name) => id === `\0${name}`) ? "export class SerialPort {}" : null),
      },
    ],
    ssr: { noExternal: true, external: ["better-sqlite3"] },
    build: {
      ssr: join(import.meta.dirname, "victim", "till-process.ts"),
      outDir: folder,
      emptyOutDir: false,
      target: "node24",
      minify: false,
      rolldownOptions: { output: { format: "es", entryFileNames: "till.mjs" } },
    },
  });
  return {
    folder,
    file: join(folder, "till.mjs"),
    cache: join(folder, "cache"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
