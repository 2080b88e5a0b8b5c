import { afterAll, beforeAll, expect, test } from "vitest";
import { openGallery, sizes, type Gallery } from "./support/gallery.ts";

/** What the cashier's page does by itself, without a till that answers: the gallery's till refuses everything in words. */
let gallery: Gallery;

beforeAll(async () => {
  gallery = await openGallery();
}, 120_000);

afterAll(async () => gallery?.close());

test("what was paid in cash adds up: the rounding stands between the total and what was handed over", async () => {
  await gallery.show("change", sizes.till);
  for (const text of ["Cash rounding", "−0.04", "Change"])
    await gallery.page.getByText(text, { exact: true }).first().waitFor();
  await gallery.show("paid", sizes.till);
  expect(await gallery.page.getByText("Cash rounding").count()).toBe(0);
});

test("the paper of a refund shows what goes back with a minus, as the printer prints it", async () => {
  await gallery.show("refunded", sizes.till);
  const paper = gallery.page.locator('[class*="_paper_"]');
  expect(await paper.getByText("−¥91.24").count()).toBe(1);
  expect(await paper.getByText("−9.94").count()).toBe(1);
});

test("once the printer is mended the page asks for the receipt instead of repeating the old fault", async () => {
  await gallery.show("paid-mended", sizes.till);
  await gallery.page.getByText("Printer is ready again. Print the receipt.").waitFor();
  expect(await gallery.page.locator("main").getByText("paper").count()).toBe(0);
});

test("the keyboard finds goods, walks over them, and comes back to the key that opened a panel", async () => {
  const focused = () => gallery.page.evaluate(() => document.activeElement?.textContent ?? "");
  const waitForFocus = (text: string) =>
    gallery.page.waitForFunction((words) => document.activeElement?.textContent?.includes(words) === true, text);
  await gallery.show("selling", sizes.till);
  await gallery.page.keyboard.press("F2");
  await gallery.page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
  await gallery.page.getByRole("searchbox").fill("ba");
  await gallery.page.keyboard.press("Enter");
  await waitForFocus("Bananas");
  await gallery.page.keyboard.press("ArrowRight");
  expect(await focused()).toContain("Fuji apples");
  await gallery.page.keyboard.press("Enter");
  await gallery.page.getByText("Type the weight").waitFor();
  await gallery.page.keyboard.press("Escape");
  await waitForFocus("Fuji apples");
  await gallery.page.getByRole("button", { name: "More", exact: true }).focus();
  await gallery.page.keyboard.press("Enter");
  await gallery.page.getByText("Close shift").waitFor();
  await gallery.page.keyboard.press("Escape");
  await waitForFocus("More");
  await gallery.page.keyboard.press("ArrowLeft");
  await waitForFocus("Receipts");
  await gallery.show("empty", sizes.till);
  await gallery.page.keyboard.press("F8");
  await gallery.page.locator("main").getByText("Cash keys appear with the first item.").waitFor();
});

/** A press of F9 as a till's keyboard sends it. */
const pressMain = () => gallery.page.keyboard.press("F9");

/** Waits on the page's own clock, which is what the page counts double touches by. */
async function letPass(milliseconds: number): Promise<void> {
  const until = (await gallery.page.evaluate(() => performance.now())) + milliseconds;
  await gallery.page.waitForFunction((at) => performance.now() > at, until);
}

test("a double touch does not answer a question that nobody has read: odd cash, the close of a shift", async () => {
  for (const [screen, typed, question] of [
    ["cash", "123456", /^Really ¥/],
    ["count", "", "Really close?"],
  ] as const) {
    await gallery.show(screen, sizes.till);
    await gallery.page.keyboard.type(typed, { delay: 130 });
    // Both presses in one go: a machine that is busy must not turn them into two slow ones.
    await gallery.page.evaluate(() => {
      const strike = () => dispatchEvent(new KeyboardEvent("keydown", { key: "F9", cancelable: true }));
      strike();
      return new Promise((resolve) => requestAnimationFrame(() => resolve(strike())));
    });
    await gallery.page.getByText(question).waitFor();
    expect(await gallery.page.getByText("still working on what was touched before").count()).toBe(0);
    await letPass(350);
    await pressMain();
    // The gallery's till answers with a refusal: that it is here shows that the answer was sent.
    await gallery.page.getByText("still working on what was touched before").waitFor();
  }
}, 30_000);

test("a slip on the pads is asked about or named before it costs anything", async () => {
  await gallery.show("cash", sizes.till);
  await gallery.page.keyboard.type("123456", { delay: 130 });
  await gallery.page.keyboard.press("F9");
  await gallery.page.getByText(/^Really ¥/).waitFor();
  await gallery.show("quantity", sizes.till);
  for (const key of ["Backspace", "Backspace", "0"]) await gallery.page.keyboard.press(key);
  await gallery.page.locator('[data-shortcut="main"]').getByText("Remove").waitFor();
  await gallery.show("weight-empty", sizes.till);
  await gallery.page.keyboard.type("842", { delay: 130 });
  await gallery.page.keyboard.press("F9");
  await gallery.page.getByText("Really 842.000 kg?").waitFor();
}, 30_000);

test("Enter takes what was typed on a pad and does not type the digit that a finger touched last once more", async () => {
  const { page } = gallery;
  const takesAt = async (screen: string, words: string | RegExp) => {
    await page.keyboard.press("Enter");
    // The gallery's till answers every call with the same refusal: that it is here shows that the number was taken.
    await page.getByText("still working on what was touched before").first().waitFor();
    expect([screen, await page.getByText(words).count()]).not.toEqual([screen, 0]);
  };
  await gallery.show("quantity", sizes.till);
  for (const key of ["Clear", "1", "2"]) await page.getByRole("button", { name: key, exact: true }).click();
  await takesAt("touched", "Set to 12");
  await gallery.show("weight", sizes.till);
  await page.getByRole("button", { name: "g", exact: true }).click();
  await page.keyboard.type("842", { delay: 130 });
  await takesAt("touched, then typed", "0.842 kg");
  // Who walks with Tab presses the key that has the focus, as everywhere else.
  await gallery.show("quantity", sizes.till);
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await page.getByText("Set to 6").waitFor();
}, 30_000);

test("in a small window or at 200 % zoom the total, the cash keys and the main key stay in view", async () => {
  for (const [width, height] of [
    [512, 384],
    [640, 400],
    [800, 600],
  ] as const) {
    for (const screen of ["selling", "long", "empty", "asking", "unknown", "paid", "change", "cash"]) {
      await gallery.show(screen, { width, height });
      const hidden = await gallery.page.evaluate(() => {
        const lower = document.querySelector('[class*="_lower"]')!;
        const parts = lower.querySelectorAll('button, output, h2, [class*="_main_"]');
        return [...parts]
          .map((part) => ({ part, box: part.getBoundingClientRect() }))
          .filter(({ box }) => box.height > 0 && (box.top < 0 || box.bottom > innerHeight))
          .map(({ part }) => part.textContent);
      });
      expect([screen, width, ...hidden, ...(await gallery.overflowing())]).toEqual([screen, width]);
    }
  }
}, 60_000);

test("a scan leaves the search field as it was and presses no key that has the focus", async () => {
  await gallery.show("selling", sizes.till);
  await gallery.page.keyboard.press("F2");
  const field = gallery.page.getByRole("searchbox");
  await gallery.page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
  await field.pressSequentially("te");
  // A scanner begins later than a person's last key; until the detector is at rest the two would be one burst.
  await gallery.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  await scan("6901234567892");
  // The gallery's till answers every call with the same refusal: that it is here shows that the scan was sent.
  await gallery.page.getByText("still working on what was touched before").first().waitFor();
  expect(await field.inputValue()).toBe("te");
  await gallery.page.keyboard.press("Escape");
  await gallery.page.getByRole("button", { name: "Discount", exact: true }).focus();
  await scan("6901234567892");
  await gallery.page.getByText("still working on what was touched before").first().waitFor();
  expect(await gallery.page.getByText("Type the discount").count()).toBe(0);
});

test("a scan while money is typed is refused in words and is never taken for money", async () => {
  await gallery.show("cash", sizes.till);
  await scan("6901234567892");
  await gallery.page.getByText("A code was scanned while an amount was being typed.").waitFor();
  await gallery.page.getByText("Type the cash").waitFor();
});

/** Strikes keys as a scanner does: in one go, a few milliseconds apart, Enter at the end. */
async function scan(code: string): Promise<void> {
  await gallery.page.evaluate((text) => {
    const target = document.activeElement ?? document.body;
    for (const key of [...text, "Enter"]) {
      const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      const isPassed = target.dispatchEvent(event);
      // What the browser would do with a key that was let through.
      if (isPassed && target instanceof HTMLInputElement && key.length === 1) {
        const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
        set?.call(target, target.value + key);
        target.dispatchEvent(new Event("input", { bubbles: true }));
      }
      if (isPassed && target instanceof HTMLButtonElement && key === "Enter") target.click();
    }
  }, code);
}

test("a sale is paid with the keyboard alone: every key can be reached and shows where the focus is", async () => {
  await gallery.show("selling", sizes.till);
  const reached = new Set<string>();
  for (let step = 0; step < 80; step += 1) {
    await gallery.page.keyboard.press("Tab");
    const focused = await gallery.page.evaluate(() => {
      const element = document.activeElement!;
      const ring = getComputedStyle(element).outlineStyle !== "none";
      // The search field's ring is drawn around its icon as well; after the last key the focus leaves the page.
      const isExempt = element instanceof HTMLInputElement || element === document.body;
      return { name: element === document.body ? "" : element.textContent, hasRing: ring || isExempt };
    });
    expect(focused).toMatchObject({ hasRing: true });
    reached.add(focused.name ?? "");
  }
  const names = [...reached].join("|");
  for (const name of ["Discount", "Pay ¥91.24", "Cash ¥91.20", "Bananas", "Produce", "Remove", "Fuji apples"]) {
    expect(names).toContain(name);
  }
  await gallery.page.keyboard.press("F9");
  await gallery.page.getByText("Scan the wallet code").waitFor();
  await gallery.page.keyboard.press("Escape");
  await gallery.page.getByText("or scan the shopper’s wallet code now").waitFor();
}, 60_000);

/** The figures of the bill in minor units: what stands in the column of the lines, and the total. */
async function billFigures(): Promise<{ column: number; total: number }> {
  return gallery.page.evaluate(() => {
    const minor = (text: string) => Number(text.replace("−", "-").replaceAll(/[^\d-]/g, ""));
    const bill = [...document.querySelectorAll("section")].at(-1)!;
    const prices = [...bill.querySelectorAll('[class*="_price_"], [class*="_deposit_"]')]
      .filter((element) => element.children.length === 0 || element.querySelector("s") === null)
      .map((element) =>
        [...element.childNodes]
          .filter((node) => node instanceof Text)
          .map((node) => node.data)
          .join(""),
      )
      .filter((text) => /\d/.test(text));
    const discount = [...bill.querySelectorAll('[class*="_tax_"] span:last-child, [class*="_discount_"]')]
      .map((element) => element.textContent ?? "")
      .filter((text) => text.startsWith("−"));
    return {
      column: [...prices, ...discount].reduce((sum, text) => sum + minor(text), 0),
      total: minor(bill.querySelector('output, [class*="_total_"] [class*="_amount_"]')?.textContent ?? ""),
    };
  });
}

test("what the bill shows adds up to its total: lines after their discounts, deposits, the discount of the sale", async () => {
  for (const screen of ["selling", "discounted", "line-discounts", "age-open", "paid-discounted"]) {
    await gallery.show(screen, sizes.till);
    const { column, total } = await billFigures();
    expect([screen, column]).toEqual([screen, total]);
  }
});

test("the age stands in the way of the money: the main key and F8 ask for it, and cash has no key", async () => {
  const { page } = gallery;
  await gallery.show("age-open", sizes.till);
  await page.locator('[data-shortcut="main"]').getByText("Age is checked").waitFor();
  await page.getByText("18+ · check: born on or before 20 Nov 2008").waitFor();
  await page.getByRole("button", { name: /^Too young/ }).waitFor();
  expect(await page.getByRole("button", { name: /^Cash/ }).count()).toBe(0);
  await page.keyboard.press("F8");
  await page.getByText("Check the age first, then take the payment.").waitFor();
  await gallery.show("discounted", sizes.till);
  await page.getByText("18+ checked 14:30, Chen Yu").waitFor();
});

test("a wallet with too little is offered the way out: a part in cash", async () => {
  const { page } = gallery;
  await gallery.show("declined", sizes.till);
  await page.getByRole("button", { name: "Part in cash" }).click();
  await page.getByText("Type the part").waitFor();
  await page.keyboard.type("50", { delay: 130 });
  await page.locator('[data-shortcut="main"]').getByText("then the wallet, ¥41.24").waitFor();
  await gallery.show("part", sizes.till);
  await page.getByText("¥40.18, the rest of this sale").waitFor();
  await page.getByRole("button", { name: /^Take the part back/ }).waitFor();
});

test("nothing is given back before goods and a reason are chosen, and the key says how much and where to", async () => {
  const { page } = gallery;
  const main = page.locator('[data-shortcut="main"]');
  await gallery.show("refund", sizes.till);
  await page.getByText("Choose the goods").waitFor();
  await page.getByRole("button", { name: /^One more of Jasmine tea/ }).click();
  await page.getByText("Choose why").waitFor();
  expect(await main.count()).toBe(0);
  await page.getByRole("button", { name: "Faulty" }).click();
  await main.getByText("Give back ¥23.15").waitFor();
  await main.getByText("to the wallet that paid").waitFor();
  await page.getByText("back already").waitFor();
  await page.getByRole("button", { name: /^One less of Jasmine tea/ }).click();
  await page.getByText("Choose the goods").waitFor();
  await gallery.show("receipt-refunded", sizes.till);
  await page.getByRole("button", { name: /^Return goods/ }).click({ force: true });
  expect(await page.getByRole("group", { name: "Why does it come back?" }).count()).toBe(0);
});

test("an amount without goods is typed, up to what is left, and is chosen by the keyboard alone", async () => {
  const { page } = gallery;
  await gallery.show("refund", sizes.till);
  await page.getByRole("button", { name: /^Money only/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Type the amount").waitFor();
  await page.keyboard.type("99999", { delay: 130 });
  await page.getByText("More than is left").waitFor();
  for (let index = 0; index < 5; index += 1) await page.keyboard.press("Backspace");
  await page.keyboard.type("23.15", { delay: 130 });
  await page.getByText("Choose why").waitFor();
  await page.getByRole("button", { name: "Wrong price" }).click();
  await page.locator('[data-shortcut="main"]').getByText("Give back ¥23.15").waitFor();
});

test("a refund to a wallet never says more than the platform has", async () => {
  const { page } = gallery;
  await gallery.show("refunded-wallet", sizes.till);
  await page.getByText("¥31.50 goes back to the wallet when the platform confirms.").waitFor();
  await gallery.show("refunded-given-back", sizes.till);
  await page.getByText("¥31.50 is back in the wallet.").waitFor();
  await gallery.show("refunded-needs-you", sizes.till);
  await page.getByText("¥31.50 is not in the wallet. The sync log says why.").waitFor();
});

// A shopper stands there with a phone that says "paid": the number on it finds out what is true.
test("the number on a shopper's phone finds the payment, the sale that it paid, and what was undone elsewhere", async () => {
  await gallery.show("receipts", sizes.till);
  await gallery.page.getByRole("textbox", { name: "Receipt or payment number" }).fill("4021 7796");
  const found = gallery.page.getByRole("region", { name: "Payments with this number" });
  await found.waitFor();
  const rows = await found.getByRole("listitem").allTextContents();
  expect(rows[0]).toMatch(/4021.7796.*WeChat Pay has paid, receipt 2-20701.*¥36\.05/s);
  expect(rows[1]).toMatch(/4021.7796.*Undone, nothing is charged, at till 1.*¥12\.00/s);
  expect(await gallery.axe()).toEqual([]);
  await gallery.keep("found-payments");
});

test("every key below the goods has a key of the keyboard, also while a panel lies over it", async () => {
  const { page } = gallery;
  for (const screen of ["selling", "settings"]) {
    for (const [key, words] of [
      ["F4", "Type the discount"],
      ["F5", "Scan the receipt of the sale, type its number, or touch it here."],
      ["F7", "Discount of this line"],
      ["F10", "Scan a receipt, type its number or a payment number, or touch one."],
      ["Shift+F1", "Close shift"],
      ["Shift+F8", "Type the cash"],
    ] as const) {
      await gallery.show(screen, sizes.till);
      await page.keyboard.press(key);
      await page.getByText(words).first().waitFor();
    }
  }
  await gallery.show("parked", sizes.till);
  await page.keyboard.press("F3");
  await page.getByRole("button", { name: /^14:22/ }).waitFor();
}, 30_000);

test("arrow keys walk over the lines and Enter opens one", async () => {
  const { page } = gallery;
  await gallery.show("selling", sizes.till);
  await page.getByRole("button", { name: /Pork and chive/ }).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Fresh milk 250 ml" }).waitFor();
});

test("with text at 200 % the total and the main key stay in view, and every line can be scrolled to", async () => {
  for (const screen of ["selling", "discounted", "long", "age-open"]) {
    await gallery.show(`${screen}&text=200`, sizes.till);
    const hidden = await gallery.page.evaluate(() => {
      const inView = (element: Element | null | undefined) => {
        const box = element?.getBoundingClientRect();
        return box !== undefined && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
      };
      const bill = [...document.querySelectorAll("section")].at(-1)!;
      const found: string[] = [];
      if (!inView(bill.querySelector("output"))) found.push("total");
      if (!inView(bill.querySelector('[data-shortcut="main"]'))) found.push("main key");
      for (const line of bill.querySelectorAll("[data-bill-line]")) {
        line.scrollIntoView({ block: "nearest" });
        const box = line.getBoundingClientRect();
        const seen = document.elementFromPoint(box.left + 60, (box.top + box.bottom) / 2);
        if (seen === null || !line.contains(seen)) found.push(line.textContent ?? "");
        if (!inView(bill.querySelector("output"))) found.push("total after scrolling");
      }
      return found;
    });
    expect([screen, ...hidden]).toEqual([screen]);
  }
}, 30_000);
