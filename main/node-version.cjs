/**
 * Stops with one clear sentence on a Node that is too old.
 *
 * It is plain CommonJS and is loaded by `--require`, because an older Node cannot read TypeScript and would end in a
 * segmentation fault inside better-sqlite3 before any of our own code could say why.
 */
"use strict";

const oldestMajor = 24;
const major = Number(process.versions.node.split(".")[0]);
if (major < oldestMajor) {
  process.stderr.write(
    `Suanpan needs Node ${oldestMajor} or newer and this is Node ${process.versions.node}: ` +
      "run `npm ci`, which brings the right one, and start it with `npm start`.\n",
  );
  process.exit(1);
}
