import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CanonicalValue } from "../../../sync/protocol/canonical.ts";
import type { SeededChance } from "../../../main/demo/seeded.ts";
import {
  anotherKey,
  forcedSql,
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
import { writeFolder } from "./till-files.ts";

/** A till in the hands of somebody who may do anything with its files. */
export type Scene = {
  /** The folder of the second evening, to be tampered with. */
  folder: string;
  history: History;
  chance: SeededChance;
};

/** One way to tamper with a till, and what has to show it. */
export type Tampering = {
  name: string;
  /** Does it. What the database itself refuses throws. */
  does(scene: Scene): void;
  /** Each of these has to be among what the witnesses say; none where nothing is wrong and nobody may cry out. */
  shownBy: readonly string[];
};

/** A sale somewhere in the first half of the journal. */
const someSale = ({ chance }: Scene) => 7 + chance.below(4);

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
  const id = `${String(entry["id"]).slice(0, -6)}${String(100_000 + chance.below(900_000))}`;
  return { ...entry, id, type: "drawer.opened", body: { drawer: "main", reason: "no-sale" } };
}

const columns = "seq, ledger, id, type, text, hash, signature, key_id";

/** What SQL does to the file of a till that is not running. */
const bySql: readonly Tampering[] = [
  {
    name: "update, as the tables stand",
    does: ({ folder }) => inDatabase(folder, (database) => void database.exec("UPDATE journal SET text = 'x'")),
    shownBy: ["database"],
  },
  {
    name: "delete, as the tables stand",
    does: ({ folder }) => inDatabase(folder, (database) => void database.exec("DELETE FROM journal WHERE seq = 5")),
    shownBy: ["database"],
  },
  {
    name: "replace, which goes past the triggers of a connection that does not ask for them",
    does: (scene) =>
      inDatabase(scene.folder, (database) => {
        const changed = columns.replace("text", "replace(text, 'CNY', 'HKD')");
        database.pragma("recursive_triggers = OFF");
        database.exec(
          `REPLACE INTO journal (${columns}) SELECT ${changed} FROM journal WHERE seq = ${someSale(scene)}`,
        );
      }),
    shownBy: ["verify stored-hash"],
  },
  {
    name: "update of an amount, triggers put back",
    does: (scene) =>
      forcedSql(
        scene.folder,
        `UPDATE journal SET text = replace(text, '"quantity":1', '"quantity":2') WHERE seq = ${someSale(scene)}`,
      ),
    shownBy: ["verify stored-hash"],
  },
  {
    name: "update of the last entry",
    does: ({ folder }) =>
      forcedSql(
        folder,
        "UPDATE journal SET text = replace(text, '2026', '2025') WHERE seq = (SELECT max(seq) FROM journal)",
      ),
    shownBy: ["opening ledger.damaged stored-hash", "verify stored-hash"],
  },
  {
    name: "delete in the middle",
    does: (scene) => forcedSql(scene.folder, `DELETE FROM journal WHERE seq = ${someSale(scene)}`),
    shownBy: ["verify sequence"],
  },
  {
    name: "two entries that change places",
    does: (scene) => {
      const seq = someSale(scene);
      const move = (from: number, to: number) => `UPDATE journal SET seq = ${to} WHERE seq = ${from};`;
      forcedSql(scene.folder, move(seq, 9999) + move(seq + 1, seq) + move(9999, seq + 1));
    },
    shownBy: ["verify sequence"],
  },
  {
    name: "another key's id",
    does: (scene) =>
      forcedSql(scene.folder, `UPDATE journal SET key_id = '0123456789abcdef' WHERE seq = ${someSale(scene)}`),
    shownBy: ["verify unknown-key"],
  },
  {
    name: "trigger drop",
    does: ({ folder }) => inDatabase(folder, (database) => void database.exec("DROP TRIGGER journal_refuses_update")),
    shownBy: ["opening ledger.damaged schema"],
  },
  {
    name: "a trigger of the same name that refuses nothing",
    does: ({ folder }) =>
      inDatabase(folder, (database) => {
        database.exec("DROP TRIGGER journal_refuses_delete");
        database.exec("CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal BEGIN SELECT 1; END");
      }),
    shownBy: ["opening ledger.damaged schema"],
  },
  {
    name: "one more trigger, which takes a tenth off every sale",
    does: ({ folder }) =>
      inDatabase(folder, (database) => {
        const body = "UPDATE sales SET total_minor = total_minor * 9 / 10 WHERE seq = new.seq";
        database.exec(`CREATE TRIGGER tithe AFTER INSERT ON sales BEGIN ${body}; END`);
      }),
    shownBy: ["opening ledger.damaged schema"],
  },
  {
    name: "table swap",
    does: ({ folder }) =>
      inDatabase(folder, (database) => {
        database.exec(
          "CREATE TABLE other AS SELECT * FROM journal; DROP TABLE journal; ALTER TABLE other RENAME TO journal",
        );
      }),
    shownBy: ["opening ledger.damaged schema"],
  },
  {
    name: "table swap with the journal's own definition, one entry left out",
    does: (scene) =>
      inDatabase(scene.folder, (database) => {
        const kept = database
          .prepare<[], string>(
            "SELECT sql FROM sqlite_schema WHERE tbl_name = 'journal' AND sql IS NOT NULL ORDER BY type",
          )
          .pluck()
          .all();
        database.exec(`CREATE TABLE kept AS SELECT * FROM journal WHERE seq <> ${someSale(scene)}; DROP TABLE journal`);
        for (const sql of kept) database.exec(sql);
        database.exec("INSERT INTO journal SELECT * FROM kept; DROP TABLE kept");
      }),
    shownBy: ["verify sequence"],
  },
  {
    name: "the database says that it is of an older version",
    does: ({ folder }) => inDatabase(folder, (database) => void database.pragma("user_version = 4")),
    shownBy: ["opening ledger.migration-failed"],
  },
];

/** What is done to whole files. */
const byFile: readonly Tampering[] = [
  {
    name: "rolled-back file",
    does: ({ folder, history }) => writeFileSync(join(folder, "ledger.db"), history.then.get("ledger.db") ?? ""),
    shownBy: ["opening ledger.behind-mark", "verify behind-mark"],
  },
  {
    name: "rolled-back folder, marks and all",
    does: ({ folder, history }) => writeFolder(folder, history.then),
    shownBy: ["receipt receipt.not-found", "platform ledger.fork"],
  },
  {
    name: "rolled-back file, marks deleted",
    does({ folder, history }) {
      writeFileSync(join(folder, "ledger.db"), history.then.get("ledger.db") ?? "");
      for (const name of ["mark-a", "mark-b"]) rmSync(join(folder, "marks", name), { force: true });
    },
    shownBy: ["receipt receipt.not-found", "platform ledger.fork"],
  },
  {
    name: "file deleted",
    does: ({ folder }) => rmSync(join(folder, "ledger.db")),
    shownBy: ["opening ledger.behind-mark"],
  },
  {
    name: "copied file of another till",
    does: ({ folder, history }) => writeFileSync(join(folder, "ledger.db"), history.other.get("ledger.db") ?? ""),
    shownBy: ["opening ledger.behind-mark"],
  },
  {
    name: "the whole folder of another till",
    does: ({ folder, history }) => writeFolder(folder, history.other),
    shownBy: ["receipt receipt.other-till"],
  },
  {
    name: "swapped marks",
    does({ folder }) {
      const [a, b] = ["mark-a", "mark-b"].map((name) => join(folder, "marks", name)) as [string, string];
      const [ofA, ofB] = [readFileSync(a), readFileSync(b)];
      writeFileSync(a, ofB);
      writeFileSync(b, ofA);
    },
    shownBy: [],
  },
  {
    name: "the marks of another till",
    does({ folder, history }) {
      for (const name of ["mark-a", "mark-b"])
        writeFileSync(join(folder, "marks", name), history.other.get(join("marks", name)) ?? "");
    },
    shownBy: ["opening ledger.behind-mark"],
  },
  {
    name: "both marks torn",
    does({ folder }) {
      for (const name of ["mark-a", "mark-b"]) writeFileSync(join(folder, "marks", name), "torn");
    },
    shownBy: ["told marks.unreadable"],
  },
];

/** What somebody does who can sign: with another key, or with the till's own. */
const byKey: readonly Tampering[] = [
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
  writeFileSync(file, history.other.get("ledger.db") ?? "");
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

/** What is done to what stands beside the journal. */
const besideJournal: readonly Tampering[] = [
  ...[
    ["balances", "UPDATE balances SET amount_minor = amount_minor - 500 WHERE account = 'cash:1'"],
    ["postings", "DELETE FROM postings WHERE seq = 7"],
    ["sales", "UPDATE sales SET total_minor = total_minor - 500 WHERE seq = 7"],
    ["payments", "UPDATE payments SET state = 'paid' WHERE state = 'unknown'"],
    ["shifts", "UPDATE shifts SET float_minor = 0"],
    ["prints", "DELETE FROM prints WHERE kind = 'reprinted'"],
    ["enrolments", "UPDATE enrolments SET till_number = 7"],
    ["business_days", "UPDATE business_days SET business_day = '2026-11-01' WHERE first_seq = 1"],
    ["incidents", "DELETE FROM incidents"],
  ].map(([table = "", sql = ""]) => ({
    name: `changed ${table}`,
    does: ({ folder }: Scene) => inDatabase(folder, (database) => void database.exec(sql)),
    shownBy: ["verify projection-differs"],
  })),
  {
    name: "changed note",
    does: ({ folder }) =>
      inDatabase(folder, (database) => void database.exec("UPDATE private_values SET value = 'Invoice to nobody'")),
    shownBy: ["told row.damaged private_values"],
  },
  {
    name: "removed note, which is legal",
    does: ({ folder }) => inDatabase(folder, (database) => void database.exec("DELETE FROM private_values")),
    shownBy: [],
  },
  {
    name: "changed working state",
    does: ({ folder }) =>
      inDatabase(
        folder,
        (database) => void database.exec("UPDATE parked_sales SET basket = replace(basket, '2', '3')"),
      ),
    shownBy: ["told row.damaged parked_sales"],
  },
  {
    name: "the platform's mark pulled back",
    does: ({ folder }) =>
      inDatabase(folder, (database) => void database.exec("UPDATE platform_marks SET acknowledged_seq = 3")),
    shownBy: ["told row.damaged platform_marks"],
  },
  {
    name: "the platform's mark over sales that it does not have, with a checksum that holds",
    does: ({ folder, history }) => {
      // The platform is one that never got the second day.
      history.platform.hashes.length = Math.floor(history.headSeq / 2);
      forgePlatformMark(folder, history.headSeq);
    },
    // The next entry tells: the platform misses those before it and gets them.
    shownBy: ["platform has all"],
  },
];

/** Every way to tamper that is tried. */
export const tamperings: readonly Tampering[] = [...bySql, ...byFile, ...byKey, ...besideJournal];
