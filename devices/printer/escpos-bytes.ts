/**
 * `GS a n`: tell of changes of drawer, line, fault and paper (bits 0 to 3). The setting is gone after a power cycle and
 * after `ESC @`.
 */
export const armAutomaticStatus = Uint8Array.of(0x1d, 0x61, 0x0f);
