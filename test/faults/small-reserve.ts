import type { DiskLimits } from "../../main/ledger/reserve.ts";

/** Room that is kept back and asked for, small enough for a folder that is copied hundreds of times. */
export const smallReserve: DiskLimits = { reserveBytes: 16_384, lowBytes: 0, stopBytes: 0 };
