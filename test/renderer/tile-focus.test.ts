import { expect, test } from "vitest";
import { nextTile } from "../../renderer/cashier/tile-focus.ts";

test("arrow keys walk over the tiles as they lie, and stop at the edges instead of losing the focus", () => {
  expect(nextTile("ArrowRight", 0, 8, 3)).toBe(1);
  expect(nextTile("ArrowDown", 1, 8, 3)).toBe(4);
  expect(nextTile("ArrowUp", 4, 8, 3)).toBe(1);
  expect(nextTile("ArrowUp", 1, 8, 3)).toBeNull();
  expect(nextTile("ArrowDown", 5, 8, 3)).toBeNull();
  expect(nextTile("ArrowLeft", 0, 8, 3)).toBeNull();
  expect(nextTile("End", 0, 8, 3)).toBe(7);
  expect(nextTile("Home", 7, 8, 3)).toBe(0);
  expect(nextTile("a", 3, 8, 3)).toBeNull();
});
