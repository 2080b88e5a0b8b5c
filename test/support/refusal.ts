import { expect } from "vitest";
import { ProtocolError, type ProtocolErrorCode } from "../../sync/protocol/protocol-error.ts";

/**
 * The code that `read` is refused with, or null where it is not. Any other error fails the test: a till that meets one
 * stops instead of telling the cashier what is wrong with the code.
 */
export function refusalOf(read: () => unknown): ProtocolErrorCode | null {
  try {
    read();
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

/** Like `refusalOf`, of something that takes its time. */
export async function refusalFrom(read: () => Promise<unknown>): Promise<ProtocolErrorCode | null> {
  try {
    await read();
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): ProtocolErrorCode {
  expect(error).toBeInstanceOf(ProtocolError);
  return (error as ProtocolError).code;
}
