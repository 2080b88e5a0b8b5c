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
    | "disk-full"
    | "disk-low"
    | "incidents"
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

/** What the ledger's disk and what happened to the ledger ask for. The estimate in days is of use while there is room. */
function careNeeds({ staff }: Snapshot, overview: SyncOverview | null): Need[] {
  const needs: Need[] = [];
  const days = overview?.room.days;
  const unseen = staff?.unseenIncidents ?? 0;
  if (unseen > 0) needs.push({ kind: "incidents", section: "ledger", tone: "attention", count: unseen });
  if (staff?.disk?.state === "low") needs.push({ kind: "disk-low", section: "ledger", tone: "attention", count: 1 });
  else if (staff?.disk === undefined && days !== undefined && days < littleRoomDays) {
    needs.push({ kind: "little-room", section: "ledger", tone: "attention", count: 1 });
  }
  return needs;
}

/** All that the manager should know now. Being offline is no need: it is said last and calmly. */
export function needsOf(snapshot: Snapshot, overview: SyncOverview | null, now: number): readonly Need[] {
  const check = snapshot.staff?.ledgerCheck;
  const needs: Need[] = [];
  const found = check?.state === "broken" ? severityOf(check.reason) : undefined;
  if (found === "stop") needs.push({ kind: "ledger-broken", section: "ledger", tone: "error", count: 1 });
  if (snapshot.staff?.disk?.state === "full") {
    needs.push({ kind: "disk-full", section: "ledger", tone: "error", count: 1 });
  }
  needs.push(...syncNeeds(snapshot, overview, now), ...deviceNeeds(snapshot));
  if (found === "ask" || found === "mend") {
    needs.push({ kind: "ledger-mend", section: "ledger", tone: "attention", count: 1 });
  }
  if (check?.state === "stopped") {
    needs.push({ kind: "ledger-stopped", section: "ledger", tone: "attention", count: 1, fault: check.fault });
  }
  needs.push(...careNeeds(snapshot, overview));
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
