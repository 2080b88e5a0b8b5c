/** One step of the schema. Once released it is never changed; a correction is the next step. */
export type Migration = { number: number; name: string; sql: string };
