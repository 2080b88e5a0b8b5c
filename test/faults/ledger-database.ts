import Database from "better-sqlite3";

const databases: Database.Database[] = [];
const pragma = Database.prototype.pragma;

/**
 * Notices every database that is opened from now on. The ledger does not hand out its own, and what a test sets in it is
 * no switch of the till.
 */
export function noticeDatabases(): void {
  Database.prototype.pragma = function (this: Database.Database, ...typed: Parameters<typeof pragma>) {
    if (!databases.includes(this)) databases.push(this);
    return pragma.apply(this, typed);
  };
}

/** The open database of this file. */
export function databaseOf(file: string): Database.Database {
  const database = databases.findLast((each) => each.open && each.name === file);
  if (database === undefined) throw new Error(`Nobody has opened ${file}`);
  return database;
}
