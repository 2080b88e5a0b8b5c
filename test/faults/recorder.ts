import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A place where programs run under the recorder: what lies below `folder` is watched. */
export interface RecordedPlace {
  folder: string;
  record: string;
  /** Starts a program with the folder and more as its arguments; it ends by itself or is killed. */
  start(program: URL, typed: readonly string[], environment?: Record<string, string>): ChildProcess;
  /** Starts it and waits for its end; gives what it said on standard error and how it ended. */
  run(program: URL, typed: readonly string[], environment?: Record<string, string>): Promise<ProgramEnd>;
  /** Makes the folder anew where it was removed. */
  makeFolder(): void;
  /** Removes everything. */
  remove(): void;
}

/** How a program ended: `code` is null where a signal ended it. */
export interface ProgramEnd {
  code: number | null;
  signal: string | null;
  errors: string;
}

/** Why nothing can be recorded on this machine; undefined where it can. */
export const recorderMissing: string | undefined = findReason();

function findReason(): string | undefined {
  if (process.platform !== "linux")
    return `the recorder is preloaded, which is done for Linux only, not ${process.platform}`;
  try {
    execFileSync("cc", ["--version"], { stdio: "ignore" });
    return undefined;
  } catch {
    // Nothing is wrong with a machine without one: a till needs none.
    return "there is no C compiler (cc) for the recorder";
  }
}

/** Makes a temporary place and compiles the recorder into it. */
export function makeRecordedPlace(): RecordedPlace {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "suanpan-faults-")));
  const folder = join(place, "disk");
  const record = join(place, "record");
  const recorder = join(place, "recorder.so");
  const source = join(import.meta.dirname, "recorder.c");
  mkdirSync(folder);
  writeFileSync(record, "");
  execFileSync("cc", ["-shared", "-fPIC", "-O1", "-o", recorder, source, "-ldl", "-lpthread"]);
  const start: RecordedPlace["start"] = (program, typed, environment = {}) =>
    spawn(process.execPath, [fileURLToPath(program), folder, ...typed], {
      env: {
        ...process.env,
        LD_PRELOAD: recorder,
        FAULTS_FOLDER: folder,
        FAULTS_RECORD: record,
        FAULTS_WITNESS: join(place, "witness"),
        ...environment,
      },
      stdio: ["ignore", "inherit", "pipe"],
    });
  return {
    folder,
    record,
    start,
    async run(program, typed, environment) {
      const child = start(program, typed, environment);
      let errors = "";
      child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors += text));
      const [code, signal] = (await once(child, "close")) as [number | null, string | null];
      return { code, signal, errors };
    },
    makeFolder: () => mkdirSync(folder),
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}
