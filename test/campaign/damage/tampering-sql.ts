import { forcedSql, inDatabase } from "./forger.ts";
import { someSale, type Tampering } from "./tampering.ts";

const columns = "seq, ledger, id, type, text, hash, signature, key_id";

/** What SQL does to the file of a till that is not running. */
export const bySql: readonly Tampering[] = [
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
        `UPDATE journal SET text = replace(text, '"totalMinor":', '"totalMinor":1') 
         WHERE seq = (SELECT min(seq) FROM journal WHERE type = 'sale.settled' AND seq >= ${someSale(scene)})`,
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
