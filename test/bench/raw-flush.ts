import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from "node:fs";

const overwriteBytes = 4096;
const overwriteCount = 256;

/**
 * The least that a durable write costs on the disk of a file: 4 KiB over what is there already, and fdatasync. The places take
 * turns, so that no drive can make one of several.
 */
export function openRawFlush(file: string): { once(): void; close(): void } {
  const handle = openSync(file, "w");
  const block = Buffer.alloc(overwriteBytes, 1);
  for (let index = 0; index < overwriteCount; index += 1) writeSync(handle, block, 0, overwriteBytes);
  fsyncSync(handle);
  let index = 0;
  return {
    once() {
      index = (index + 1) % overwriteCount;
      writeSync(handle, block, 0, overwriteBytes, index * overwriteBytes);
      fdatasyncSync(handle);
    },
    close: () => closeSync(handle),
  };
}
