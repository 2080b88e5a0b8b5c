import type { Fault } from "../../main/contract/errors.ts";
import type { SyncOverview } from "../../main/contract/manager.ts";
import type { Snapshot } from "../../main/contract/snapshot.ts";
import { severityOf } from "../../main/contract/words/verify-words.ts";
import { oldContactMs } from "./parts/ages.ts";
import type { Section } from "./view.ts";

/** Something that the manager should know, worst first, and the part of the page where it is dealt with. */
export type Need = {
  readonly kind:
    | "ledger-broken"
    | "ledger-mend"
    | "paused"
    | "held"
    | "device"
    | "old-contact"
    | "ledger-stopped"
    | "little-room"
    | "offline";
  readonly section: Section;
  readonly tone: "error" | "attention" | "wait";
  readonly count: number;
  readonly fault?: Fault;
  readonly since?: string;
};

/** With less room than this somebody should free some before the shop notices. */
const littleRoomDays = 7;

/** A device of which somebody should know; one that was never there or is just starting is not. */
function deviceNeeds({ devices }: Snapshot): Need[] {
  return devices
    .filter(({ state, fault }) => fault !== undefined || state === "degraded")
    .map(({ fault }) => ({
      kind: "device",
      section: "devices",
      tone: "attention",
      count: 1,
      ...(fault === undefined ? {} : { fault }),
    }));
}

function syncNeeds({ sync }: Snapshot, overview: SyncOverview | null, now: number): Need[] {
  const needs: Need[] = [];
  if (sync.state === "paused") {
    needs.push({
      kind: "paused",
      section: "sync",
      tone: "error",
      count: 1,
      ...(sync.fault === undefined ? {} : { fault: sync.fault }),
    });
  }
  const held = overview?.counts["needs-you"] ?? 0;
  if (held > 0) needs.push({ kind: "held", section: "sync", tone: "attention", count: held });
  const contact = sync.lastContactAt;
  if (contact !== undefined && now - Date.parse(contact) > oldContactMs) {
    needs.push({ kind: "old-contact", section: "catalogue", tone: "attention", count: 1, since: contact });
  }
  return needs;
}

/** All that the manager should know now. Being offline is no need: it is said last and calmly. */
export function needsOf(snapshot: Snapshot, overview: SyncOverview | null, now: number): readonly Need[] {
  const check = snapshot.staff?.ledgerCheck;
  const needs: Need[] = [];
  const found = check?.state === "broken" ? severityOf(check.reason) : undefined;
  if (found === "stop") needs.push({ kind: "ledger-broken", section: "ledger", tone: "error", count: 1 });
  needs.push(...syncNeeds(snapshot, overview, now), ...deviceNeeds(snapshot));
  if (found === "ask" || found === "mend") {
    needs.push({ kind: "ledger-mend", section: "ledger", tone: "attention", count: 1 });
  }
  if (check?.state === "stopped") {
    needs.push({ kind: "ledger-stopped", section: "ledger", tone: "attention", count: 1, fault: check.fault });
  }
  const days = overview?.room.days;
  if (days !== undefined && days < littleRoomDays) {
    needs.push({ kind: "little-room", section: "ledger", tone: "attention", count: 1 });
  }
  if (snapshot.sync.state === "offline") {
    const since = snapshot.sync.offlineSince;
    needs.push({
      kind: "offline",
      section: "sync",
      tone: "wait",
      count: snapshot.sync.salesWaiting,
      ...(since === undefined ? {} : { since }),
    });
  }
  return needs;
}
