import { expect } from "vitest";
import { looks, type Gallery, type Size } from "./gallery.ts";

/**
 * Holds screens against what every screen of ours must be: usable with a screen reader or poor sight (axe), in both
 * languages and all themes, without breaking the content policy, with nothing cut off and no key too small for a finger.
 * A picture of one that is not is kept. `leastPixels` is the smallest target at this size. Where a page is checked at a second size
 * only for its layout, `isLayoutAlone` leaves axe out: what it finds does not change with the size.
 */
export async function checkScreens(
  gallery: Gallery,
  screens: readonly string[],
  options: {
    size: Size;
    leastPixels?: number;
    looks?: readonly string[];
    isLayoutAlone?: boolean;
    /** What else a page of this kind must not do, in words; it runs in the page. */
    wrongIn?: () => string[];
  },
): Promise<void> {
  const { size, leastPixels } = options;
  for (const screen of screens) {
    for (const [index, look] of (options.looks ?? looks).entries()) {
      const query = `${screen}&${look}`;
      await gallery.show(query, size);
      const found = [
        // Another look changes colours and words; roles, names and order are those of the first one.
        ...(options.isLayoutAlone === true ? [] : await gallery.axe(index === 0 ? "all" : "colours")),
        ...gallery.complaints(),
        ...(await gallery.overflowing()),
        ...(await gallery.tooSmall(leastPixels)),
        ...(options.wrongIn === undefined ? [] : await gallery.page.evaluate(options.wrongIn)),
      ];
      // Pictures of all screens are a campaign of their own; here they take longer than all the checks.
      if (found.length > 0) await gallery.keep(query);
      expect([query, ...found]).toEqual([query]);
    }
  }
}

/** Nothing is cut off in a language a third longer, nor with text at 200 %. */
export async function checkLongText(
  gallery: Gallery,
  screens: readonly string[],
  size: Size,
  wrongIn?: () => string[],
): Promise<void> {
  for (const screen of screens) {
    for (const look of ["pseudo=1", "text=200"]) {
      const query = `${screen}&${look}`;
      await gallery.show(query, size);
      const wrong = wrongIn === undefined ? [] : await gallery.page.evaluate(wrongIn);
      expect([query, ...gallery.complaints(), ...(await gallery.overflowing()), ...wrong]).toEqual([query]);
    }
  }
}

/**
 * Everything that can be pressed is reached by the Tab key alone and shows where the focus is; `names` are texts that
 * must be among what was reached.
 */
export async function checkKeyboard(
  gallery: Gallery,
  screen: string,
  options: { size: Size; names: readonly string[]; steps?: number },
): Promise<void> {
  const { page } = gallery;
  await gallery.show(screen, options.size);
  const reached: string[] = [];
  for (let step = 0; step < (options.steps ?? 100); step += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement ?? document.body;
      if (element === document.body) return null;
      const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
      const hasRing = isField || getComputedStyle(element).outlineStyle !== "none";
      const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
      return { name: isField && name === "" ? element.placeholder : name, hasRing };
    });
    // After the last key the focus leaves the page.
    if (focused === null) break;
    expect([screen, focused.name, focused.hasRing]).toEqual([screen, focused.name, true]);
    reached.push(focused.name);
  }
  const all = reached.join("|");
  for (const name of options.names) expect(all).toContain(name);
}
