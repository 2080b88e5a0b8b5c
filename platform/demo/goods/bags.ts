import { readGoods } from "./read-goods.ts";

/** Bags. The shop charges for each, as the rules on plastic bags ask. */
export const bagsGoods = readGoods(
  "bags",
  `
g-0267 | 8401           | gwd   |   50 | each | vat13 | Carrier bag          | 购物袋 | picture carrier-bag popular 12
g-0268 | 8402           | xhgwd |   30 | each | vat13 | Small carrier bag    | 小号购物袋 | picture carrier-bag
g-0269 | 8403           | dhgwd |   80 | each | vat13 | Large carrier bag    | 大号购物袋 | picture carrier-bag
g-0270 | 8404           | npzd  |  100 | each | vat13 | Paper bag            | 牛皮纸袋
g-0271 | 8405           | lpd   |  300 | each | vat13 | Gift bag             | 礼品袋
g-0272 | 06994431004291 | zdgwd |  980 | each | vat13 | Folding shopping bag | 折叠购物袋 1 只 | picture carrier-bag
g-0273 | 06994431004369 | fbd   | 1200 | each | vat13 | Cotton bag           | 帆布袋 1 只 | picture carrier-bag
g-0274 | 06994431004437 | bwd   | 1500 | each | vat13 | Insulated bag        | 保温袋 1 只
`,
);
