import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from "node:crypto";
import type { z } from "zod";
import { enrolmentResponseSchema } from "../../../sync/protocol/api.ts";
import type { Follows } from "../../../sync/protocol/entry-types.ts";
import { parseEnrolmentCode } from "../../../sync/protocol/enrolment-code.ts";
import { entrySigningBytes, entryText, emptyHead, type Head, type SignedEntry } from "../../../sync/protocol/entry.ts";
import { requestLine, signRequestProof } from "../../../sync/protocol/request-proof.ts";
import type { TestPlatform } from "./test-platform.ts";

/** An Ed25519 key of a till; `publicKey` raw in hexadecimal. */
export type TillKey = { privateKey: KeyObject; publicKey: string; keyId: string };

/** What came back: the status, the body, and where a till looks besides. */
export type Answer = { status: number; body: Record<string, unknown>; headers: Headers };

/** What a till is told when it is enrolled. */
export type Enrolment = z.infer<typeof enrolmentResponseSchema>;

/** How a request may differ from an honest one. */
export type Tampering = { nonce?: string; body?: unknown; path?: string; tillId?: string; key?: TillKey };

/** An enrolled till with a ledger of its own, speaking the protocol over HTTP. */
export type TestTill = {
  id: string;
  number: number;
  ledger: string;
  journalKey: TillKey;
  requestKey: TillKey;
  /** The next entry of its chain, signed. Nothing is sent. */
  next(type: string, body: Record<string, unknown>, changes?: Record<string, unknown>): SignedEntry;
  /** `ledger.opened`, the first entry of every ledger, and what it goes on from. */
  open(follows?: Follows): SignedEntry;
  /** Where the chain ends, and how to go back to an earlier place. */
  head(): Head;
  goBackTo(head: Head): void;
  push(...entries: SignedEntry[]): Promise<Answer>;
  get(path: string, tampering?: Tampering): Promise<Answer>;
  post(path: string, body: unknown, tampering?: Tampering): Promise<Answer>;
};

/** A new key pair. */
export function makeTillKey(): TillKey {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const keyId = createHash("sha256").update(raw).digest("hex").slice(0, 16);
  return { privateKey, publicKey: raw.toString("hex"), keyId };
}

/** Asks anything without a proof. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const body = text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : { text };
  return { status: response.status, body, headers: response.headers };
}

/** An enrolment code from the operator: the whole text, and the secret that the till sends. */
export async function makeCode(
  platform: TestPlatform,
  storeId?: string,
  replaces?: number,
): Promise<{ code: string; secret: string }> {
  const headers = { authorization: `Bearer ${platform.operatorToken}` };
  const isPlain = storeId === undefined && replaces === undefined;
  const init = isPlain ? { method: "POST", headers } : jsonPost({ storeId, replaces }, headers);
  const answer = await ask(`${platform.url}/v1/operator/enrolment-codes`, init);
  const code = String(answer.body["code"]);
  return { code, secret: parseEnrolmentCode(code)?.secret ?? "" };
}

/** Enrols a till with new keys, in the demo's shop unless another one is named. */
export async function enrolTill(platform: TestPlatform, storeId?: string): Promise<TestTill> {
  return (await enrolWith(platform, (await makeCode(platform, storeId)).secret)).till;
}

/** Enrols a till with new keys and this code's secret; `again` asks the same once more. */
export async function enrolWith(
  platform: TestPlatform,
  code: string,
): Promise<{ till: TestTill; answer: Enrolment; again(): Promise<Answer> }> {
  const [journalKey, requestKey, ledger] = [makeTillKey(), makeTillKey(), randomUUID()];
  const body = { code, ledger, journalKey: journalKey.publicKey, requestKey: requestKey.publicKey };
  const again = (): Promise<Answer> => ask(`${platform.url}/v1/enrolments`, jsonPost(body));
  const first = await again();
  if (first.status !== 200) throw new Error(JSON.stringify(first.body));
  const answer = enrolmentResponseSchema.parse(first.body);
  const { tillId: id, tillNumber: number } = answer;
  const till = {
    ...chain(ledger, journalKey),
    ...requests(platform, id, requestKey, ledger),
    id,
    ledger,
    journalKey,
    requestKey,
    number,
  };
  return { till, answer, again };
}

/** The same till with a ledger that the platform does not know yet. */
export function withNewLedger(platform: TestPlatform, till: TestTill): TestTill {
  const [ledger, journalKey] = [randomUUID(), makeTillKey()];
  const asking = requests(platform, till.id, till.requestKey, ledger);
  return { ...till, ...chain(ledger, journalKey), ...asking, ledger, journalKey };
}

/** A POST of JSON. */
export function jsonPost(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

function chain(ledger: string, key: TillKey): Pick<TestTill, "next" | "open" | "head" | "goBackTo"> {
  let head = emptyHead;
  const next: TestTill["next"] = (type, body, changes = {}) => {
    const fields = {
      format: 1,
      ledger,
      seq: head.seq + 1,
      id: randomUUID(),
      time: "2026-11-20T14:00:00.000+08:00",
      zone: "Asia/Shanghai",
      businessDay: "2026-11-20",
      training: false,
      type,
      body,
      previous: head.hash,
      ...changes,
    };
    const text = entryText(fields);
    const hash = createHash("sha256").update(text, "utf8").digest();
    head = { seq: fields.seq, hash: hash.toString("hex") };
    const signature = sign(null, entrySigningBytes(hash), key.privateKey).toString("hex");
    return { text, signature, keyId: key.keyId };
  };
  return {
    next,
    open: (follows) => {
      const { keyId, publicKey } = key;
      return next("ledger.opened", { keyId, publicKey, epoch: 1, ...(follows === undefined ? {} : { follows }) });
    },
    head: () => head,
    goBackTo: (earlier) => {
      head = earlier;
    },
  };
}

function requests(
  platform: TestPlatform,
  tillId: string,
  requestKey: TillKey,
  ledger: string,
): Pick<TestTill, "push" | "get" | "post"> {
  async function send(method: string, path: string, body: unknown, tampering: Tampering): Promise<Answer> {
    const text = body === undefined ? "" : JSON.stringify(body);
    const key = tampering.key ?? requestKey;
    const nonce = tampering.nonce ?? String((await ask(`${platform.url}/v1/hello`)).body["nonce"]);
    const iat = Math.floor(platform.clock.nowMs / 1000);
    const proof = await signRequestProof({
      privateKey: key.privateKey,
      keyId: key.keyId,
      claims: {
        iss: tampering.tillId ?? tillId,
        aud: "suanpan-platform",
        iat,
        exp: iat + 60,
        nonce,
        request: requestLine(method, path),
        bodyHash: createHash("sha256").update(text).digest("hex"),
      },
    });
    const sent = tampering.body === undefined ? text : JSON.stringify(tampering.body);
    return ask(platform.url + (tampering.path ?? path), {
      method,
      headers: { authorization: `Bearer ${proof}`, ...(sent === "" ? {} : { "content-type": "application/json" }) },
      ...(sent === "" ? {} : { body: sent }),
    });
  }
  return {
    push: (...entries) => send("POST", `/v1/ledgers/${ledger}/entries`, { entries }, {}),
    get: (path, tampering = {}) => send("GET", path, undefined, tampering),
    post: (path, body, tampering = {}) => send("POST", path, body, tampering),
  };
}
