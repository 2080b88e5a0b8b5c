import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { decodeBase45, encodeBase45 } from "../../../sync/protocol/base45.ts";
import { concatBytes, fromHex, toHex, utf8 } from "../../../sync/protocol/bytes.ts";
import { decodeCbor, encodeCbor, type CborLabel, type CborMap, type CborValue } from "../../../sync/protocol/cbor.ts";
import { createSign1 } from "../../../sync/protocol/cose.ts";
import type { Sign } from "../../../sync/protocol/crypto.ts";
import { readSpendToken, verifySpendToken } from "../../../sync/protocol/token.ts";
import {
  exportPublicKey,
  generateSigningKey,
  signWithWebCrypto,
  verifyWithWebCrypto,
} from "../../../sync/protocol/web-crypto.ts";
import { refusalFrom, refusalOf } from "../../support/refusal.ts";
import { createTokenWorld, tokenTimeSeconds, type TokenWorld } from "../../support/wallet-token.ts";

const base45Characters = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"];
const alphabet = fc.constantFrom(...base45Characters);
const unusedSign: Sign = () => Promise.resolve(new Uint8Array(64));

let world: TokenWorld;
beforeAll(async () => {
  world = await createTokenWorld();
});

function verifyAt(text: string, changes: Partial<Parameters<typeof verifySpendToken>[1]> = {}) {
  return verifySpendToken(text, {
    verify: verifyWithWebCrypto,
    issuingKeys: world.issuingKeys,
    nowSeconds: tokenTimeSeconds + 5,
    skewSeconds: 60,
    ...changes,
  });
}
const refusalAt = (text: string, changes: Partial<Parameters<typeof verifySpendToken>[1]> = {}) =>
  refusalFrom(() => verifyAt(text, changes));

describe("a wallet's token", () => {
  test("is verified by a till alone, and says what the wallet and the platform put into it", async () => {
    const text = await world.token({ cap: { amountMinor: 12_800, currency: "CNY" } });
    expect(await verifyAt(text)).toEqual({
      walletId: "0909090900000001",
      cti: "0101020305080d15",
      counter: 7,
      issuedAtSeconds: tokenTimeSeconds,
      expiresAtSeconds: tokenTimeSeconds + 60,
      certificateExpiresAtSeconds: tokenTimeSeconds + 86_400,
      cap: { amountMinor: 12_800, currency: "CNY" },
      limits: { perTokenMinor: 20_000, cumulativeMinor: 50_000, currency: "CNY", count: 5 },
      statusIndex: 4711,
    });
  });

  test("fits a QR code that a worn phone screen still shows: at most 528 characters, version 14 at level M", async () => {
    const text = await world.token({ cap: { amountMinor: 20_000, currency: "CNY" } });
    expect(text.length).toBeLessThanOrEqual(528);
  });

  test("that was shown by an earlier version is still verified", async () => {
    const text =
      "PT1:JWG.FK665/E7V50/1009NT 9 60GO0X507H0QS00+08CK-QC-706VCP$D:C0I61I61000100FN0XNDCH7WY0VND:TR441F90X50324V94Q3" +
      "4EHDGIFCL6RAW1:BS.6K5QDVM1O5 7HCZKTCIZMGMHJ2ZSIOOH*U100000MVGK*9PB3E7A+M8JBB/E7V50B60VE227BR*0Z EF7A.FJ*RMN4QQ" +
      "HI.AEMXH64JO11U%8FFU18S$1RFZT8ZFRCG9UH-MDM+K6KF3385701BW7-N+6SRM5CQD/BF08D.+2C6B3XKCF3%FW.O4CF3$FW:ETS49X508H0" +
      " 01YU2100200Z-0O68.X6427UKU1-J6*I3B47UJ1C262AMTVOMGDADVWL1$S5LD06S%O2G 06%F%YEDHJS1FK GA0PZ1NENDA+VFZCT5WWG4SCN.0";
    const publicKey = fromHex("2698f98a621b2691cf378745961fd94de2c936a0ab32eb03de841fbbce7be27c");
    const issuingKeys = new Map([["0102030405060708", { algorithm: "Ed25519", publicKey } as const]]);
    expect(await verifyAt(text, { issuingKeys })).toMatchObject({ walletId: "0909090900000001", counter: 7 });
  });

  test("leaves out what it does not have", async () => {
    const other = await createTokenWorld("ES256");
    const text = await other.token({ certificate: await other.bareCertificate() });
    const verified = await verifyAt(text, { issuingKeys: other.issuingKeys });
    expect(Object.keys(verified)).toEqual([
      "walletId",
      "cti",
      "counter",
      "issuedAtSeconds",
      "expiresAtSeconds",
      "certificateExpiresAtSeconds",
    ]);
  });

  test("of any content goes through a code and comes out the same", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        fc.maxSafeInteger().map(Math.abs),
        fc.integer({ min: 0, max: 4_000_000_000 }),
        fc.integer({ min: 1, max: 600 }),
        fc.option(fc.record({ amountMinor: fc.nat(), currency: fc.constantFrom("CNY", "JPY", "KWD") }), {
          nil: undefined,
        }),
        async (cti, counter, issuedAtSeconds, life, cap) => {
          const expiresAtSeconds = issuedAtSeconds + life;
          const certificate = await world.certificate({ issuedAtSeconds, expiresAtSeconds: issuedAtSeconds + 604_800 });
          const times = { issuedAtSeconds, expiresAtSeconds };
          const text = await world.token({
            cti,
            counter,
            ...times,
            certificate,
            ...(cap === undefined ? {} : { cap }),
          });
          const verified = await verifyAt(text, { nowSeconds: issuedAtSeconds });
          expect(verified).toMatchObject({ cti: toHex(cti), counter, ...times });
          expect(verified.cap).toEqual(cap);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("is taken within its time and the skew of a phone's clock, to the second", async () => {
    const text = await world.token();
    const at = (offset: number) => refusalAt(text, { nowSeconds: tokenTimeSeconds + offset });
    expect(await at(-61)).toBe("token.not-yet-valid");
    expect(await at(-60)).toBe(null);
    expect(await at(119)).toBe(null);
    expect(await at(120)).toBe("token.expired");
  });

  test("is refused once its certificate has ended, whatever a phone's clock says", async () => {
    const certificate = await world.certificate({ expiresAtSeconds: tokenTimeSeconds + 5 });
    const text = await world.token({ certificate });
    expect(await refusalAt(text, { nowSeconds: tokenTimeSeconds + 4 })).toBe(null);
    expect(await refusalAt(text, { nowSeconds: tokenTimeSeconds + 5 })).toBe("token.certificate-expired");
    const young = await world.token({
      certificate: await world.certificate({ issuedAtSeconds: tokenTimeSeconds + 90 }),
    });
    expect(await refusalAt(young)).toBe("token.not-yet-valid");
  });

  test("bound to a till and its nonce is worth nothing anywhere else", async () => {
    const bound = { audience: "till-7", nonce: new Uint8Array(16).fill(3) };
    const text = await world.token({ bound });
    expect(await refusalAt(text, { bound })).toBe(null);
    expect(await refusalAt(text)).toBe("token.wrong-audience");
    expect(await refusalAt(text, { bound: { ...bound, audience: "till-8" } })).toBe("token.wrong-audience");
    expect(await refusalAt(text, { bound: { ...bound, nonce: new Uint8Array(16) } })).toBe("token.wrong-audience");
    expect(await refusalAt(await world.token(), { bound })).toBe(null);
  });
});

describe("a forged token", () => {
  test("is found by any single character that was changed, at every place", async () => {
    const text = await world.token({ cap: { amountMinor: 5_000, currency: "CNY" } });
    for (let place = 0; place < text.length; place += 1) {
      const [replacement = "0"] = fc.sample(
        alphabet.filter((character) => character !== text.charAt(place)),
        {
          numRuns: 1,
          seed: place,
        },
      );
      const changed = text.slice(0, place) + replacement + text.slice(place + 1);
      expect(await refusalAt(changed), `place ${place}`).not.toBe(null);
    }
  });

  test("is found when characters are changed, left out, doubled or exchanged at random", async () => {
    const text = await world.token();
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.nat(3), alphabet, async (place, kind, character) => {
        const head = text.slice(0, place);
        const rest = [
          character + text.slice(place + 1),
          text.slice(place + 1),
          character + text.slice(place),
          text.slice(place + 1, place + 2) + text.slice(place, place + 1) + text.slice(place + 2),
        ][kind];
        const changed = head + (rest ?? "");
        if (changed !== text) expect(await refusalAt(changed)).not.toBe(null);
      }),
      { numRuns: 500 },
    );
  });

  test("by a wallet whose certificate came from nobody is refused by its issuer", async () => {
    const stranger = await createTokenWorld();
    expect(await refusalAt(await stranger.token())).toBe("token.bad-certificate");
    expect(await refusalAt(await world.token(), { issuingKeys: new Map() })).toBe("token.unknown-issuer");
  });

  test("of another scheme than the issuing key's is refused, whatever its header says", async () => {
    const stranger = await createTokenWorld("ES256");
    expect(await refusalAt(await stranger.token())).toBe("token.bad-certificate");
  });

  test("made with another key than the certified one is refused", async () => {
    const thief = await generateSigningKey("ES256", { extractable: false });
    const text = await world.token({ sign: signWithWebCrypto("ES256", thief.privateKey) });
    expect(await refusalAt(text)).toBe("token.bad-signature");
  });

  test("with another certificate of the same wallet is refused: its signature covers the certificate", async () => {
    const [poor, rich] = [await world.certificate(), await world.certificate({ statusIndex: 4712 })];
    const bytes = decodeBase45((await world.token({ certificate: poor })).slice(4));
    const parts = decodeCbor(bytes, { maximumBytes: 1024 }) as CborValue[];
    const exchanged = encodeCbor([parts[0] ?? null, new Map([[-65_537, rich]]), parts[2] ?? null, parts[3] ?? null]);
    expect(await refusalAt(`PT1:${encodeBase45(exchanged)}`)).toBe("token.bad-signature");
  });

  test("that passes another signed thing of the issuing key off as a certificate is refused", async () => {
    const issuer = await generateSigningKey("Ed25519", { extractable: false });
    const sign = signWithWebCrypto("Ed25519", issuer.privateKey);
    const keyId = fromHex("0102030405060708");
    const key = { algorithm: "Ed25519", publicKey: await exportPublicKey("Ed25519", issuer.publicKey) } as const;
    const genuine = decodeCbor(await world.certificate(), { maximumBytes: 512 }) as CborValue[];
    // The same claims and header, signed by the right key for another purpose.
    const payload = genuine[2] as Uint8Array;
    const other = await createSign1({ sign, algorithm: "Ed25519", protectedHeader: new Map([[4, keyId]]), payload });
    const text = await world.token({ certificate: other });
    expect(await refusalAt(text, { issuingKeys: new Map([[toHex(keyId), key]]) })).toBe("token.bad-certificate");
  });
});

describe("the form of a token", () => {
  test("is checked by length first, then by prefix and characters, then within", async () => {
    const text = await world.token();
    expect(refusalOf(() => readSpendToken(`PT1:${"A".repeat(1021)}`))).toBe("token.too-long");
    for (const other of [
      "",
      "PT1:",
      `PT1:${"A".repeat(99)}`,
      `PT1:${"A".repeat(701)}`,
      text.toLowerCase(),
      ` ${text}`,
      `${text}\n`,
      text.replace("PT1:", "PT2:"),
      text.replace("PT1:", "PR1:"),
      "134512345678901234",
    ]) {
      expect(refusalOf(() => readSpendToken(other))).toBe("token.not-a-token");
    }
    expect(refusalOf(() => readSpendToken(`PT1:${"A".repeat(100)}`))).toBe("token.malformed");
    expect(refusalOf(() => readSpendToken(`PT1:${":".repeat(102)}`))).toBe("token.malformed");
  });

  test("may carry tag 18, which other makers write", async () => {
    const bytes = decodeBase45((await world.token()).slice(4));
    expect(await refusalAt(`PT1:${encodeBase45(concatBytes(fromHex("d2"), bytes))}`)).toBe(null);
  });

  const claims = (changes: readonly (readonly [CborLabel, CborValue | undefined])[]): CborMap => {
    const all = new Map<CborLabel, CborValue>([
      [4, tokenTimeSeconds + 60],
      [6, tokenTimeSeconds],
      [7, new Uint8Array(8)],
      [-65_539, 1],
    ]);
    for (const [label, value] of changes) {
      if (value === undefined) all.delete(label);
      else all.set(label, value);
    }
    return all;
  };
  const tokenOf = async (payload: CborMap, more: [CborLabel, CborValue][] = []) => {
    const unprotectedHeader = new Map<CborLabel, CborValue>([[-65_537, await world.certificate()], ...more]);
    const message = await createSign1({
      sign: unusedSign,
      algorithm: "ES256",
      payload: encodeCbor(payload),
      unprotectedHeader,
    });
    return `PT1:${encodeBase45(message)}`;
  };

  test("is refused where a claim is absent or of another type, and read where there is one more", async () => {
    expect(refusalOf(() => readSpendToken("x".repeat(2000)))).toBe("token.too-long");
    const whole = await tokenOf(claims([]));
    expect(refusalOf(() => readSpendToken(whole))).toBe(null);
    const future = await tokenOf(claims([[-70_000, "later"]]));
    expect(refusalOf(() => readSpendToken(future))).toBe(null);
    const wrong: readonly (readonly [CborLabel, CborValue | undefined])[] = [
      [4, undefined],
      [4, "soon"],
      [4, -1],
      [4, tokenTimeSeconds],
      [4, tokenTimeSeconds + 601],
      [4, Number.MAX_SAFE_INTEGER],
      [6, undefined],
      [6, tokenTimeSeconds + 60],
      [7, undefined],
      [7, new Uint8Array(7)],
      [7, "12345678"],
      [-65_539, undefined],
      [-65_539, -1],
      [-65_540, [1]],
      [-65_540, [1, "XXX"]],
      [-65_540, [-1, "CNY"]],
      [-65_540, [1, "CNY", 2]],
      [-65_540, 100],
      [3, "till"],
      [10, new Uint8Array(16)],
    ];
    for (const [label, value] of wrong) {
      const text = await tokenOf(claims([[label, value]]));
      expect(
        refusalOf(() => readSpendToken(text)),
        `claim ${label}`,
      ).toBe("token.malformed");
    }
  });

  test("is refused where something unsigned stands beside the certificate", async () => {
    const text = await tokenOf(claims([]), [[4, utf8("11")]]);
    expect(refusalOf(() => readSpendToken(text))).toBe("token.malformed");
  });

  test("is refused where a wallet would sign with anything but P-256", async () => {
    const unprotectedHeader = new Map([[-65_537, await world.certificate()]]);
    const payload = encodeCbor(claims([]));
    const message = await createSign1({ sign: unusedSign, algorithm: "Ed25519", payload, unprotectedHeader });
    expect(refusalOf(() => readSpendToken(`PT1:${encodeBase45(message)}`))).toBe("token.malformed");
  });

  test("hostile texts are refused with a code and never stop the till", () => {
    const body = fc.string({ unit: alphabet, minLength: 100, maxLength: 700 });
    const anything = fc.oneof(
      body.map((text) => `PT1:${text}`),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(refusalOf(() => readSpendToken(text))).not.toBe(null);
      }),
    );
  });
});

describe("a wallet refuses to make", () => {
  test("a token that no till would read", async () => {
    const wrong: Parameters<TokenWorld["token"]>[0][] = [
      { cti: new Uint8Array(7) },
      { counter: -1 },
      { counter: 1.5 },
      { expiresAtSeconds: tokenTimeSeconds },
      { expiresAtSeconds: tokenTimeSeconds + 601 },
      { cap: { amountMinor: -1, currency: "CNY" } },
      { bound: { audience: "", nonce: new Uint8Array(16) } },
      { bound: { audience: "till", nonce: new Uint8Array(15) } },
      { certificate: utf8("none") },
    ];
    for (const changes of wrong) await expect(world.token(changes)).rejects.toThrow(RangeError);
  });

  test("and a platform a certificate that no till would read", async () => {
    const wrong: Parameters<TokenWorld["certificate"]>[0][] = [
      { keyId: new Uint8Array(7) },
      { walletId: new Uint8Array(9) },
      { walletKey: new Uint8Array(33) },
      { walletKey: new Uint8Array(65).fill(4) },
      { issuer: "" },
      { issuer: "x".repeat(65) },
      { expiresAtSeconds: tokenTimeSeconds - 3600 },
      { expiresAtSeconds: tokenTimeSeconds + 8 * 86_400 },
      { statusIndex: -1 },
      { limits: { perTokenMinor: -1, cumulativeMinor: 0, currency: "CNY", count: 1 } },
    ];
    for (const changes of wrong) await expect(world.certificate(changes)).rejects.toThrow(RangeError);
  });
});
