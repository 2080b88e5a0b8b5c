import { hash } from "node:crypto";
import { constants, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** The write-ahead log as an opening has found it. */
export interface FoundLog {
  /** The ledger is open: everything that was in the log is in it. */
  forget(): void;
  /** The ledger was refused for what it holds: the log goes to `set-aside/`, under the name of its content. */
  keep(): void;
}

/**
 * Holds on to a copy of the log before SQLite sees it. SQLite reads a log up to its first damaged frame, and forgets the
 * rest for good when it closes; whoever looks into a refused ledger later may still make something of it. Of a log that a
 * killed opening has left, the first copy stays. There may be none, as on a full disk.
 */
export function holdFoundLog(databaseFile: string): FoundLog {
  const log = `${databaseFile}-wal`;
  const copy = `${log}.found`;
  if (!existsSync(copy) && (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 0) copyOrNot(log, copy);
  return {
    forget: () => rmSync(copy, { force: true }),
    keep() {
      if (!existsSync(copy)) return;
      try {
        const aside = join(dirname(databaseFile), "set-aside");
        mkdirSync(aside, { recursive: true, mode: 0o700 });
        // A till that is refused again and again keeps one and the same log once.
        renameSync(copy, join(aside, `log-${hash("sha256", readFileSync(copy), "hex").slice(0, 16)}.db-wal`));
      } catch {
        // The refusal itself is what has to be told. The copy stays where it is.
      }
    },
  };
}

function copyOrNot(from: string, to: string): void {
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  } catch {
    // The disk is full, or the log cannot be read, of which SQLite will say more.
    rmSync(to, { force: true });
  }
}
