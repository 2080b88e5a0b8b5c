import packageJson from "../package.json" with { type: "json" };

/** The version of this software, as the journal names it. */
export const softwareVersion: string = packageJson.version;
