import { readGoods } from "./read-goods.ts";

/** Drinks made at the counter, packed drinks and alcohol. Returnable glass bottles carry a deposit. */
export const drinksGoods = readGoods(
  "drinks",
  `
g-0128 | 8301           | xmdj  |   350 | each | vat13 | Soy milk                        | 现磨豆浆 | picture soy-milk popular 10
g-0129 | 8302           | kf    |  1200 | each | vat13 | Coffee                          | 咖啡 | picture coffee popular 11
g-0130 | 8303           | ntkf  |  1500 | each | vat13 | Latte                           | 拿铁咖啡 | picture coffee
g-0131 | 8304           | rnc   |   900 | each | vat13 | Hot milk tea                    | 热奶茶
g-0132 | 8305           | sdnmc |  1000 | each | vat13 | Fresh lemon tea                 | 手打柠檬茶
g-0133 | 8306           | hmdj  |   400 | each | vat13 | Black rice soy milk             | 黑米豆浆 | picture soy-milk
g-0134 | 06993058001072 | mlhc  |   450 | each | vat13 | Jasmine tea 500 ml              | 茉莉花茶 500 毫升 | picture tea-bottle popular 15
g-0135 | 06993058001140 | lc    |   350 | each | vat13 | Green tea 500 ml                | 绿茶 500 毫升 | picture tea-bottle
g-0136 | 06993058001218 | bhc   |   350 | each | vat13 | Iced black tea 500 ml           | 冰红茶 500 毫升 | picture tea-bottle
g-0137 | 06993058001287 | wtwlc |   500 | each | vat13 | Oolong tea unsweetened 500 ml   | 无糖乌龙茶 500 毫升 | picture tea-bottle
g-0138 | 06993058001355 | jhc   |   300 | each | vat13 | Chrysanthemum tea 250 ml        | 菊花茶 250 毫升
g-0139 | 06993058001423 | smt   |   500 | each | vat13 | Sour plum drink 500 ml          | 酸梅汤 500 毫升
g-0140 | 06993058001492 | lc    |   450 | each | vat13 | Herbal tea 310 ml can           | 凉茶 310 毫升罐
g-0141 | 06993058001560 | cjs   |   200 | each | vat13 | Drinking water 550 ml           | 纯净水 550 毫升 | picture water-bottle popular 16
g-0142 | 06993058001638 | kqs   |   300 | each | vat13 | Mineral water 550 ml            | 矿泉水 550 毫升 | picture water-bottle
g-0143 | 06993058001706 | kqs   |   450 | each | vat13 | Mineral water 1.5 l             | 矿泉水 1.5 升 | picture water-bottle
g-0144 | 06993058001775 | cjs   |  1190 | each | vat13 | Drinking water 5 l              | 纯净水 5 升
g-0145 | 06993058001843 | qps   |   550 | each | vat13 | Sparkling water 480 ml          | 气泡水 480 毫升 | picture water-bottle
g-0146 | 06993058001911 | kl    |   300 | each | vat13 | Cola 330 ml can                 | 可乐 330 毫升罐 | picture cola-can
g-0147 | 06993058001980 | kl    |   350 | each | vat13 | Cola 500 ml                     | 可乐 500 毫升
g-0148 | 06993058002055 | wtkl  |   350 | each | vat13 | Sugar-free cola 330 ml can      | 无糖可乐 330 毫升罐 | picture cola-can
g-0149 | 06993058002123 | nmqs  |   300 | each | vat13 | Lemon soda 330 ml can           | 柠檬汽水 330 毫升罐
g-0150 | 06993058002192 | cwqs  |   550 | each | vat13 | Orange soda 248 ml glass bottle | 橙味汽水 248 毫升玻璃瓶 | picture soda-bottle deposit 50
g-0151 | 06993058002260 | xcz   |   750 | each | vat13 | Orange juice 300 ml             | 鲜橙汁 300 毫升 | picture juice
g-0152 | 06993058002338 | xcz   |  1980 | each | vat13 | Orange juice 1 l                | 鲜橙汁 1 升 | picture juice
g-0153 | 06993058002406 | pgz   |  1680 | each | vat13 | Apple juice 1 l                 | 苹果汁 1 升
g-0154 | 06993058002475 | smtyl |   450 | each | vat13 | Peach drink 500 ml              | 水蜜桃饮料 500 毫升
g-0155 | 06993058002543 | yz    |   480 | each | vat13 | Coconut milk 245 ml             | 椰汁 245 毫升
g-0156 | 06993058002611 | xrl   |   450 | each | vat13 | Almond drink 240 ml can         | 杏仁露 240 毫升罐
g-0157 | 06993058002680 | htr   |   450 | each | vat13 | Walnut milk 240 ml can          | 核桃乳 240 毫升罐
g-0158 | 06993058002758 | dn    |   300 | each | vat13 | Soy drink 250 ml                | 豆奶 250 毫升
g-0159 | 06993058002826 | djzs  |   550 | each | vat13 | Electrolyte water 500 ml        | 电解质水 500 毫升
g-0160 | 06993058002895 | nlyl  |   600 | each | vat13 | Energy drink 250 ml can         | 能量饮料 250 毫升罐
g-0161 | 06993058002963 | jynt  |   650 | each | vat13 | Bottled latte 268 ml            | 即饮拿铁 268 毫升
g-0162 | 06993058003038 | srkf  |  2980 | each | vat13 | Instant coffee 20 sticks        | 速溶咖啡 20 条
g-0163 | 06993058003106 | mlhcy |  2680 | each | vat13 | Jasmine tea leaves 100 g        | 茉莉花茶叶 100 克
g-0164 | 06993058003175 | ljcy  |  4800 | each | vat13 | Longjing green tea 50 g         | 龙井茶叶 50 克
g-0165 | 06993058003243 | lgpj  |   650 | each | vat13 | Lager 330 ml can                | 拉格啤酒 330 毫升罐 | picture lager-can 18+
g-0166 | 06993058003311 | lgpj  |   800 | each | vat13 | Lager 500 ml can                | 拉格啤酒 500 毫升罐 | picture lager-can 18+
g-0167 | 06993058003380 | lgpj  |   700 | each | vat13 | Lager 600 ml glass bottle       | 拉格啤酒 600 毫升玻璃瓶 | picture beer-bottle 18+ deposit 50
g-0168 | 06993058003458 | xmbp  |  1100 | each | vat13 | Wheat beer 500 ml can           | 小麦白啤 500 毫升罐 | picture lager-can 18+
g-0169 | 06993058003526 | hpj   |  1200 | each | vat13 | Dark beer 500 ml can            | 黑啤酒 500 毫升罐 | picture lager-can 18+
g-0170 | 06993058003595 | lzgp  |   900 | each | vat13 | Lychee beer 330 ml can          | 荔枝果啤 330 毫升罐 | picture lager-can 18+
g-0171 | 06993058003663 | sxhj  |  1880 | each | vat13 | Shaoxing rice wine 500 ml       | 绍兴黄酒 500 毫升 | picture spirit-bottle 18+
g-0172 | 06993058003731 | ghptj |  6800 | each | vat13 | Dry red wine 750 ml             | 干红葡萄酒 750 毫升 | picture wine-bottle 18+
g-0173 | 06993058003809 | bj    |  1500 | each | vat13 | Baijiu 100 ml                   | 白酒 100 毫升 | picture spirit-bottle 18+
g-0174 | 06993058003878 | bj    |  8800 | each | vat13 | Baijiu 500 ml                   | 白酒 500 毫升 | picture spirit-bottle 18+
g-0175 | 06993058003946 | qmj   |  2980 | each | vat13 | Plum wine 330 ml                | 青梅酒 330 毫升 | picture wine-bottle 18+
g-0176 | 06993058004011 | wsj   | 12800 | each | vat13 | Whisky 700 ml                   | 威士忌 700 毫升 | picture spirit-bottle 18+
`,
);
