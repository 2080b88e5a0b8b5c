import { afterAll, beforeAll, test } from "vitest";
import { checkKeyboard, checkLongText, checkScreens } from "./support/gallery-checks.ts";
import { openGallery, sizes, type Gallery } from "./support/gallery.ts";

const screens = [
  "console-gate",
  "console-gate-refused",
  "console-reaching",
  "console-unreachable",
  "console-overview",
  "console-overview-well",
  "console-overview-empty",
  "console-away",
  "console-tills",
  "console-tills-code",
  "console-tills-new-disk",
  "console-tills-empty",
  "console-payments",
  "console-payments-empty",
  "console-bills",
  "console-bills-agree",
  "console-bills-none",
  "console-needs",
  "console-needs-none",
  "console-chat",
  "console-chat-writing",
  "console-chat-none-open",
  "console-chat-fetching",
  "console-fault",
];

let gallery: Gallery;

beforeAll(async () => {
  gallery = await openGallery();
}, 240_000);

afterAll(async () => gallery?.close());

test("an operator with poor sight, in either language, reads and reaches everything on the console", async () => {
  await checkScreens(gallery, screens, { size: sizes.manager });
}, 300_000);

test("nothing of the console is cut off in a longer language or with text at 200 %", async () => {
  await checkLongText(gallery, screens, sizes.manager);
}, 300_000);

test("without a pointer the operator gets around the console, makes a code and asks a shop", async () => {
  await checkKeyboard(gallery, "console-tills-code", {
    size: sizes.manager,
    names: ["Overview", "Payments", "Bills", "Needs you", "Chat", "Leave", "What for", "Make a code", "Copy"],
  });
  await checkKeyboard(gallery, "console-needs", { size: sizes.manager, names: ["Ask the shop"] });
});
