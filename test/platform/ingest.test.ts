import { createHash, randomUUID, sign } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entrySigningBytes, type SignedEntry } from "../../sync/protocol/entry.ts";
import { startTestPlatform, type TestPlatform } from "./support/test-platform.ts";
import { enrolTill, makeTillKey, type TestTill } from "./support/test-till.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(async () => {
  await platform.stop();
});

/** A till that has pushed the first `count` entries of its ledger. */
async function tillWithEntries(count: number): Promise<{ till: TestTill; entries: SignedEntry[] }> {
  const till = await enrolTill(platform);
  const entries = [till.open()];
  while (entries.length < count) entries.push(incident(till));
  expect((await till.push(...entries)).status).toBe(200);
  return { till, entries };
}

function incident(till: TestTill, detail = "纸用完了 🧾 \u0000"): SignedEntry {
  return till.next("incident", { code: "test", detail });
}

async function storedEntries(till: TestTill): Promise<SignedEntry[]> {
  const { body } = await till.get(`/v1/ledgers/${till.ledger}/entries?after=0`);
  return body["entries"] as SignedEntry[];
}

test("entries come back byte for byte, so that a till can restore itself from the platform", async () => {
  const { till, entries } = await tillWithEntries(3);
  expect(await storedEntries(till)).toEqual(entries);
});

test("entries of a type and a format of tomorrow are stored, or a till that was updated first could never sync", async () => {
  const { till } = await tillWithEntries(1);
  const entry = till.next("loyalty.awarded", { points: 7 }, { format: 9, colour: "red" });
  const answer = await till.push(entry);
  expect(answer.body).toEqual({ epoch: 1, mark: till.head() });
  expect((await storedEntries(till)).at(-1)).toEqual(entry);
});

test("pushing again what was stored is a success with the same mark: the first answer may have been lost", async () => {
  const { till, entries } = await tillWithEntries(4);
  for (const again of [entries, entries.slice(1), entries.slice(0, 2)]) {
    expect(await till.push(...again)).toMatchObject({ status: 200, body: { epoch: 1, mark: till.head() } });
  }
  expect(await storedEntries(till)).toHaveLength(4);
});

test("however a ledger is cut and repeated on its way, each entry is stored once and in its order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(11), fc.integer({ min: 1, max: 12 })), { maxLength: 6 }),
      async (cuts) => {
        const till = await enrolTill(platform);
        const entries = [till.open(), ...Array.from({ length: 11 }, () => incident(till))];
        let mark = 0;
        for (const [from, length] of [...cuts, [0, 12] as const]) {
          const answer = await till.push(...entries.slice(from, from + length));
          expect(answer.status).toBe(from > mark ? 409 : 200);
          if (from <= mark) mark = Math.max(mark, Math.min(12, from + length));
          expect(answer.body["mark"]).toMatchObject({ seq: mark });
        }
        expect(await storedEntries(till)).toEqual(entries);
      },
    ),
    { numRuns: 8 },
  );
});

test("many pushes of the same entries at once store each of them once", async () => {
  const till = await enrolTill(platform);
  const entries = [till.open(), incident(till), incident(till)];
  const answers = await Promise.all(Array.from({ length: 12 }, () => till.push(...entries)));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(await storedEntries(till)).toEqual(entries);
});

test("a gap is refused with the mark, so that the till knows where to begin", async () => {
  const { till } = await tillWithEntries(2);
  const mark = till.head();
  incident(till);
  const answer = await till.push(incident(till));
  expect(answer).toMatchObject({ status: 409, body: { code: "ledger.gap", mark } });
});

test("another content under a stored number raises the alarm and keeps both: one of them is evidence", async () => {
  const { till } = await tillWithEntries(2);
  const mark = till.head();
  const good = incident(till, "one");
  await till.push(good);
  const after = till.head();
  till.goBackTo(mark);
  const forked = incident(till, "another");
  const answer = await till.push(forked);
  expect(answer).toMatchObject({ status: 409, body: { code: "ledger.fork", mark: after } });
  const kept = await platform.database.query<{ text: Buffer }>("select text from forked_entries where ledger = $1", [
    till.ledger,
  ]);
  expect(kept.rows.map(({ text }) => text.toString("utf8"))).toEqual([forked.text]);
  expect((await storedEntries(till)).at(-1)).toEqual(good);
  const ledgers = await platform.database.query("select 1 from ledgers where id = $1 and forked_at is not null", [
    till.ledger,
  ]);
  expect(ledgers.rowCount).toBe(1);
});

test("one bad entry does not take what comes before it along, and the answer says where the platform stands", async () => {
  const { till } = await tillWithEntries(1);
  const good = incident(till);
  const mark = till.head();
  const bad = { ...incident(till), signature: "0".repeat(128) };
  const answer = await till.push(good, bad, incident(till));
  expect(answer).toMatchObject({ status: 409, body: { code: "ledger.bad-signature", mark } });
  expect((await storedEntries(till)).at(-1)).toEqual(good);
});

test("an entry that does not name the hash before it is refused: the chain is what cannot be forged later", async () => {
  const { till } = await tillWithEntries(2);
  const mark = till.head();
  const entry = till.next("incident", { code: "test", detail: "" }, { previous: "1".repeat(64) });
  expect(await till.push(entry)).toMatchObject({ status: 409, body: { code: "ledger.bad-chain", mark } });
});

test("a text that is not canonical is refused, however well it is signed", async () => {
  const { till } = await tillWithEntries(1);
  const mark = till.head();
  const text = ` ${incident(till).text}`;
  const signature = sign(null, entrySigningBytes(sha256(text)), till.journalKey.privateKey).toString("hex");
  const answer = await till.push({ text, signature, keyId: till.journalKey.keyId });
  expect(answer).toMatchObject({ status: 400, body: { code: "request.invalid", mark } });
});

test("a signature by any other key is refused, even under the right key's id", async () => {
  const { till } = await tillWithEntries(1);
  const stranger = makeTillKey();
  const { text } = incident(till);
  const signature = sign(null, entrySigningBytes(sha256(text)), stranger.privateKey).toString("hex");
  for (const keyId of [till.journalKey.keyId, stranger.keyId]) {
    expect(await till.push({ text, signature, keyId })).toMatchObject({ body: { code: "ledger.bad-signature" } });
  }
});

test("a ledger begins with its opening by the enrolled key and with nothing else", async () => {
  const till = await enrolTill(platform);
  expect(await till.push(incident(till))).toMatchObject({ status: 409, body: { code: "ledger.bad-chain" } });
  till.goBackTo({ seq: 0, hash: "0".repeat(64) });
  const { keyId, publicKey } = makeTillKey();
  const opening = till.next("ledger.opened", { keyId, publicKey, epoch: 1 });
  expect(await till.push(opening)).toMatchObject({ status: 409, body: { code: "ledger.bad-chain" } });
});

test("an id is used once in a ledger: a till that repeats one has lost its memory", async () => {
  const { till, entries } = await tillWithEntries(2);
  const mark = till.head();
  const id = (JSON.parse(entries[1]?.text ?? "{}") as { id: string }).id;
  const again = till.next("incident", { code: "test", detail: "" }, { id });
  expect(await till.push(again)).toMatchObject({ status: 400, body: { code: "request.invalid", mark } });
});

test("nobody writes into another till's ledger, or reads it", async () => {
  const { till } = await tillWithEntries(1);
  const other = await enrolTill(platform);
  const path = `/v1/ledgers/${till.ledger}/entries`;
  const answers = [await other.post(path, { entries: [incident(till)] }), await other.get(`${path}?after=0`)];
  for (const answer of answers) expect(answer).toMatchObject({ status: 403, body: { code: "ledger.not-yours" } });
});

test("more than a mebibyte in one push is refused before it costs anything, and nothing of it is stored", async () => {
  const { till } = await tillWithEntries(1);
  const big = [incident(till, "x"), till.next("note.long", { text: "x".repeat(600_000) })];
  const answer = await till.push(...big, till.next("note.long", { text: "x".repeat(600_000) }));
  expect(answer).toMatchObject({ status: 413, body: { code: "request.too-large" } });
  expect(await storedEntries(till)).toHaveLength(1);
  expect((await till.push(...big)).status).toBe(200);
});

test("a revoked till's sales are not lost: they wait in the held inbox and count when it is taken back", async () => {
  const { till } = await tillWithEntries(1);
  const before = till.head();
  await operator("POST", `/v1/operator/tills/${till.id}/revocation`);
  const held = [incident(till), incident(till)];
  expect(await till.push(...held)).toMatchObject({ status: 200, body: { mark: till.head() } });
  expect(await till.push(...held)).toMatchObject({ status: 200, body: { mark: till.head() } });
  expect(await till.get("/v1/changes?after=0")).toMatchObject({ status: 401, body: { code: "auth.revoked" } });
  expect(await summaryOf(till)).toMatchObject({ head: before, held: 2, revoked: true });

  await operator("DELETE", `/v1/operator/tills/${till.id}/revocation`);
  expect(await summaryOf(till)).toMatchObject({ head: till.head(), held: 0, revoked: false });
  expect((await storedEntries(till)).slice(1)).toEqual(held);
  expect((await till.push(incident(till))).body["mark"]).toEqual(till.head());
});

test("a revocation for a till that is not there is an error, not a silence", async () => {
  expect((await operator("POST", `/v1/operator/tills/${randomUUID()}/revocation`)).status).toBe(404);
});

function sha256(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}

async function operator(method: string, path: string): Promise<Response> {
  return fetch(platform.url + path, { method, headers: { authorization: `Bearer ${platform.operatorToken}` } });
}

async function summaryOf(till: TestTill): Promise<unknown> {
  const summary = (await (await operator("GET", "/v1/operator/summary")).json()) as { tills: { ledger: string }[] };
  return summary.tills.find(({ ledger }) => ledger === till.ledger);
}
