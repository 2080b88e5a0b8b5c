import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { openLedger } from "../../../main/ledger/open.ts";
import { verifyLedger } from "../../../main/ledger/verify/verify.ts";
import { codeThrownBy, ledgerOptions, temporaryFolder } from "./support.ts";

const program = fileURLToPath(new URL("./appending-child.ts", import.meta.url));

function startChild(folder: string): ChildProcess {
  const child = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Kills the child after it has said `lines` lines; gives everything that it said, whole lines only. */
async function killAfter(child: ChildProcess, lines: number): Promise<string[]> {
  let said = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    if (said.split("\n").length > lines) child.kill("SIGKILL");
  });
  await once(child, "close");
  return said.split("\n").slice(0, -1);
}

/** Small numbers that are the same in every run (Lehmer's generator with the constants of Park and Miller). */
function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647);
}

test(
  "a till that is killed in the middle of selling has every sale that it called stored",
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder();
    const random = seededNumbers(20_261_120);
    const stored = new Map<number, string>();
    for (let kill = 0; kill < 10; kill += 1) {
      const lines = await killAfter(startChild(folder), 2 + (random() % 120));
      for (const line of lines) {
        const [, seq = "", hash = ""] = line.split(" ");
        stored.set(Number(seq), hash);
      }
      const result = await verifyLedger({ folder });
      expect(result, `after kill ${kill}`).toMatchObject({ ok: true, firstBroken: null });
      expect(result.head.seq).toBeGreaterThanOrEqual(Math.max(...stored.keys()));
    }
    const ledger = openLedger(ledgerOptions(folder, { clock: { now: () => Date.now(), zone: "Asia/Shanghai" } }));
    onTestFinished(() => ledger.close());
    for (const [seq, hash] of stored) expect(ledger.entry(seq)?.hash).toBe(hash);
    expect(ledger.recentSales(1)[0]?.receiptNumber).toBe(ledger.nextReceiptNumber() - 1);
  },
);

test("a second program cannot open the ledger of a till that is running", { timeout: 30_000 }, async () => {
  const folder = temporaryFolder();
  const child = startChild(folder);
  await once(child.stdout ?? child, "data");
  expect(codeThrownBy(() => openLedger(ledgerOptions(folder)))).toBe("folder.in-use");
  child.kill("SIGKILL");
  await once(child, "close");
  openLedger(ledgerOptions(folder, { clock: { now: () => Date.now(), zone: "Asia/Shanghai" } })).close();
});
