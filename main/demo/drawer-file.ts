import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { cashPileSchema } from "../contract/counter.ts";
import { fullFloat, pilesOf, type Cash } from "./cash.ts";

const drawerSchema = z.strictObject({ piles: z.array(cashPileSchema).max(32) });

/**
 * What lies in the demo's drawer, kept in the counter's folder: the till goes on with its ledger after a stop, and its
 * drawer has to be the same one. A file that is missing or cannot be read is a new drawer with its float.
 */
export function readDrawer(folder: string): Cash {
  try {
    const { piles } = drawerSchema.parse(JSON.parse(readFileSync(fileIn(folder), "utf8")));
    return new Map(piles.filter(({ count }) => count > 0).map(({ valueMinor, count }) => [valueMinor, count]));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    if (isMissing || error instanceof SyntaxError || error instanceof z.ZodError) return fullFloat;
    throw error;
  }
}

/** Keeps what lies in the drawer. */
export function keepDrawer(folder: string, drawer: Cash): void {
  const beside = `${fileIn(folder)}.new`;
  writeFileSync(beside, `${JSON.stringify({ piles: pilesOf(drawer) })}\n`, { mode: 0o600 });
  renameSync(beside, fileIn(folder));
}

function fileIn(folder: string): string {
  return join(folder, "drawer.json");
}
