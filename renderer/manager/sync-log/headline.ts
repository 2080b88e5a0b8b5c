import type { SyncOverview } from "../../../main/contract/manager.ts";
import type { Words } from "../parts/writing.ts";

/** The headline of the sync page: what has arrived, and what needs somebody. */
export type Headline = { readonly title: string; readonly urgent: string | undefined };

/**
 * Counts in one sentence. That all have arrived is said only where it is all: every sale of the day is at the platform and
 * nothing of another day is left here.
 */
export function headlineOf(
  words: Words,
  overview: Pick<SyncOverview, "sales" | "arrived" | "counts" | "notArrived">,
): Headline {
  const { sales, arrived, counts, notArrived } = overview;
  const held = counts["needs-you"];
  const urgent = held > 0 ? words("manager.sync-need-you", { count: held }) : undefined;
  // What was sold on an earlier day is not among today's sales, and yet it is not there.
  const others = Math.max(0, notArrived.count - counts.safe - counts["on-the-way"]);
  if (sales === 0) {
    return others > 0
      ? { title: words("manager.sync-others-only", { count: others }), urgent }
      : { title: words("manager.sync-none-yet"), urgent };
  }
  if (arrived < sales) {
    const key = arrived === 0 ? "manager.sync-none-arrived" : "manager.sync-some-arrived";
    return { title: words(key, { arrived, sales }), urgent };
  }
  const all = words("manager.sync-all-arrived", { sales });
  return {
    title:
      others > 0 ? words("manager.join", { first: all, second: words("manager.sync-others", { count: others }) }) : all,
    urgent,
  };
}
