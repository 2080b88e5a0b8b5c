import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Program } from "./bundle.ts";
import type { FromNursery, ToNursery } from "./nursery-wire.ts";
import type { Plan } from "./wire.ts";

/** How a till's process ended; `words` is what it wrote on its standard error. */
export type End = { signal: string | null; code: number | null; words: string };

/** A till's process, from its start to its end. */
export type TillProcess = {
  write(line: string): void;
  /** Hears every line that the till says, from now on. The last ones come before its end is told. */
  hear(listener: (line: string) => void): void;
  ended: Promise<End>;
  kill(): void;
};

/** Where tills come from. */
export type Tills = {
  /** Starts a till. `first` is the one that is not killed: those after it are the faster for it. */
  start(plan: Plan, first: boolean): TillProcess;
  close(): Promise<void>;
};

const run = promisify(execFile);

/**
 * Tills that are forked from one process which has loaded them, where there is a C compiler and the system can; otherwise each
 * is started from nothing, which takes three times the work. `report` hears which it is.
 */
export async function openTills(program: Program, report: (words: string) => void): Promise<Tills> {
  const addOn = await compileFork(program);
  if (addOn === null) {
    report("There is no C compiler here: each till is started from nothing.\n");
    return { start: (plan) => spawnTill(program, plan), close: () => Promise.resolve() };
  }
  return new Nursery(program, addOn);
}

async function compileFork(program: Program): Promise<string | null> {
  if (process.platform !== "linux") return null;
  const addOn = join(program.folder, "fork.node");
  try {
    await run("cc", ["-shared", "-fPIC", "-O1", "-o", addOn, join(import.meta.dirname, "victim", "fork.c")]);
    return addOn;
  } catch {
    // Without a compiler, or with one that cannot do this, the slower way is as good.
    return null;
  }
}

function spawnTill(program: Program, plan: Plan): TillProcess {
  const child = spawn(process.execPath, [program.file, JSON.stringify(plan)], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, NODE_COMPILE_CACHE: program.cache, NODE_OPTIONS: "" },
  });
  const { stdin, stdout } = child;
  // Whoever writes to a till that has just died hears of it by its end.
  stdin.on("error", () => undefined);
  const words = collectWords(child);
  return {
    write: (line) => void stdin.write(`${line}\n`),
    hear: (listener) => hearLines(stdout, listener),
    // `close` comes after the last byte of the pipes.
    ended: new Promise((resolve) => {
      child.on("close", (code, signal) => resolve({ signal, code, words: words() }));
    }),
    kill: () => void child.kill("SIGKILL"),
  };
}

function collectWords(child: ChildProcess): () => string {
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-2000);
  });
  return () => words;
}

function hearLines(stream: NodeJS.ReadableStream, listener: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) listener(line);
  });
}

/** A till that is on its way: its process number comes from the nursery, its connection from itself. */
type Birth = {
  connected: PromiseWithResolvers<Socket>;
  started: PromiseWithResolvers<number>;
};

type Told = Extract<FromNursery, { died: number }>;

/** The harness's side of the process that tills are forked from. */
class Nursery implements Tills {
  readonly #process: ChildProcess;
  readonly #words: () => string;
  readonly #births = new Map<number, Birth>();
  readonly #deaths = new Map<number, PromiseWithResolvers<Told>>();
  #nextId = 1;

  constructor(program: Program, addOn: string) {
    // Nothing is left to other threads, which a fork does not copy; what is compiled is kept; and a till's short life fits
    // into the young part of the heap.
    const options = ["--single-threaded", "--no-flush-bytecode", "--min-semi-space-size=16"];
    this.#process = spawn(process.execPath, [...options, program.file, addOn], {
      stdio: ["ignore", "ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_COMPILE_CACHE: program.cache, NODE_OPTIONS: "" },
    });
    this.#words = collectWords(this.#process);
    const control = this.#control();
    control.on("error", () => undefined);
    hearLines(control, (line) => this.#hear(JSON.parse(line) as FromNursery));
    this.#process.on("close", () => this.#allDie());
  }

  start(plan: Plan, first: boolean): TillProcess {
    const id = this.#nextId;
    this.#nextId += 1;
    const birth: Birth = { connected: Promise.withResolvers(), started: Promise.withResolvers() };
    this.#births.set(id, birth);
    const path = join(tmpdir(), `suanpan-kill-${process.pid}-${id}`);
    const server = createServer((socket) => {
      server.close();
      rmSync(path, { force: true });
      socket.on("error", () => undefined);
      birth.connected.resolve(socket);
    });
    server.listen(path, () => this.#tell({ id, path, plan, inside: first }));
    return this.#processOf(birth, server);
  }

  async close(): Promise<void> {
    const closed = once(this.#process, "close");
    this.#control().end();
    await closed;
  }

  #processOf({ connected, started }: Birth, server: Server): TillProcess {
    let listener: (line: string) => void = () => {};
    let isDead = false;
    void connected.promise.then((socket) => hearLines(socket, (line) => listener(line)));
    const end = async (): Promise<End> => {
      const number = await started.promise;
      const death = await this.#deathOf(number).promise;
      isDead = true;
      this.#deaths.delete(number);
      // One that died before it spoke has no connection to wait for; of any other the last lines are still to come.
      const socket = server.listening ? null : await connected.promise;
      if (socket !== null) await closeOf(socket);
      server.close();
      return endOf(death, this.#words());
    };
    return {
      write: (line) => void connected.promise.then((socket) => socket.write(`${line}\n`)),
      hear(next) {
        listener = next;
      },
      ended: end(),
      kill: () => void started.promise.then((number) => (isDead ? undefined : this.#tell({ kill: number }))),
    };
  }

  #control(): Socket {
    return this.#process.stdio[3] as Socket;
  }

  #tell(message: ToNursery): void {
    this.#control().write(`${JSON.stringify(message)}\n`);
  }

  #hear(message: FromNursery): void {
    if ("started" in message) {
      this.#births.get(message.started)?.started.resolve(message.process);
      this.#births.delete(message.started);
    } else this.#deathOf(message.died).resolve(message);
  }

  #deathOf(number: number): PromiseWithResolvers<Told> {
    const known = this.#deaths.get(number);
    if (known !== undefined) return known;
    const death = Promise.withResolvers<Told>();
    this.#deaths.set(number, death);
    return death;
  }

  /** The nursery's own end takes its tills with it. */
  #allDie(): void {
    for (const [number, death] of this.#deaths) death.resolve({ died: number, signal: 0, code: 1 });
    for (const birth of this.#births.values()) birth.started.resolve(0);
    this.#deathOf(0).resolve({ died: 0, signal: 0, code: 1 });
  }
}

/** Whether a dead till's connection ends or breaks is all the same. */
function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once("close", () => resolve());
  });
}

function endOf({ signal, code }: { signal: number; code: number }, words: string): End {
  const name = Object.entries(constants.signals).find(([, number]) => number === signal)?.[0];
  return { signal: name ?? null, code: code < 0 ? null : code, words };
}
