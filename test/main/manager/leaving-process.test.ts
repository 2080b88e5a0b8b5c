import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { ChildError } from "../../../main/child.ts";
import { connect } from "../../../main/contract/connect.ts";
import { tillContract } from "../../../main/contract/methods.ts";
import { supervise } from "../../../main/demo/supervise.ts";
import { connectLocalSocket } from "../../../main/host/local-socket.ts";
import { systemTimers } from "../../../main/system-timers.ts";
import { startTestPlatform, type TestPlatform } from "../../platform/support/test-platform.ts";
import { makeCode } from "../../platform/support/test-till.ts";
import { temporaryFolder } from "../ledger/support.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

type Ready = { url: string };

/** A till's process, kept running as the demo shop does it; enrolled with a code that stays in its environment. */
async function superviseTill() {
  const folder = temporaryFolder();
  const words: string[] = [];
  const till = await supervise<Ready>({
    name: "till",
    entry: "./host/till-process.ts",
    parameters: ["--data", folder, "--platform", platform.url],
    environment: { SUANPAN_ENROL: (await makeCode(platform)).code, SUANPAN_LOG: "silent" },
    onWords: (text) => void words.push(text),
  });
  onTestFinished(() => till.stop());
  return { till, folder, words };
}

/** Asks the running till as a tool of the folder's owner does. */
async function askTill(folder: string) {
  const wire = await connectLocalSocket(folder);
  if (wire === null) throw new Error("No till runs there");
  const connection = connect({ contract: tillContract, wire, timers: systemTimers, hello: {} });
  onTestFinished(() => connection.close());
  return connection;
}

// A supervisor that started it again would enrol it again with the code that it was started with.
test("a till that was signed out ends with the sentence that says why, and is not started again", async () => {
  const { till, folder, words } = await superviseTill();
  const connection = await askTill(folder);
  expect(await connection.call("till.sign-out", {})).toEqual({});
  expect(await till.failed).toContain("is not started again");
  expect(words.join("")).toContain("This till has left its shop.");
  const again = supervise<Ready>({
    name: "till",
    entry: "./host/till-process.ts",
    parameters: ["--data", folder, "--platform", platform.url],
    environment: { SUANPAN_LOG: "silent" },
    onWords: () => {},
  });
  await expect(again).rejects.toThrow(ChildError);
  await expect(again).rejects.toThrow("This till has left its shop.");
}, 90_000);

test("a till that was reset is started again by whoever looks after it, with its ledger", async () => {
  const { till, folder } = await superviseTill();
  const before = await (await askTill(folder)).call("till.snapshot", {});
  await (await askTill(folder)).call("till.reset", {});
  const after = await nextRun(folder, before.run);
  expect(after.till).toMatchObject({ ledger: before.till.ledger, number: before.till.number });
  expect(till.ready.url).not.toBe("");
}, 90_000);

/** The snapshot of the process that follows the one of this run. */
async function nextRun(folder: string, run: string) {
  for (;;) {
    try {
      const snapshot = await (await askTill(folder)).call("till.snapshot", {});
      if (snapshot.run !== run) return snapshot;
    } catch {
      // It is just ending, or not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
