import { readGoods } from "./read-goods.ts";

/** Buns, pancakes and pastries from the counter under a four-digit code, and packed bread. */
export const bakeryGoods = readGoods(
  "bakery",
  `
g-0070 | 8101           | xrb   |  250 | each | vat13 | Steamed bun             | 鲜肉包 | picture steamed-bun popular 7
g-0071 | 8102           | xgqcb |  200 | each | vat13 | Mushroom and greens bun | 香菇青菜包 | picture steamed-bun
g-0072 | 8103           | dsb   |  200 | each | vat13 | Red bean bun            | 豆沙包 | picture steamed-bun
g-0073 | 8104           | nhb   |  250 | each | vat13 | Custard bun             | 奶黄包 | picture steamed-bun
g-0074 | 8105           | mt    |  100 | each | vat13 | Plain mantou            | 馒头
g-0075 | 8106           | htmt  |  150 | each | vat13 | Brown sugar mantou      | 红糖馒头
g-0076 | 8107           | hj    |  150 | each | vat13 | Flower roll             | 花卷
g-0077 | 8108           | zmsb  |  200 | each | vat13 | Sesame flatbread        | 芝麻烧饼
g-0078 | 8109           | yt    |  250 | each | vat13 | Youtiao                 | 油条 | picture youtiao popular 13
g-0079 | 8110           | cyb   |  300 | each | vat13 | Spring onion pancake    | 葱油饼
g-0080 | 8111           | jdgb  |  700 | each | vat13 | Egg-filled pancake      | 鸡蛋灌饼
g-0081 | 8112           | jbgz  |  800 | each | vat13 | Jianbing                | 煎饼果子
g-0082 | 8113           | xlb   | 1200 | each | vat13 | Soup dumplings 8 pieces | 小笼包 8 只 | picture steamer popular 20
g-0083 | 8114           | sm    |  300 | each | vat13 | Siu mai                 | 烧卖
g-0084 | 8115           | njb   |  650 | each | vat13 | Croissant               | 牛角包 | picture croissant
g-0085 | 8116           | dt    |  450 | each | vat13 | Egg tart                | 蛋挞
g-0086 | 8117           | blb   |  500 | each | vat13 | Pineapple bun           | 菠萝包
g-0087 | 8118           | rsmb  |  600 | each | vat13 | Pork floss bun          | 肉松面包
g-0088 | 8119           | dhs   |  550 | each | vat13 | Egg yolk pastry         | 蛋黄酥
g-0089 | 8120           | lpb   |  400 | each | vat13 | Winter melon pastry     | 老婆饼
g-0090 | 8121           | wryb  |  680 | each | vat13 | Five-nut mooncake       | 五仁月饼
g-0091 | 06991217001079 | qmmb  | 1250 | each | vat13 | Wholemeal bread 400 g   | 全麦面包 400 克 | picture bread
g-0092 | 06991217001147 | tsmb  | 1090 | each | vat13 | Toast bread 400 g       | 吐司面包 400 克 | picture bread
g-0093 | 06991217001215 | nxxmb | 1180 | each | vat13 | Milk rolls 300 g        | 奶香小面包 300 克
g-0094 | 06991217001284 | jdg   |  980 | each | vat13 | Sponge cakes 250 g      | 鸡蛋糕 250 克
g-0095 | 06991217001352 | rsj   | 1280 | each | vat13 | Swiss roll 240 g        | 瑞士卷 240 克
g-0096 | 06991217001420 | ldg   | 1480 | each | vat13 | Mung bean cakes 200 g   | 绿豆糕 200 克
g-0097 | 06991217001499 | ghg   | 1380 | each | vat13 | Osmanthus cakes 180 g   | 桂花糕 180 克
`,
);
