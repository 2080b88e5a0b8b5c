import { readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Where the platform keeps its database when it runs as root, whose own folders PostgreSQL's user cannot enter. */
const rootsDatabases = "/var/lib/suanpan";

/** Removes a stopped shop's folder, and its database where that lies elsewhere. */
export function removeShop(folder: string): void {
  const real = realpathSync(folder);
  for (const name of process.getuid?.() === 0 ? readdirSync(rootsDatabases) : []) {
    const base = join(rootsDatabases, name);
    if (ownerOf(base).startsWith(real)) rmSync(base, { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
}

/** The folder that a database belongs to, or nothing for what is no database. */
function ownerOf(base: string): string {
  try {
    return readFileSync(join(base, "data-folder"), "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return "";
    throw error;
  }
}
