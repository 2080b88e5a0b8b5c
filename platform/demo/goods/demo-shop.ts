import type { Person, Store } from "../../../sync/protocol/change.ts";
import type { DemoShopper, DemoTaxClass } from "./types.ts";

/** The demo shop. Nobody has carried coins below one jiao for years, so cash is rounded to ten fen. */
export const demoStore: Store = {
  id: "lantern-lane",
  name: { en: "Lantern Lane Grocery", "zh-CN": "灯笼巷便利店" },
  address: { en: "18 Lantern Lane, Huangpu District, Shanghai", "zh-CN": "上海市黄浦区灯笼巷 18 号" },
  zone: "Asia/Shanghai",
  currency: "CNY",
  cashRoundingMinor: 10,
  priceIncludesTax: true,
  cashNotesMinor: [100, 500, 1000, 2000, 5000, 10_000],
  wallets: ["wechat-pay", "alipay"],
  answersUntil: "21:00",
};

/** What the platform keeps of each wallet payment in the demo: 0.6 %, about what the large wallets of China ask. */
export const demoCommissionPartsPerMillion = 6_000;

/**
 * The tax classes, after the Chinese value added tax: 13 % on most goods; 9 % on grain, edible oil, salt, fresh milk
 * and primary produce; none on vegetables, meat and eggs in retail (Caishui 2011 No. 137 and 2012 No. 75). They are
 * close enough for a demo and no advice: a shop gets its classes from its own platform.
 */
export const demoTaxClasses: readonly DemoTaxClass[] = [
  { id: "vat13", name: { en: "VAT 13 %", "zh-CN": "增值税 13%" }, ratePartsPerMillion: 130_000 },
  { id: "vat9", name: { en: "VAT 9 %", "zh-CN": "增值税 9%" }, ratePartsPerMillion: 90_000 },
  { id: "vat0", name: { en: "VAT exempt", "zh-CN": "免征增值税" }, ratePartsPerMillion: 0 },
];

/** The PIN of everybody in the demo shop, so that whoever plays can be any of them. */
export const demoPin = "2580";

/** The PIN with a salt of each person's own. They are stored, not made at each start, so that nothing changes at one. */
const pins = {
  lin: pin("73272dc632cd85996f89799c7d88ca61", "eb2d265bdf1fb43ff510ac982b30fa4e0ddb878dd4ac08be776438778aad3790"),
  chen: pin("5eace1dee59afb6d29444e0ad924b3bc", "cae0e01d94dcdc7dc4c39ef4ee7c828f022c7164edab78d3ad3e0ebc77c7c2b8"),
  zhou: pin("a745f4fcef51afb8da989273d5b33f8e", "4b78fcaab2289301c882d93c831a714feb3efc743adcc46f3d191fa629732030"),
  sun: pin("fd8a28be50eb2a278b24c240824b2938", "f4628fe165c145850ccb696be907743b27245d9a9bb2776a2452ca4115356cb9"),
};

/** The people who work in the demo shop. */
export const demoPeople: readonly Person[] = [
  { id: "p-01", name: { en: "Lin Mei", "zh-CN": "林梅" }, roles: ["manager", "cashier", "attendant"], pin: pins.lin },
  { id: "p-02", name: { en: "Chen Yu", "zh-CN": "陈宇" }, roles: ["cashier", "attendant"], pin: pins.chen },
  { id: "p-03", name: { en: "Zhou Qing", "zh-CN": "周晴" }, roles: ["cashier", "attendant"], pin: pins.zhou },
  { id: "p-04", name: { en: "Sun Bo", "zh-CN": "孙博" }, roles: ["attendant"], pin: pins.sun },
];

/** The shoppers on the simulated counter. The last has too little for almost anything, to show a refusal. */
export const demoShoppers: readonly DemoShopper[] = [
  { id: "s-01", name: { en: "Wang Fang", "zh-CN": "王芳" }, balanceMinor: 50_000 },
  { id: "s-02", name: { en: "Li Jun", "zh-CN": "李军" }, balanceMinor: 32_000 },
  { id: "s-03", name: { en: "Zhao Min", "zh-CN": "赵敏" }, balanceMinor: 128_000 },
  { id: "s-04", name: { en: "Huang Lei", "zh-CN": "黄磊" }, balanceMinor: 20_000 },
  { id: "s-05", name: { en: "Xu Jing", "zh-CN": "徐静" }, balanceMinor: 8_800 },
  { id: "s-06", name: { en: "Ma Xiaole", "zh-CN": "马小乐" }, balanceMinor: 300 },
];

function pin(saltHex: string, hashHex: string): NonNullable<Person["pin"]> {
  return { saltHex, hashHex, cost: 16_384 };
}
