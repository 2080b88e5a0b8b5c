import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CanonicalValue } from "../../../sync/protocol/canonical.ts";
import type { SeededChance } from "../../../main/demo/seeded.ts";
import {
  anotherKey,
  forgeMarks,
  forgePlatformMark,
  forgetVerified,
  inDatabase,
  ownKey,
  rebuildTables,
  rewriteJournal,
  type Fields,
} from "./forger.ts";
import type { History } from "./history.ts";
import { someSale, type Tampering } from "./tampering.ts";

/** The entry with every amount of money doubled: its own sums still agree. */
function moreMoney(entries: Fields[], seq: number): Fields[] {
  return entries.map((entry) =>
    entry.seq === seq ? { ...entry, body: doubled(entry.body) as Fields["body"] } : entry,
  );
}

function doubled(value: CanonicalValue, name = ""): CanonicalValue {
  if (typeof value === "number") return name.endsWith("Minor") ? value * 2 : value;
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((member) => doubled(member));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, doubled(member, key)]));
}

/** The drawer was opened, as somebody says afterwards. */
function drawerOpened(entry: Fields, chance: SeededChance): Fields {
  const id = `${entry.id.slice(0, -6)}${String(100_000 + chance.below(900_000))}`;
  return { ...entry, id, type: "drawer.opened", body: { drawer: "main", reason: "no-sale" } };
}

/** What somebody does who can sign: with another key, or with the till's own. */
export const byKey: readonly Tampering[] = [
  {
    name: "tail re-signed with another key",
    does(scene) {
      const seq = someSale(scene);
      rewriteJournal(scene.folder, anotherKey(scene.folder), (entries) => moreMoney(entries, seq));
      forgeMarks(scene.folder);
      forgetVerified(scene.folder);
    },
    shownBy: ["verify unknown-key", "receipt receipt.not-found", "platform ledger.bad-signature"],
  },
  {
    name: "everything re-signed with another key, the first entry names it, every mark on this machine made to agree",
    does({ folder, history }) {
      const key = anotherKey(folder);
      const { keyId, publicKey } = key;
      const named = (entry: Fields) =>
        entry.seq === 1 ? { ...entry, body: { ...entry.body, keyId, publicKey } } : entry;
      rewriteJournal(folder, key, (entries) => entries.map(named));
      coverUp(folder, history.headSeq);
    },
    shownBy: ["receipt receipt.not-found", "platform ledger.bad-signature"],
  },
  {
    name: "a sale made larger and the rest re-signed with the till's own key",
    does(scene) {
      const seq = someSale(scene);
      rewriteJournal(scene.folder, ownKey(scene.folder), (entries) => moreMoney(entries, seq));
    },
    shownBy: ["opening ledger.damaged", "verify mark-differs"],
  },
  {
    name: "the same, marks made to agree",
    does(scene) {
      const seq = someSale(scene);
      rewriteJournal(scene.folder, ownKey(scene.folder), (entries) => moreMoney(entries, seq));
      forgeMarks(scene.folder);
    },
    shownBy: ["opening ledger.damaged verified-head"],
  },
  {
    name: "the same, everything on this machine made to agree",
    does(scene) {
      const seq = someSale(scene);
      rewriteJournal(scene.folder, ownKey(scene.folder), (entries) => moreMoney(entries, seq));
      coverUp(scene.folder, scene.history.headSeq);
    },
    shownBy: ["receipt receipt.not-found", "platform ledger.bad-chain"],
  },
  {
    name: "an entry put in, everything on this machine made to agree",
    does(scene) {
      const at = someSale(scene);
      rewriteJournal(scene.folder, ownKey(scene.folder), (entries) =>
        entries.flatMap((entry) => (entry.seq === at ? [drawerOpened(entry, scene.chance), entry] : [entry])),
      );
      coverUp(scene.folder, scene.history.headSeq);
    },
    shownBy: ["receipt receipt.not-found", "platform ledger.bad-chain"],
  },
  {
    name: "an entry left out, everything on this machine made to agree",
    does(scene) {
      // Between the payments of the first day, so that every table can still be made from what is left.
      rewriteJournal(scene.folder, ownKey(scene.folder), (entries) =>
        entries.filter(({ seq }) => seq !== scene.history.headSeq - 1),
      );
      coverUp(scene.folder, scene.history.headSeq - 1);
    },
    shownBy: ["platform ledger.fork"],
  },
  {
    name: "tail cut off, everything on this machine made to agree",
    does(scene) {
      const { folder, history, chance } = scene;
      const end = history.headSeq - 2 - chance.below(3);
      rewriteJournal(folder, ownKey(folder), (entries) => entries.slice(0, end));
      coverUp(folder, end);
    },
    shownBy: ["receipt receipt.not-found", "platform ledger.fork"],
  },
  {
    name: "an entry of another till put at the end",
    does({ folder, history }) {
      appendForeign(folder, history);
    },
    shownBy: ["opening ledger.damaged previous-hash", "verify sequence"],
  },
];

/** Makes everything agree that somebody can reach who has this machine and nothing else. */
function coverUp(folder: string, confirmedSeq: number): void {
  forgeMarks(folder);
  forgetVerified(folder);
  forgePlatformMark(folder, confirmedSeq);
  rebuildTables(folder);
}

function appendForeign(folder: string, history: History): void {
  const file = join(folder, "other.db");
  writeFileSync(file, history.otherTill.get("ledger.db") ?? "");
  inDatabase(folder, (database) => {
    database.exec(`ATTACH '${file}' AS other`);
    const seq = history.headSeq + 1;
    database.exec(
      `INSERT INTO main.journal SELECT ${seq}, ledger, id, type, text, hash, signature, key_id FROM other.journal WHERE seq = 8`,
    );
    database.exec("DETACH other");
  });
  rmSync(file);
}
