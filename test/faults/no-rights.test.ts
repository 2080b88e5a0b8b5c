import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openTestLedger, temporaryFolder } from "../main/ledger/support.ts";

const program = fileURLToPath(new URL("./opening-till.ts", import.meta.url));

/** The user that owns nothing. */
const nobody = 65_534;

/** What a till of that user says of each folder when it opens it. */
function openAsNobody(...folders: string[]): unknown {
  const run = spawnSync(process.execPath, [program, ...folders], { uid: nobody, gid: nobody, encoding: "utf8" });
  return run.status === 0 ? JSON.parse(run.stdout) : run.stderr;
}

const reason = findReason();

function findReason(): string | undefined {
  if (process.getuid?.() !== 0) return "only root can start a program as somebody else";
  const { status } = spawnSync(process.execPath, ["--check", program], { uid: nobody, gid: nobody });
  return status === 0 ? undefined : "others cannot read this project's files";
}

/** Tills of that user's own, all alike, of which each has one path that belongs to root. */
function tillsWithout(paths: readonly string[]): string[] {
  const root = temporaryFolder();
  chmodSync(root, 0o755);
  const made = join(root, "made");
  openTestLedger(made).close();
  return paths.map((path, index) => {
    const till = join(root, String(index));
    cpSync(made, till, { recursive: true });
    for (const name of [".", ...readdirSync(till, { recursive: true, encoding: "utf8" })]) {
      const isRoots = name === path || (path === ".pem" && name.endsWith(path));
      if (!isRoots) chownSync(join(till, name), nobody, nobody);
    }
    return till;
  });
}

describe.skipIf(reason !== undefined)(`a till without rights to its folder (${reason ?? "as another user"})`, () => {
  test("says so of its folder and of every file in it that somebody else made, as a till once started as root", () => {
    const paths = ["nothing", ".", "ledger.db", "marks", join("marks", "mark-a"), "keys", ".pem"];
    const tills = tillsWithout(paths);
    expect(openAsNobody(...tills)).toEqual([
      "opened",
      ...Array.from({ length: 5 }, () => "folder.not-writable"),
      "ledger.key-missing",
    ]);
  });

  test("says that it cannot make its folder where nobody may make one", () => {
    const root = temporaryFolder();
    chmodSync(root, 0o755);
    expect(openAsNobody(join(root, "till"), join(root, "deep", "till"))).toEqual([
      "folder.not-writable",
      "folder.not-writable",
    ]);
  });
});
