import { randomBytes, randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { Socket } from "node:net";
import type { FromNursery, ToNursery } from "../nursery-wire.ts";
import { runVictim, sayUnhandled } from "./victim.ts";

/** `fork.c`. */
type Fork = {
  connect(path: string): number;
  fork(): number;
  wait(): { process: number; signal: number; code: number };
  kill(): void;
  leave(code: number): void;
};

/** How many random ids Node makes ahead and keeps in memory, which two processes must never share. */
const idsMadeAhead = 128;

/**
 * The process that tills are forked from: it has loaded the till and run one, so that a fork begins where another process would
 * be after a second's work. It is told on descriptor 3 what to start, and tells there what has died.
 */
export function serveNursery(addOn: string): void {
  const fork = createRequire(import.meta.url)(addOn) as Fork;
  const control = new Socket({ fd: 3 });
  const alive = new Set<number>();
  let isFork = false;
  const tell = (message: FromNursery) => void control.write(`${JSON.stringify(message)}\n`);
  let text = "";
  control.setEncoding("utf8").on("data", (more: string) => {
    const lines = (text + more).split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) {
      // A fork begins in the middle of this: what else came is for its parent.
      if (!isFork) obey(JSON.parse(line) as ToNursery);
    }
  });
  control.on("end", () => fork.leave(0)).on("error", () => fork.leave(1));
  process.on("SIGCHLD", reap);

  function obey(message: ToNursery): void {
    if ("kill" in message) {
      if (alive.has(message.kill)) process.kill(message.kill, "SIGKILL");
    } else if (message.inside) runInside(message);
    else startFork(message);
  }

  /** Tells of every child that has ended. Until then its number is nobody else's. */
  function reap(): void {
    for (let ended = fork.wait(); ended.process !== 0; ended = fork.wait()) {
      const { process: number, signal, code } = ended;
      alive.delete(number);
      tell({ died: number, signal, code });
    }
  }

  /** A first till here, so that its forks find compiled what it has compiled. */
  function runInside({ id, path, plan }: Extract<ToNursery, { id: number }>): void {
    const connection = fork.connect(path);
    tell({ started: id, process: process.pid });
    const over = (code: number) => {
      tell({ died: process.pid, signal: 0, code });
    };
    void runVictim(plan, { readFrom: connection, writeTo: connection, kill: () => fork.leave(1), over });
  }

  function startFork({ id, path, plan }: Extract<ToNursery, { id: number }>): void {
    const child = fork.fork();
    if (child !== 0) {
      alive.add(child);
      tell({ started: id, process: child });
      return;
    }
    isFork = true;
    process.off("SIGCHLD", reap);
    control.removeAllListeners().destroy();
    beSomebodyElse();
    const connection = fork.connect(path);
    if (connection < 0) fork.leave(71);
    for (const event of ["uncaughtException", "unhandledRejection"] as const) {
      process.on(event, (error: unknown) => {
        sayUnhandled(error);
        fork.leave(70);
      });
    }
    const ends = { readFrom: connection, writeTo: connection, kill: () => fork.kill() };
    void runVictim(plan, { ...ends, over: (code) => fork.leave(code) });
  }
}

/** What a process has by chance it must not share with its brothers. */
function beSomebodyElse(): void {
  for (let count = 0; count < idsMadeAhead; count += 1) randomUUID();
  Math.random = () => randomBytes(4).readUInt32LE() / 2 ** 32;
}
