import type { SeededChance } from "../../../main/demo/seeded.ts";
import type { History } from "./history.ts";

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
  /** Each of these has to begin something that the witnesses say. Where all are legal, nobody may say anything else. */
  shownBy: readonly string[];
};

/** A sale somewhere in the first half of the journal. */
export const someSale = ({ chance }: Scene) => 7 + chance.below(4);
