import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openCatalog } from "../../../main/catalog/catalog.ts";
import { demoStore } from "../../../platform/demo/goods/demo-shop.ts";
import { createTokenWorld } from "../../support/wallet-token.ts";
import { change, shopChanges } from "../catalog/goods.ts";
import { removeShop } from "../remove-shop.ts";
import { oneClearSentence, runTill } from "../run-node.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "suanpan-tools-"));
  onTestFinished(() => removeShop(folder));
  return folder;
}

const hash = /^[0-9a-f]{64}$/;

// This is what a chain's own scripts read every night. A changed name breaks them without a word.
test("a whole day with an outage ends with books that agree, in the shape that scripts rely on", async () => {
  const folder = temporaryFolder();
  const ran = await runTill(
    "demo",
    "--sales",
    "12",
    "--outage",
    "--seed",
    "3",
    "--json",
    "--data",
    join(folder, "day"),
  );
  const lines = ran.out.trimEnd().split("\n");
  expect(lines).toHaveLength(1);
  const summary = JSON.parse(lines[0] ?? "") as {
    tills: { head: unknown; platformHead: unknown }[];
    complaints: string[];
    totalMinor: number;
  };
  expect(summary).toMatchObject({
    sales: 12,
    refunds: 0,
    totalMinor: expect.any(Number) as number,
    currency: "CNY",
    offline: expect.any(Number) as number,
    confirmed: 12,
    tills: [
      {
        ledger: expect.any(String) as string,
        head: { seq: expect.any(Number) as number, hash: expect.stringMatching(hash) as string },
      },
    ],
    agree: true,
    complaints: [],
  });
  expect(summary.totalMinor).toBeGreaterThan(0);
  expect(summary).toHaveProperty("offline");
  expect((summary as unknown as { offline: number }).offline).toBeGreaterThan(0);
  expect(summary.tills[0]?.platformHead).toEqual(summary.tills[0]?.head);
  expect(ran.code).toBe(0);
  // The folder that was named is still there, and a second day would mix its money in.
  const again = await runTill("demo", "--sales", "1", "--json", "--data", join(folder, "day"));
  expect([again.code, again.out]).toEqual([1, ""]);
  expect(again.err).toMatch(oneClearSentence);
  expect((await runTill("verify", join(folder, "day"))).code).toBe(0);
  expect((await runTill("verify", "--data", join(folder, "day"), "--json")).code).toBe(0);
  // Whoever looks at the first line only has read enough, and gets no stack for it.
  const head = execFileSync("bash", [
    "-c",
    `"$0" main/cli.ts export "$1" | head -n 1`,
    process.execPath,
    join(folder, "day"),
  ]);
  expect(JSON.parse(head.toString())).toMatchObject({ seq: 1 });
}, 120_000);

test("a scanned string is told apart, for a person and for a script", async () => {
  const good = await runTill("recognise", "4006381333931", "--json");
  expect(JSON.parse(good.out)).toEqual({ kind: "gtin", fields: { gtin14: "04006381333931" }, reason: null });
  expect(good.code).toBe(0);
  const bad = await runTill("recognise", "4006381333932", "--json");
  expect(JSON.parse(bad.out)).toMatchObject({ kind: "unknown", reason: "check-digit" });
  // An unknown code is an answer: the command has failed only where it could not look.
  expect(bad.code).toBe(0);
  const token = await (await createTokenWorld()).token();
  expect(JSON.parse((await runTill("recognise", token, "--json")).out)).toMatchObject({ kind: "spend-token" });
  expect((await runTill("recognise", "4006381333931")).out).toBe("gtin\ngtin14 04006381333931\n");
});

test("what a shop takes, where a code was read, and its bytes decide what it is", async () => {
  const pay = "134567890123456789";
  const kindOf = async (...typed: string[]) =>
    (JSON.parse((await runTill("recognise", ...typed, "--json")).out) as { kind: string }).kind;
  expect(await kindOf(pay)).toBe("wechat-pay");
  expect(await kindOf(pay, "--wallets", "alipay,unionpay")).toBe("unknown");
  expect(await kindOf(pay, "--wallets", "none")).toBe("unknown");
  expect(await kindOf(pay, "--symbology", "]C1")).toBe("unknown");
  expect(await kindOf("--hex", Buffer.from("01095060001343521021A\u001d17271231").toString("hex"))).toBe("gs1");
  // The catalogue of a folder says what its shop takes; the demo's takes no wallet of others.
  const folder = temporaryFolder();
  const catalog = openCatalog(folder);
  const cashOnly = { ...demoStore, wallets: [] };
  catalog.apply([...shopChanges(), change(98, "store", demoStore.id, cashOnly)], 99, 1);
  expect(await kindOf(pay, "--data", folder)).toBe("unknown");
  catalog.apply([change(100, "store", demoStore.id, { ...demoStore, wallets: ["wechat-pay"] })], 100, 1);
  expect(await kindOf(pay, "--data", folder)).toBe("wechat-pay");
  expect(await kindOf(pay, "--data", folder, "--wallets", "none")).toBe("unknown");
  catalog.close();
  const words = await runTill("recognise", pay, "--wallets", "none");
  expect(words.out).toContain("\nreason wallet-not-enabled\n");
  expect(words.out).toContain("a wallet that this shop does not take");
  writeFileSync(join(folder, "catalog.db"), "no database");
  expect(await kindOf(pay, "--data", folder)).toBe("wechat-pay");
});

test("what is plugged in is listed, also on a machine that has nothing", async () => {
  const ran = await runTill("devices", "--json");
  expect(ran.code).toBe(0);
  const found = JSON.parse(ran.out) as Record<string, unknown>;
  expect(Object.keys(found).toSorted()).toEqual(["hidScanners", "limits", "serialPorts"]);
  const words = await runTill("devices");
  expect(words.code).toBe(0);
  expect(words.out.length).toBeGreaterThan(10);
});

test("a command that is asked for its help says how it is typed, and does nothing else", async () => {
  const ran = await runTill("demo", "--help");
  expect(ran.code).toBe(0);
  expect(ran.out).toContain("demo --sales N");
  expect(ran.out.split("\n").length).toBeLessThan(5);
});

test("help names every command", async () => {
  for (const typed of [[], ["help"]]) {
    const ran = await runTill(...typed);
    expect(ran.code).toBe(0);
    for (const name of ["demo", "verify", "export", "rebuild", "recognise", "receipt", "sync", "devices"])
      expect(ran.out).toContain(`\n  ${name}`);
  }
});

test.each([
  [["frobnicate"]],
  [["__proto__"]],
  [["verify", "--jsonn"]],
  [["recognise"]],
  [["recognise", "x", "--symbology", "C1"]],
  [["recognise", "x", "--wallets", "paypal"]],
  [["recognise", "xyz", "--hex"]],
  [["recognise", "4006381333931", "4006381333931"]],
  [["verify", "one", "two"]],
  [["rebuild", "--data", "one", "two"]],
  [["receipt", "--printer", "gb18030-80mm", "--out", "/tmp/never"]],
  [["receipt", "one", "0", "--printer", "gb18030-80mm", "--out", "/tmp/never"]],
  [["receipt", "one", "2", "three", "--printer", "gb18030-80mm", "--out", "/tmp/never"]],
  [["receipt", "one", "2", "--printer", "teletype", "--out", "/tmp/never"]],
  [["receipt", "one", "2", "--printer", "gb18030-80mm"]],
  [["sync", "one", "two"]],
  [["demo", "--sales", "0"]],
  [["demo", "--sales", "many"]],
  [["demo", "--seed", "-1"]],
  [["demo", "--sales"]],
])(
  "typed wrongly (%j), a command says so in one sentence and prints nothing that a script could take for an answer",
  async (typed) => {
    const ran = await runTill(...typed);
    expect(ran.code).not.toBe(0);
    expect(ran.out).toBe("");
    expect(ran.err).toMatch(oneClearSentence);
  },
);

const printer = ["--printer", "gb18030-80mm", "--out", "/tmp/never"];

test.each([["verify"], ["export"], ["rebuild"], ["sync"], ["receipt", "2", ...printer]])(
  "%s on a folder without a ledger says so, and makes nothing there",
  async (command, ...typed) => {
    const folder = temporaryFolder();
    for (const place of [folder, join(folder, "nowhere")]) {
      const ran = await runTill(command, place, ...typed);
      expect(ran.code).not.toBe(0);
      expect(ran.out).toBe("");
      expect(ran.err).toMatch(oneClearSentence);
    }
    expect(readdirSync(folder)).toEqual([]);
  },
);

test.each(["verify", "export", "rebuild"])(
  "%s on a file that is no ledger says so instead of breaking",
  async (command) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "ledger.db"), "this is no ledger ".repeat(1000));
    const ran = await runTill(command, folder);
    expect(ran.code).not.toBe(0);
    if (command !== "verify") expect(ran.out).toBe("");
    expect(ran.err + ran.out).not.toMatch(/ at .*\.ts:\d+/);
  },
);
