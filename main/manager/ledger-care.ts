import { existsSync } from "node:fs";
import type { Follows } from "../../sync/protocol/entry-types.ts";
import { TillError } from "../contract/errors.ts";
import type { LedgerCareView } from "../contract/manager.ts";
import type { StaffView } from "../contract/snapshot.ts";
import type { Timers } from "../contract/wire.ts";
import { readIdentity } from "../ledger/identity.ts";
import { olderLedgerFiles } from "../ledger/older-ledgers.ts";
import type { Ledger } from "../ledger/open.ts";
import { openLedgerCopy } from "../ledger/read-copy.ts";
import { noteBroken } from "../ledger/start-check.ts";
import type { DiskRoom } from "../ledger/reserve.ts";

/** What the care works with. */
export type LedgerCareParts = {
  ledger: Ledger;
  folder: string;
  timers: Timers;
  newId(): string;
  now(): number;
  format(timeMs: number): string;
  /** Begins a full check of the ledger beside selling, and when the last one came to its end (Unix milliseconds). */
  checks: { start(): void; lastCompleteMs(): number | undefined };
  /** Reads on through the goods, by some milliseconds' worth. */
  checkGoods(): void;
  /** Whether somebody sells right now: a full check waits for a quiet moment. */
  isSelling(): boolean;
  changed(): void;
  failed(error: unknown): void;
};

const roundMs = 15_000;

/** Entries that are read back in one round: some 10 ms. */
const entriesPerRound = 1000;

/** A ledger is checked whole, signatures and all, once a day. */
const fullCheckAfterMs = 24 * 3600 * 1000;

/** Quiet rounds before the daily check begins, so that it does not fall between two shoppers. */
const quietRounds = 8;

const seenKey = "incidents.seen";
const backupKey = "backup.last";
const shownIncidents = 50;

/**
 * Looks after the ledger while the till runs: reads back what was written, watches the room on its disk, has it checked
 * whole once a day, makes backups, and knows what happened that a manager has not seen yet. The goods on the same disk are
 * read through as well.
 */
export class LedgerCare {
  readonly #parts: LedgerCareParts;
  #timer: unknown;
  #room: DiskRoom;
  #isBroken = false;
  #quiet = 0;

  constructor(parts: LedgerCareParts) {
    this.#parts = parts;
    this.#room = parts.ledger.disk();
    this.#arm();
  }

  /** What the shop's people are told in every snapshot, where there is something to tell. */
  staff(): Pick<StaffView, "disk" | "unseenIncidents"> {
    const { state, freeBytes } = this.#room;
    const unseen = this.#unseen();
    return {
      ...(state === "ample" ? {} : { disk: { state, freeBytes } }),
      ...(unseen === 0 ? {} : { unseenIncidents: unseen }),
    };
  }

  /** All of it, for the manager. */
  view(): LedgerCareView {
    const { ledger } = this.#parts;
    const [at, seq] = ledger.settings.read(backupKey)?.split(" ") ?? [];
    return {
      entries: ledger.head().seq,
      verifiedSeq: ledger.verifiedHead().seq,
      start: ledger.startCheck,
      disk: ledger.disk(),
      ...(at === undefined ? {} : { lastBackup: { at, seq: Number(seq) } }),
      incidents: ledger.incidents(shownIncidents),
      unseen: this.#unseen(),
      older: this.#older(),
    };
  }

  /** A manager has seen the incidents up to this entry. */
  seen(upToSeq: number): void {
    const { ledger, changed } = this.#parts;
    const seq = Math.min(upToSeq, ledger.head().seq);
    if (seq <= this.#seenSeq()) return;
    ledger.settings.save(seenKey, `${ledger.identity.ledger} ${seq}`);
    changed();
  }

  /**
   * Writes a whole copy of the ledger while selling goes on, and gives up to which entry it goes at least.
   * @throws TillError `command.invalid` where something is in that place, or as `copyLedger` does.
   */
  async backup(file: string): Promise<{ seq: number }> {
    const { ledger, now, format, changed } = this.#parts;
    if (existsSync(file)) throw new TillError("command.invalid", { detail: file });
    const { seq } = ledger.head();
    await ledger.copyTo(file);
    ledger.settings.save(backupKey, `${format(now())} ${seq}`);
    changed();
    return { seq };
  }

  /** Ends looking. */
  close(): void {
    this.#parts.timers.clearTimer(this.#timer);
  }

  #arm(): void {
    this.#timer = this.#parts.timers.setTimer(() => {
      this.#round();
      this.#arm();
    }, roundMs);
  }

  #round(): void {
    const { failed } = this.#parts;
    try {
      this.#lookAtDisk();
      this.#parts.checkGoods();
      this.#readBack();
      this.#checkDaily();
    } catch (error) {
      // Selling goes on or stops by what the ledger itself says; a round that failed is tried again.
      failed(error);
    }
  }

  #lookAtDisk(): void {
    const before = this.#room.state;
    this.#room = this.#parts.ledger.disk();
    if (this.#room.state === before) return;
    this.#parts.changed();
    if (this.#room.state === "full") this.#tell("disk.full", `${this.#room.freeBytes} bytes are free`);
    else if (before === "full") this.#tell("disk.room", `${this.#room.freeBytes} bytes are free`);
  }

  #readBack(): void {
    if (this.#isBroken) return;
    try {
      this.#parts.ledger.verifyOn(entriesPerRound);
    } catch (error) {
      if (!(error instanceof TillError && error.code === "ledger.damaged")) throw error;
      this.#isBroken = true;
      const { seq = 0, detail = "" } = error.params;
      const { ledger } = this.#parts;
      noteBroken(ledger.settings, ledger.identity.ledger, Number(seq), String(detail));
      this.#tell("chain.broken", `Entry ${error.params["seq"] ?? "?"}: ${error.params["detail"] ?? ""}`);
      throw error;
    }
  }

  #checkDaily(): void {
    const { checks, isSelling, now } = this.#parts;
    this.#quiet = isSelling() ? 0 : this.#quiet + 1;
    const lastMs = checks.lastCompleteMs();
    const isDue = lastMs === undefined || now() - lastMs > fullCheckAfterMs || now() < lastMs;
    if (isDue && this.#quiet >= quietRounds) checks.start();
  }

  #tell(code: string, detail: string): void {
    const { ledger, newId, changed } = this.#parts;
    ledger.append([{ id: newId(), type: "incident", body: { code, detail: detail.slice(0, 500) } }]);
    changed();
  }

  #seenSeq(): number {
    const { ledger } = this.#parts;
    const [of, seq] = ledger.settings.read(seenKey)?.split(" ") ?? [];
    return of === ledger.identity.ledger ? Number(seq) : 0;
  }

  #unseen(): number {
    const seenSeq = this.#seenSeq();
    return this.#parts.ledger.incidents(shownIncidents).filter(({ seq }) => seq > seenSeq).length;
  }

  /** What each ledger says of the one before it, from today's back. */
  #older(): LedgerCareView["older"] {
    const { ledger, folder } = this.#parts;
    const followed = new Map<string, Follows>();
    for (const file of olderLedgerFiles(folder)) {
      const copy = openLedgerCopy(file);
      try {
        const first = copy.entry(1);
        const identity = first === undefined ? undefined : readIdentity(first);
        if (identity?.follows !== undefined) followed.set(identity.ledger, identity.follows);
      } finally {
        copy.close();
      }
    }
    const older: LedgerCareView["older"] = [];
    let follows = ledger.identity.follows;
    while (follows !== undefined && older.length < shownIncidents) {
      const { ledger: id, seq, reason, missing, receiptCode, approval } = follows;
      older.push({
        ledger: id,
        seq,
        reason,
        ...(missing === undefined ? {} : { missing }),
        ...(receiptCode === undefined ? {} : { receiptCode }),
        ...(approval === undefined ? {} : { approvedBy: approval.by }),
      });
      follows = followed.get(id);
    }
    return older;
  }
}
