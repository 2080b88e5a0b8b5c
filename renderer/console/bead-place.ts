/** How far something has come on its rod. `there`: against the beam. `far`: not heard. `stopped`: a person must act. */
export type BeadPlace = "there" | "far" | "stopped" | "back";
