import { createHash } from "node:crypto";
import type { z } from "zod";
import { PlatformClient } from "../sync/client.ts";
import { SyncEngine, type SyncEngineOptions, type SyncStatus } from "../sync/engine.ts";
import { SyncError } from "../sync/errors.ts";
import {
  answersResponseSchema,
  chargeResponseSchema,
  numberedChargesSchema,
  enrolmentResponseSchema,
  type enrolmentFollowsSchema,
  paths,
  pullResponseSchema,
  pushResponseSchema,
} from "../sync/protocol/api.ts";
import { fromHex } from "../sync/protocol/bytes.ts";
import { successionReasonSchema, type Follows } from "../sync/protocol/entry-types.ts";
import { parseEnrolmentCode } from "../sync/protocol/enrolment-code.ts";
import type { Catalog, RefusedChange } from "./catalog/catalog.ts";
import { TillError } from "./contract/errors.ts";
import type { Timers } from "./contract/wire.ts";
import type { SigningKey } from "./ledger/keys.ts";
import type { Ledger } from "./ledger/open.ts";
import { managerRequests, type ManagerRequests } from "./manager/manager-requests.ts";
import type { FindPaymentsParts } from "./payment/find-payments.ts";
import type { ChargeRequests } from "./payment/code-payments.ts";
import { recordRequests, type RecordRequests } from "./recovery/platform-records.ts";
import { untoldSuccessionKey } from "./recovery/succession.ts";
import { verifySuccession } from "../sync/protocol/succession.ts";
import { answerStore, changeStore, noteOutage, olderPushStores, pushStore } from "./sync-stores.ts";

/** The platform counts as heard for this long; before a payment a longer silence is tried first. */
const reachableForMs = 4_000;

/** Changes of one page of the feed. */
const changesPerPage = 500;

/** What the link works with. */
export type PlatformLinkOptions = {
  platformUrl: string;
  folder: string;
  ledger: Ledger;
  catalog: Catalog;
  requestKey: SigningKey;
  clock: { now(): number; format(timeMs: number): string };
  timers: Timers;
  random(): number;
  newId(): string;
  onChange: SyncEngineOptions["onChange"];
  onStatus(status: SyncStatus): void;
  /** Hears that an outage could not be noted. */
  onUnnoted(error: unknown): void;
  onRefusedChanges(refused: readonly RefusedChange[]): void;
  /** Hears that the platform refuses a ledger that this one went on from. */
  onOlderRefused(ledger: string, error: SyncError): void;
};

/** The till's side of the platform: one client, one worker that syncs, and the payments' questions. */
export type PlatformLink = {
  engine: SyncEngine;
  charges: ChargeRequests & Pick<FindPaymentsParts, "numbered">;
  /** What the manager's page asks of the platform. */
  manager: ManagerRequests;
  /** When the platform last said, in this run, that the goods here are the newest (Unix milliseconds). */
  readonly catalogCheckedAt: number | undefined;
  /**
   * Asks the platform for its mark of this ledger and holds the ledger against it.
   * @throws TillError `ledger.behind-mark` when entries are missing here, `ledger.damaged` when another entry stands at the
   * mark; SyncError when the platform does not answer.
   */
  holdAgainstPlatform(): Promise<void>;
  /** When the platform last answered anything, in Unix milliseconds. */
  lastAnswerAt(): number | null;
  /** By how much the platform's clock is ahead of this machine's, once it was heard. */
  platformAheadMs(): number | undefined;
  /**
   * Enrols this till with an operator's code. The same code again, after a lost answer, gives the same till.
   * @throws SyncError `enrolment.*`, or that the platform was not reached.
   */
  enrol(codeText: string): Promise<void>;
  close(): Promise<void>;
};

/** Opens the link. Nothing is sent before `engine.start()` or `enrol`. */
export function openPlatformLink(options: PlatformLinkOptions): PlatformLink {
  const { ledger, requestKey } = options;
  let catalogCheckedAt: number | undefined;
  const client = new PlatformClient({
    baseUrl: options.platformUrl,
    clock: options.clock,
    identity() {
      // Also after the till has left its shop: that it has is the last entry, and is sent like any other.
      const enrolment = ledger.lastEnrolment();
      if (enrolment === undefined) return null;
      return { tillId: enrolment.tillId, keyId: requestKey.keyId, privateKey: requestKey.privateKey };
    },
    onContact: (contact) => engine.noteContact(contact),
  });
  const records = recordRequests(client);
  const older = olderPushStores(ledger, options.folder, options.clock);
  const engine = new SyncEngine({
    push: pushStore(ledger, options.clock),
    olderPushes: older.stores,
    onOlderRefused: options.onOlderRefused,
    changes: changeStore(options.catalog, options.onRefusedChanges),
    answers: answerStore(ledger),
    async send(ledgerId, entries) {
      if (ledgerId === ledger.identity.ledger) await tellSuccession(ledger, records);
      return await client.request({
        method: "POST",
        path: entriesPath(ledgerId),
        body: { entries },
        answer: pushResponseSchema,
      });
    },
    requests: pullRequests(client, () => {
      catalogCheckedAt = options.clock.now();
    }),
    hash: (bytes) => createHash("sha256").update(bytes).digest("hex"),
    clock: options.clock,
    timers: options.timers,
    random: options.random,
    onChange: options.onChange,
    onStatus(status) {
      options.onStatus(status);
      try {
        noteOutage(ledger, status, options.clock);
      } catch (error) {
        // A picture of the day without this outage is the least of the troubles of a disk that cannot keep it.
        options.onUnnoted(error);
      }
    },
  });
  return {
    engine,
    charges: chargeRequests(client, ledger, records),
    holdAgainstPlatform: () => holdAgainstPlatform(ledger, records),
    manager: managerRequests(client, ledger.identity.ledger),
    get catalogCheckedAt() {
      return catalogCheckedAt;
    },
    lastAnswerAt: () => client.lastGoodContactAt,
    platformAheadMs: () => client.clockOffsetMs,
    enrol: (codeText) => enrol(options, client, codeText),
    async close() {
      await engine.stop();
      client.close();
      older.close();
    },
  };
}

async function enrol(options: PlatformLinkOptions, client: PlatformClient, codeText: string): Promise<void> {
  const code = parseEnrolmentCode(codeText);
  if (code === null) throw new SyncError("enrolment.code-malformed", "not an enrolment code");
  const { ledger, requestKey } = options;
  const answer = await client.request({
    method: "POST",
    path: paths.enrolments,
    open: true,
    body: {
      code: code.secret,
      ledger: ledger.identity.ledger,
      journalKey: ledger.identity.publicKey,
      requestKey: requestKey.publicKey,
    },
    answer: enrolmentResponseSchema,
  });
  const platformRoot = createHash("sha256").update(fromHex(answer.rootKey)).digest("hex");
  if (platformRoot !== code.rootHash) throw new SyncError("enrolment.wrong-platform", options.platformUrl);
  const { tillId, tillNumber, storeId } = answer;
  const follows = answer.follows === undefined ? {} : { follows: await replacedLedger(answer.follows, platformRoot) };
  const body = { tillId, tillNumber, storeId, platformRoot, requestKeyId: requestKey.keyId, ...follows };
  ledger.append([{ id: options.newId(), type: "till.enrolled", body }]);
}

/**
 * What the platform knew of the till in whose place this one stands, once its statement has been seen to hold.
 * @throws ProtocolError when it does not.
 */
async function replacedLedger(given: z.infer<typeof enrolmentFollowsSchema>, platformRoot: string): Promise<Follows> {
  const { statement, ...known } = given;
  const { reason } = await verifySuccession(statement, { rootHash: platformRoot });
  return { ...known, reason, approval: { by: "platform", statement } };
}

async function holdAgainstPlatform(ledger: Ledger, records: RecordRequests): Promise<void> {
  const { mark, receiptNumber } = await records.mark(ledger.identity.ledger);
  const head = ledger.head();
  if (mark.seq > head.seq) {
    const missing = Math.max(0, receiptNumber - (ledger.nextReceiptNumber() - 1));
    throw new TillError("ledger.behind-mark", { missing, entries: mark.seq - head.seq, receipt: "" });
  }
  if (mark.seq > 0 && ledger.entry(mark.seq)?.hash !== mark.hash) {
    throw new TillError("ledger.damaged", { seq: mark.seq, detail: "platform-mark" });
  }
}

/** A new ledger that a manager agreed to while the platform could not be reached is told to it before anything of it is sent. */
async function tellSuccession(ledger: Ledger, records: RecordRequests): Promise<void> {
  const { ledger: successor, publicKey: journalKey, follows } = ledger.identity;
  if (follows === undefined || ledger.settings.read(untoldSuccessionKey) === undefined) return;
  const { seq, hash, receiptNumber = 0, reason, approval } = follows;
  const openedAt = (JSON.parse(ledger.entry(1)?.text ?? "{}") as { time?: string }).time;
  await records.succeed(follows.ledger, {
    successor,
    journalKey,
    reason: successionReasonSchema.parse(reason),
    lastKnown: { seq, hash },
    receiptNumber,
    ...(approval?.by === "manager" ? { approvedBy: approval.person } : {}),
    ...(openedAt === undefined ? {} : { openedAt }),
  });
  ledger.settings.remove(untoldSuccessionKey);
}

function chargeRequests(client: PlatformClient, ledger: Ledger, records: RecordRequests): PlatformLink["charges"] {
  return {
    async ensureReachable() {
      // Its sale could not be settled any more.
      if (ledger.enrolment() === undefined) throw new TillError("till.signed-out");
      await client.ensureReachable(reachableForMs);
      await tellSuccession(ledger, records);
    },
    charge: (request) =>
      client.request({ method: "POST", path: paths.charges, body: request, answer: chargeResponseSchema }),
    look: (paymentId) =>
      client.request({
        method: "GET",
        path: paths.charge.replace("{paymentId}", paymentId),
        answer: chargeResponseSchema,
      }),
    numbered: (number) =>
      client.request({
        method: "GET",
        path: paths.numberedCharges.replace("{number}", number),
        answer: numberedChargesSchema,
      }),
    reverse: (request) =>
      client.request({
        method: "POST",
        path: paths.reversal.replace("{paymentId}", request.paymentId),
        body: request,
        answer: chargeResponseSchema,
      }),
  };
}

function pullRequests(client: PlatformClient, caughtUp: () => void): SyncEngineOptions["requests"] {
  return {
    async changes(after) {
      const answer = await client.request({
        method: "GET",
        path: `${paths.changes}?after=${after}&limit=${changesPerPage}`,
        answer: pullResponseSchema,
      });
      if (!answer.more) caughtUp();
      return answer;
    },
    answers: (after) =>
      client.request({
        method: "GET",
        path: `${paths.answers}?after=${after}&limit=${changesPerPage}`,
        answer: answersResponseSchema,
      }),
    picture: (hash) => client.bytes(paths.pictures.replace("{hash}", hash)),
  };
}

function entriesPath(ledgerId: string): string {
  return paths.entries.replace("{ledger}", ledgerId);
}
