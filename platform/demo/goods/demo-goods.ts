import { bagsGoods } from "./bags.ts";
import { bakeryGoods } from "./bakery.ts";
import { chilledGoods } from "./chilled.ts";
import { drinksGoods } from "./drinks.ts";
import { homeGoods } from "./home.ts";
import { hotFoodGoods } from "./hot-food.ts";
import { pantryGoods } from "./pantry.ts";
import { produceGoods } from "./produce.ts";
import { snacksGoods } from "./snacks.ts";
import type { DemoCategory, DemoGood } from "./types.ts";

/** Everything the demo shop sells, in the order of its shelves. */
export const demoGoods: readonly DemoGood[] = [
  ...produceGoods,
  ...bakeryGoods,
  ...hotFoodGoods,
  ...drinksGoods,
  ...snacksGoods,
  ...homeGoods,
  ...bagsGoods,
  ...chilledGoods,
  ...pantryGoods,
];

/**
 * The categories as the till's strip shows them. The first is a view: no good names it as its category, it shows the
 * goods that carry a popular rank, in the order of the rank.
 */
export const demoCategories: readonly DemoCategory[] = [
  { id: "popular", name: { en: "Popular", "zh-CN": "常用" }, order: 0 },
  { id: "produce", name: { en: "Produce", "zh-CN": "果蔬" }, order: 1 },
  { id: "bakery", name: { en: "Bakery", "zh-CN": "面点" }, order: 2 },
  { id: "hot-food", name: { en: "Hot food", "zh-CN": "熟食" }, order: 3 },
  { id: "drinks", name: { en: "Drinks", "zh-CN": "饮料" }, order: 4 },
  { id: "snacks", name: { en: "Snacks", "zh-CN": "零食" }, order: 5 },
  { id: "home", name: { en: "Home", "zh-CN": "日用" }, order: 6 },
  { id: "bags", name: { en: "Bags", "zh-CN": "购物袋" }, order: 7 },
  { id: "chilled", name: { en: "Chilled", "zh-CN": "冷藏" }, order: 8 },
  { id: "pantry", name: { en: "Pantry", "zh-CN": "粮油" }, order: 9 },
];
