import type { EntryBody, Names } from "../../sync/protocol/entry-types.ts";
import type { NewEntry } from "../ledger/entries.ts";

/** Who sells, in which shift, from which drawer. At a kiosk nobody does. */
export type Seller = {
  person?: { id: string; name: Names };
  shift: string;
  drawer: string;
  tillNumber: number;
};

/** An entry of a seller, with an id of its own. */
export function sellersEntry<T extends NewEntry["type"]>(
  { person, shift }: Seller,
  id: string,
  entry: { type: T; body: EntryBody<T> },
): NewEntry {
  return { id, ...(person === undefined ? {} : { person: person.id }), shift, ...entry } as NewEntry;
}
