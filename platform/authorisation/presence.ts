import type { Queryable } from "../database/database.ts";

/** Writes down when tills were last heard of. */
export type Presence = {
  /** A till has asked something. */
  seen(tillId: string, nowMs: number): Promise<void>;
};

/** A till asks many times in a second when it sends; whoever looks wants to know whether it is there, to ten seconds. */
const atMostEveryMs = 10_000;

/** A presence over this database. In memory it holds one number for each enrolled till that has asked since the start. */
export function createPresence(database: Queryable): Presence {
  const writtenAtMs = new Map<string, number>();
  return {
    seen: async (tillId, nowMs) => {
      const before = writtenAtMs.get(tillId);
      if (before !== undefined && Math.abs(nowMs - before) < atMostEveryMs) return;
      writtenAtMs.set(tillId, nowMs);
      await database.query(
        `insert into till_presence (till_id, last_seen_at) values ($1, $2)
         on conflict (till_id) do update set last_seen_at = excluded.last_seen_at`,
        [tillId, new Date(nowMs)],
      );
    },
  };
}
