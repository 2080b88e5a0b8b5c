import { parentPort, workerData } from "node:worker_threads";
import { faultOf } from "../contract/errors.ts";
import type { Broken } from "../ledger/verify/reasons.ts";
import { verifyLedger } from "../ledger/verify/verify.ts";
import type { CheckMessage, CheckOrder } from "./check-messages.ts";

/** Progress is told at most this often: every page hears of it. */
const tellEveryMs = 100;

/** Checks a copy in a thread of its own: canonical texts and hashes of years would hold up selling for seconds. */
async function check(order: CheckOrder, tell: (message: CheckMessage) => void): Promise<void> {
  let toldAt = 0;
  try {
    const { entries, firstBroken, findings } = await verifyLedger(order, (done) => {
      const now = performance.now();
      if (now - toldAt < tellEveryMs) return;
      toldAt = now;
      tell({ kind: "progress", done });
    });
    // Damaged working state is found, removed and told by the till itself; it says nothing against the ledger.
    const broken = firstBroken?.reason === "working-state" ? findings.find(isOfLedger) : firstBroken;
    tell({ kind: "result", entries, broken: broken ?? null });
  } catch (error) {
    tell({ kind: "failed", fault: faultOf(error) });
  }
}

function isOfLedger({ reason }: Broken): boolean {
  return reason !== "working-state";
}

if (parentPort !== null) {
  const port = parentPort;
  await check(workerData as CheckOrder, (message) => port.postMessage(message));
}
