import { randomFillSync } from "node:crypto";
import { closeSync, fsyncSync, ftruncateSync, openSync, rmSync, statfsSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

/** How much room a till wants on its disk, in bytes. */
export interface DiskLimits {
  /** What a file keeps back, so that what was begun can be stored when the disk is full. */
  reserveBytes: number;
  /** With less than this free somebody should make room: there are weeks of selling left. */
  lowBytes: number;
  /** With less than this free no new sale is begun. */
  stopBytes: number;
}

/** A busy till writes some 10 MB a day: the first warning comes weeks before the end. */
const defaultDiskLimits: DiskLimits = {
  reserveBytes: 8 * 1024 * 1024,
  lowBytes: 512 * 1024 * 1024,
  stopBytes: 48 * 1024 * 1024,
};

/** How the disk stands: `full` means that no new sale may be begun. */
export interface DiskRoom {
  state: "ample" | "low" | "full";
  freeBytes: number;
  /** Whether the room that is kept back is still there. */
  hasReserve: boolean;
}

/** The room that a ledger keeps back for the day on which its disk is full. */
export interface Reserve {
  /** How it stands now. Makes the reserve again where it was used and there is room once more. */
  look(): DiskRoom;
  /** Gives the reserve to whoever needs room now; false where it has been given already. */
  release(): boolean;
}

const chunkBytes = 1024 * 1024;

/**
 * The reserve of a data folder, in a file of its own. It is made here where there is room; on a disk that is full already
 * the ledger opens all the same, to be read.
 */
export function openReserve(folder: string, limits: DiskLimits = defaultDiskLimits): Reserve {
  const file = join(folder, "reserve");

  function heldBytes(): number {
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  function freeBytes(): number {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  }

  function look(): DiskRoom {
    let free = freeBytes();
    const wanted = limits.reserveBytes - heldBytes();
    if (wanted > 0 && free >= limits.stopBytes + wanted && fill(file, limits.reserveBytes)) free = freeBytes();
    const hasReserve = heldBytes() >= limits.reserveBytes;
    const state = free < limits.stopBytes || !hasReserve ? "full" : free < limits.lowBytes ? "low" : "ample";
    return { state, freeBytes: free, hasReserve };
  }

  look();
  return {
    look,
    release() {
      if (heldBytes() === 0) return false;
      rmSync(file, { force: true });
      return true;
    },
  };
}

/**
 * Fills the file for real: a hole in it would keep nothing back, and a file system that compresses makes nothing of zeros.
 * False where there was no room after all.
 */
function fill(file: string, bytes: number): boolean {
  const chunk = randomFillSync(Buffer.alloc(Math.min(chunkBytes, bytes)));
  const handle = openSync(file, "w", 0o600);
  try {
    for (let done = 0; done < bytes;) done += writeSync(handle, chunk, 0, Math.min(chunk.length, bytes - done));
    fsyncSync(handle);
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT")))
      throw error;
    ftruncateSync(handle, 0);
    return false;
  } finally {
    closeSync(handle);
  }
}
