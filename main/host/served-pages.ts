import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TillMode } from "./till-mode.ts";

/** The pages of a till by its mode, each with the role of its name. The first is the one it is for. */
export const pagesOfMode: Readonly<Record<TillMode, readonly [string, ...string[]]>> = {
  till: ["cashier", "manager", "customer"],
  kiosk: ["kiosk", "manager"],
};

/** The page of a till that waits for its ledger, for whoever stands before it. */
export const recoveryPage = "recovery";

/** The pages that a till of this mode serves out of the built renderer: its first page, and the others that were built. */
export function servedPages(mode: TillMode, folder: string): [string, ...string[]] {
  const [first, ...others] = pagesOfMode[mode];
  return [first, ...others.filter((page) => existsSync(join(folder, page, "index.html")))];
}
