import { besideJournal } from "./tampering-beside.ts";
import { byFile } from "./tampering-files.ts";
import { byKey } from "./tampering-keys.ts";
import { bySql } from "./tampering-sql.ts";
import type { Tampering } from "./tampering.ts";

/** Every way to tamper that is tried. */
export const tamperings: readonly Tampering[] = [...bySql, ...byFile, ...byKey, ...besideJournal];
