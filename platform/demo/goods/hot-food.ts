import { readGoods } from "./read-goods.ts";

/** Cooked food from the counter; cold dishes and roast sweet potatoes are weighed. */
export const hotFoodGoods = readGoods(
  "hot-food",
  `
g-0098 | 8201 | cyd    |   200 | each | vat13 | Tea egg                     | 茶叶蛋 | picture tea-egg popular 8
g-0099 | 8202 | tym    |   500 | each | vat13 | Sweet corn                  | 甜玉米 | picture sweet-corn popular 9
g-0100 | 8203 | ljt    |   780 | each | vat13 | Braised chicken leg         | 卤鸡腿 | picture chicken-leg
g-0101 | 8204 | zjt    |   850 | each | vat13 | Fried chicken leg           | 炸鸡腿 | picture chicken-leg popular 19
g-0102 | 8205 | kc     |   400 | each | vat13 | Grilled sausage             | 烤肠 | picture sausage popular 14
g-0103 | 8206 | gdz    |   250 | each | vat13 | Oden skewer                 | 关东煮
g-0104 | 8207 | ywc    |   300 | each | vat13 | Fish ball skewer            | 鱼丸串
g-0105 | 8208 | jqyft  |   580 | each | vat13 | Tuna rice ball              | 金枪鱼饭团 | picture rice-ball popular 18
g-0106 | 8209 | rsft   |   520 | each | vat13 | Pork floss rice ball        | 肉松饭团 | picture rice-ball
g-0107 | 8210 | xrz    |   600 | each | vat13 | Pork zongzi                 | 鲜肉粽
g-0108 | 8211 | hzz    |   500 | each | vat13 | Red date zongzi             | 红枣粽
g-0109 | 8212 | cm     |  1000 | each | vat13 | Fried noodles               | 炒面
g-0110 | 8213 | nrm    |  1800 | each | vat13 | Beef noodle soup            | 牛肉面 | picture noodle-bowl
g-0111 | 8214 | xrxht  |  1200 | each | vat13 | Wonton soup                 | 鲜肉小馄饨 | picture noodle-bowl
g-0112 | 8215 | yzcf   |  1500 | each | vat13 | Yangzhou fried rice         | 扬州炒饭
g-0113 | 8216 | hsrhf  |  2200 | each | vat13 | Braised pork lunch box      | 红烧肉盒饭
g-0114 | 8217 | gbjdhf |  1900 | each | vat13 | Kung pao chicken lunch box  | 宫保鸡丁盒饭
g-0115 | 8218 | schf   |  1400 | each | vat13 | Vegetable lunch box         | 素菜盒饭
g-0116 | 8219 | xmz    |   350 | each | vat13 | Millet porridge             | 小米粥
g-0117 | 8220 | pdsrz  |   600 | each | vat13 | Century egg and pork congee | 皮蛋瘦肉粥
g-0118 | 8221 | cf     |   800 | each | vat13 | Rice noodle roll            | 肠粉
g-0119 | 8222 | cj     |   200 | each | vat13 | Spring roll                 | 春卷
g-0120 | 8223 | ky     |  3800 | each | vat13 | Roast duck half             | 烤鸭 半只
g-0121 | 8224 | khs    |  1600 | kg   | vat13 | Roast sweet potatoes        | 烤红薯
g-0122 | 8225 | jnr    | 11800 | kg   | vat13 | Sauced beef                 | 酱牛肉
g-0123 | 8226 | lyb    |  6800 | kg   | vat13 | Braised duck neck           | 卤鸭脖
g-0124 | 8227 | ldg    |  2600 | kg   | vat13 | Braised tofu                | 卤豆干 | picture tofu
g-0125 | 8228 | lhs    |  2400 | kg   | vat13 | Braised peanuts             | 卤花生 | picture nuts
g-0126 | 8229 | lbhds  |  1980 | kg   | vat13 | Seaweed salad               | 凉拌海带丝
g-0127 | 8230 | phg    |  1880 | kg   | vat13 | Smashed cucumber            | 拍黄瓜 | picture cucumber
`,
);
