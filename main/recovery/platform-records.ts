import { join } from "node:path";
import { PlatformClient } from "../../sync/client.ts";
import {
  entriesResponseSchema,
  markResponseSchema,
  paths,
  successionResponseSchema,
  type MarkResponse,
  type SuccessionRequest,
  type SuccessionResponse,
} from "../../sync/protocol/api.ts";
import type { SignedEntry } from "../../sync/protocol/entry.ts";
import { openRequestKey } from "../ledger/keys.ts";
import type { EnrolmentFile } from "./enrolment-file.ts";

/** What a till asks its platform for while its own ledger is not in order. Everything rejects with a SyncError. */
export type PlatformRecords = {
  /** What the platform holds of a ledger. */
  mark(ledger: string): Promise<MarkResponse>;
  /** The next entries of a ledger after a number, none where there are no more. */
  entriesAfter(ledger: string, seq: number): Promise<SignedEntry[]>;
  /** Asks for a new ledger in the place of `old`. The same again gives the same answer. */
  succeed(old: string, request: SuccessionRequest): Promise<SuccessionResponse>;
  close(): void;
};

/** The requests themselves, without the line that they go over. */
export type RecordRequests = Omit<PlatformRecords, "close">;

/** The requests over a client that is there already. */
export function recordRequests(client: PlatformClient): RecordRequests {
  const pathOf = (path: string, ledger: string) => path.replace("{ledger}", ledger);
  return {
    mark: (ledger) => client.request({ method: "GET", path: pathOf(paths.mark, ledger), answer: markResponseSchema }),
    async entriesAfter(ledger, seq) {
      const path = `${pathOf(paths.entries, ledger)}?after=${seq}`;
      const answer = await client.request({ method: "GET", path, answer: entriesResponseSchema });
      return answer.entries;
    },
    succeed: (old, body) =>
      client.request({ method: "POST", path: pathOf(paths.succession, old), body, answer: successionResponseSchema }),
  };
}

/** Somebody may be waiting in front of a till that does not sell yet. */
const timeoutMs = 5_000;

/**
 * Opens a line of its own to the platform, in the name of the till that the folder belongs to.
 * @throws TillError `ledger.key-missing` when the key that signs requests is not there.
 */
export function openPlatformRecords(folder: string, platformUrl: string, enrolment: EnrolmentFile): PlatformRecords {
  const { tillId, requestKeyId } = enrolment;
  const { keyId, privateKey } = openRequestKey(join(folder, "keys"), requestKeyId);
  const client = new PlatformClient({
    baseUrl: platformUrl,
    clock: { now: Date.now },
    timeoutMs,
    identity: () => ({ tillId, keyId, privateKey }),
    onContact: () => {},
  });
  return { ...recordRequests(client), close: () => client.close() };
}
