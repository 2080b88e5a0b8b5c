import { randomBytes } from "node:crypto";
import { writeSync } from "node:fs";
import { Socket } from "node:net";
import type { Logger } from "pino";
import type { Snapshot } from "../../../../main/contract/snapshot.ts";
import { createIdSource } from "../../../../main/ledger/ids.ts";
import { openLedger } from "../../../../main/ledger/open.ts";
import { openTill, type Till } from "../../../../main/till.ts";
import { softwareVersion } from "../../../../main/version.ts";
import { floatMinor, type Command, type Plan, type Said, type View } from "../wire.ts";
import { hookDatabase } from "./database-hooks.ts";
import { hookFiles } from "./file-hooks.ts";
import { hookSockets } from "./socket-hooks.ts";

/** How a till that is to be killed hears, speaks and ends. */
export type Ends = {
  /** Descriptors of what it reads commands from and says its lines to. */
  readFrom: number;
  writeTo: number;
  /** Kills this process with SIGKILL. */
  kill(): void;
  /** The till has put itself away, or could not be opened. */
  over(code: number): void;
};

type Going = { plan: Plan; ends: Ends; times: number };

let going: Going | null = null;

/** Hangs the hooks in. Before a till runs they change nothing. */
export function hook(): void {
  const { lastCommit } = hookDatabase(reach);
  hookFiles(reach, lastCommit);
  hookSockets(reach, () => going?.plan.printerPort);
}

/**
 * Runs a real till that is there to be killed. It opens the data folder as any till does, answers its contract, and ends by
 * SIGKILL at the step that its plan names, or from outside; by itself only when it is asked to put itself away.
 */
export async function runVictim(plan: Plan, ends: Ends): Promise<void> {
  going = { plan, ends, times: 0 };
  try {
    if (plan.task === "rebuild") {
      rebuild(plan);
      ends.over(0);
    } else await sell(plan, ends);
  } catch (error) {
    say({ failed: describe(error) });
    ends.over(1);
  }
}

/** Says that nobody handled an error, as the last word of a process that ends with it. */
export function sayUnhandled(error: unknown): void {
  say({ failed: describe(error) });
}

function reach(step: string): void {
  if (going === null || going.plan.dieAt?.step !== step) return;
  going.times += 1;
  if (going.times < going.plan.dieAt.time) return;
  say({ dying: step });
  going.ends.kill();
}

/** Every byte is with the system when this returns: what was said is heard whatever happens to this process. */
function say(said: Said): void {
  const bytes = Buffer.from(`${JSON.stringify(said)}\n`);
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(going?.ends.writeTo ?? 2, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

function rebuild(plan: Plan): void {
  const ids = createIdSource({ now: Date.now, random: (count) => randomBytes(count) });
  const clock = { now: Date.now, zone: "Asia/Shanghai" };
  const ledger = openLedger({ folder: plan.folder, clock, ids, softwareVersion });
  ledger.rebuild();
  ledger.close();
}

async function sell(plan: Plan, ends: Ends): Promise<void> {
  const till = await openTill({
    folder: plan.folder,
    platformUrl: plan.platformUrl,
    ...(plan.enrolmentCode === undefined ? {} : { enrolmentCode: plan.enrolmentCode }),
    devices: { printer: { host: "127.0.0.1", port: plan.printerPort, profile: "gb18030-80mm" } },
    floatMinor,
    log: createLog(),
  });
  reach("start.ready");
  till.service.watch((snapshot) => say({ shown: viewOf(snapshot) }));
  say({ ready: viewOf(till.service.snapshot()) });
  const commands = new Socket({ fd: ends.readFrom });
  let text = "";
  commands.setEncoding("utf8").on("data", (more: string) => {
    const lines = (text + more).split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) void answer(till, JSON.parse(line) as Command, commands, ends);
  });
  // Whoever started it is gone.
  commands.on("end", () => ends.over(2)).on("error", () => ends.over(2));
}

async function answer(till: Till, command: Command, commands: Socket, ends: Ends): Promise<void> {
  const { id } = command;
  try {
    if ("close" in command) {
      await till.close();
      say({ answer: id, value: {} });
      commands.removeAllListeners("end").destroy();
      ends.over(0);
      return;
    }
    const { methods } = till.service.contract;
    const method = command.method as keyof typeof methods;
    const handler = till.service.handlers[method] as (input: unknown, caller: { role: string }) => unknown;
    const input: unknown = methods[method].input.parse(command.input);
    say({ answer: id, value: await handler(input, { role: command.role }) });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : describe(error);
    say({ refused: id, code });
  }
}

function viewOf(snapshot: Snapshot): View {
  const { basket, payment, undoing, outcome, notice, staff, sync, devices } = snapshot;
  return {
    basket,
    ...(payment === undefined ? {} : { payment }),
    ...(undoing === undefined ? {} : { undoing }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(notice === undefined ? {} : { notice: noticeOf(notice) }),
    parked: (staff?.parked ?? []).map(({ saleId, totalMinor, payment }) => {
      return { saleId, totalMinor, ...(payment === undefined ? {} : { paymentId: payment.paymentId }) };
    }),
    online: sync.state === "online",
    printerIsReady: devices.every(({ state }) => state === "ready"),
  };
}

function noticeOf({ id, fault, open }: NonNullable<Snapshot["notice"]>): NonNullable<View["notice"]> {
  return { id, code: fault.code, ...(open === undefined ? {} : { saleId: open.saleId }) };
}

/** What the till calls an error is the campaign's business; the rest it says to nobody. */
function createLog(): Logger {
  const nothing = () => {};
  const error = (facts: { err?: unknown }, words: string) => say({ trouble: `${words}: ${describe(facts.err)}` });
  return { error, fatal: error, warn: nothing, info: nothing, debug: nothing, trace: nothing } as unknown as Logger;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? `${String(error.code)} ${JSON.stringify("params" in error ? error.params : {})} ` : "";
  return `${code}${error.stack ?? error.message}`.slice(0, 1500);
}
