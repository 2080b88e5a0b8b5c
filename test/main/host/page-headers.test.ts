import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileAnswer } from "../../../main/host/page-headers.ts";

// Without the right hash the browser drops the sheet: touch scrolling over buttons then stops working at the till.
test("the policy allows the one style sheet that this version of react-aria adds by itself", () => {
  const source = readFileSync(
    join(import.meta.dirname, "../../../node_modules/react-aria/dist/private/interactions/usePress.mjs"),
    "utf8",
  );
  const attribute = /var\$PRESSABLE_ATTRIBUTE = '([a-z-]+)'/.exec(source)?.[1] ?? "";
  const sheet = /style\.textContent = `([^`]*)`\.trim\(\)/
    .exec(source)?.[1]
    ?.replace(/\$\{[^}]*\}/, attribute)
    .trim();
  expect(sheet).toContain("touch-action");
  const hash = createHash("sha256")
    .update(sheet ?? "")
    .digest("base64");
  const { headers } = fileAnswer("text/html", new Uint8Array(), false);
  expect(headers["Content-Security-Policy"]).toContain(`style-src-elem 'self' 'sha256-${hash}'`);
});
