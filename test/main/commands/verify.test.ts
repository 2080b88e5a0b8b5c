import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLedger } from "../../../main/ledger/open.ts";
import { ledgerOptions, temporaryFolder } from "../ledger/support.ts";
import { tamper } from "../ledger/verify/forge.ts";
import { makeWholeTill } from "../ledger/verify/whole-till.ts";
import { runTill } from "../run-node.ts";

// What an accountant, or a manager at the terminal, gets to see of a ledger that somebody had in hand.
test("a changed ledger is named in sentences, and for scripts in codes of a shape that stays", async () => {
  const till = makeWholeTill(join(temporaryFolder(), "till"));
  const folder = tamper(till.folder, (database) => {
    database.exec("UPDATE journal SET text = replace(text, '1130', '1131') WHERE seq = 4");
    database.exec(`DELETE FROM private_values WHERE entry_id = '${till.noted.id}'`);
  });
  const words = await runTill("verify", folder);
  expect(words.code).toBe(1);
  expect(words.out).toMatch(
    /^3 entries hold\. This does not:\n- Entry 4 was changed after it was written\. \(entry 4, stored-hash\)\n/,
  );
  expect(words.out).toContain("Stop selling on this till");
  const { code, out } = await runTill("verify", folder, "--json");
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    entries: 3,
    head: { seq: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    firstBroken: { seq: 4, reason: "stored-hash", params: {} },
    marks: expect.any(Array) as unknown[],
  });
}, 120_000);

test("a backup and an export are verified by their file, removed values are said, and nothing of them is an error", async () => {
  const { folder } = makeWholeTill(join(temporaryFolder(), "till"));
  const ledger = openLedger(ledgerOptions(folder));
  const [file, lines] = [join(folder, "backup.db"), join(folder, "export.jsonl")];
  writeFileSync(lines, [...ledger.exportLines()].join(""));
  const { seq } = ledger.head();
  ledger.close();
  copyFileSync(join(folder, "ledger.db"), file);
  const copied = tamper(folder, (database) => void database.exec("DELETE FROM private_values"));
  const removed = await runTill("verify", copied);
  expect([removed.code, removed.out]).toEqual([
    0,
    expect.stringMatching(
      /entries hold\..*\n2 personal values were removed; the entries that held them are whole\.\n$/,
    ),
  ]);
  for (const source of [file, lines]) {
    const ran = await runTill("verify", source, "--json");
    expect(JSON.parse(ran.out)).toMatchObject({ ok: true, entries: seq });
  }
}, 120_000);
