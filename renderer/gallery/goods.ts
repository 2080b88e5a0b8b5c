import type { Tile } from "../../main/contract/snapshot.ts";

/**
 * The name of a picture as the hash it stands for: the gallery has no catalogue, so whoever serves it (the test) reads
 * the name back out of these 64 hexadecimal digits.
 */
export function pictureOf(name: string): string {
  const hex = [...new TextEncoder().encode(name)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.padEnd(64, "0");
}

type Row = [id: string, en: string, zh: string, priceMinor: number, unit: Tile["unit"], picture: string | null];

const rows: readonly Row[] = [
  ["banana", "Bananas", "香蕉", 690, "kilogram", "banana"],
  ["apple", "Fuji apples", "红富士苹果", 1180, "kilogram", "apple"],
  ["mandarin", "Mandarins", "蜜橘", 860, "kilogram", "mandarin"],
  ["tomato", "Tomatoes", "番茄", 760, "kilogram", "tomato"],
  ["pak-choi", "Pak choi", "上海青", 680, "kilogram", "pak-choi"],
  ["potato", "Potatoes", "土豆", 420, "kilogram", "potato"],
  ["bun", "Steamed bun", "鲜肉包", 250, "each", "steamed-bun"],
  ["egg", "Tea egg", "茶叶蛋", 200, "each", "tea-egg"],
  ["corn", "Sweet corn", "甜玉米", 500, "each", "sweet-corn"],
  ["soy-milk", "Soy milk", "现磨豆浆", 350, "each", "soy-milk"],
  ["coffee", "Coffee", "咖啡", 1200, "each", "coffee"],
  ["bag", "Carrier bag", "购物袋", 50, "each", "carrier-bag"],
  ["lager", "Lager 330 ml can", "拉格啤酒 330 毫升罐", 650, "each", "lager-can"],
  ["tea", "Jasmine tea 500 ml", "茉莉花茶 500 毫升", 450, "each", null],
  ["crackers", "Sesame rice crackers 150 g", "芝麻米饼 150 克", 880, "each", "crackers"],
  ["flowers", "Flowers", "鲜花", 0, "each", null],
];

/** A shelf of goods, with and without pictures, by weight and by piece, one with an age limit and a deposit, one whose price is typed. */
export const tiles: readonly Tile[] = rows.map(([itemId, en, zh, priceMinor, unit, picture]) => ({
  itemId,
  name: { en, "zh-CN": zh },
  unit,
  priceMinor,
  ...(picture === null ? {} : { picture: pictureOf(picture) }),
  ...(itemId === "lager" ? { ageMinimum: 18, depositMinor: 50 } : {}),
  ...(itemId === "flowers" ? { openPrice: true as const } : {}),
}));

/** The categories of the shelf. */
export const categories = [
  { id: "popular", name: { en: "Popular", "zh-CN": "常用" } },
  { id: "produce", name: { en: "Produce", "zh-CN": "果蔬" } },
  { id: "bakery", name: { en: "Bakery", "zh-CN": "面点" } },
  { id: "hot", name: { en: "Hot food", "zh-CN": "熟食" } },
  { id: "drinks", name: { en: "Drinks", "zh-CN": "饮料" } },
  { id: "snacks", name: { en: "Snacks", "zh-CN": "零食" } },
  { id: "home", name: { en: "Home", "zh-CN": "日用" } },
  { id: "bags", name: { en: "Bags", "zh-CN": "购物袋" } },
];
