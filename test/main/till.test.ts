import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { openTill, type TillOptions } from "../../main/till.ts";
import { parseEnrolmentCode } from "../../sync/protocol/enrolment-code.ts";
import { startTestPlatform } from "../platform/support/test-platform.ts";
import { makeCode } from "../platform/support/test-till.ts";
import { codeFrom } from "./checkout/test-shop.ts";
import { temporaryFolder } from "./ledger/support.ts";

function options(changes: Partial<TillOptions>): TillOptions {
  const log = pino({ level: "silent" });
  return { folder: temporaryFolder(), platformUrl: "http://127.0.0.1:9", devices: {}, floatMinor: 0, log, ...changes };
}

test("a new till that nobody enrolled, or that cannot reach its platform, says so and can be started again", async () => {
  const folder = temporaryFolder();
  for (const [changes, code] of [
    [{}, "till.not-enrolled"],
    [{ enrolmentCode: "nonsense" }, "enrolment.code-malformed"],
  ] as const) {
    expect(await codeFrom(openTill(options({ folder, ...changes })))).toBe(code);
  }
});

// A code from the shop next door, or an address that somebody else answers: the till must not give itself to them.
test("a new till takes only the platform that its code names, one code once, and an unreachable one not at all", async () => {
  const platform = await startTestPlatform();
  onTestFinished(() => platform.stop());
  const { code, secret } = await makeCode(platform);
  const parsed = parseEnrolmentCode(code);
  expect(parsed?.secret).toBe(secret);
  const foreign = code.replace(parsed?.rootHash ?? "?", "0".repeat(64));
  expect(foreign).not.toBe(code);
  expect(await codeFrom(openTill(options({ platformUrl: platform.url, enrolmentCode: foreign })))).toBe(
    "enrolment.wrong-platform",
  );
  const { code: fresh } = await makeCode(platform);
  expect(await codeFrom(openTill(options({ enrolmentCode: fresh })))).toBe("platform.not-reached");
  const folder = temporaryFolder();
  const till = await openTill(options({ folder, platformUrl: platform.url, enrolmentCode: fresh }));
  const { number, zone } = till.service.snapshot().till;
  expect([number, zone]).toEqual([expect.any(Number), "Asia/Shanghai"]);
  await till.close();
  expect(await codeFrom(openTill(options({ platformUrl: platform.url, enrolmentCode: fresh })))).toBe(
    "enrolment.code-used",
  );
  // Enrolled, it opens without code and without platform, and every entry has the shop's own time.
  const again = await openTill(options({ folder }));
  expect(again.service.snapshot()).toMatchObject({ till: { number }, sync: { salesWaiting: 0 } });
  await again.close();
}, 60_000);

test("a till whose printer profile does not exist says so before it sells", async () => {
  const platform = await startTestPlatform();
  onTestFinished(() => platform.stop());
  const { code } = await makeCode(platform);
  const printer = { host: "127.0.0.1", port: 9, profile: "no such printer" };
  const folder = temporaryFolder();
  const wrong = options({ folder, platformUrl: platform.url, enrolmentCode: code, devices: { printer } });
  expect(await codeFrom(openTill(wrong))).toBe("command.invalid");
  // What was opened was put away again: the folder is free.
  const till = await openTill(options({ folder, platformUrl: platform.url, enrolmentCode: code }));
  await till.close();
}, 60_000);
