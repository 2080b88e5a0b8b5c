import { readGoods } from "./read-goods.ts";

/** Packed snacks, sweets and biscuits, among them short codes (GTIN-8) and one American code (GTIN-12). */
export const snacksGoods = readGoods(
  "snacks",
  `
g-0177 | 06972145300182 | zmmb   |  880 | each | vat13 | Sesame rice crackers 150 g    | 芝麻米饼 150 克 | picture crackers popular 23
g-0178 | 06972145300199 | htmb   |  880 | each | vat13 | Seaweed rice crackers 150 g   | 海苔米饼 150 克 | picture crackers
g-0179 | 06972145001072 | ywsp   |  680 | each | vat13 | Salted crisps 70 g            | 原味薯片 70 克 | picture crisps popular 24
g-0180 | 06972145001140 | hgwsp  |  680 | each | vat13 | Cucumber crisps 70 g          | 黄瓜味薯片 70 克 | picture crisps
g-0181 | 06972145001218 | fqwsp  |  680 | each | vat13 | Tomato crisps 70 g            | 番茄味薯片 70 克 | picture crisps
g-0182 | 06972145001287 | xt     |  450 | each | vat13 | Prawn crackers 60 g           | 虾条 60 克
g-0183 | 06972145001355 | bmh    |  780 | each | vat13 | Popcorn 100 g                 | 爆米花 100 克
g-0184 | 06972145001423 | xmgb   |  590 | each | vat13 | Crispy rice 100 g             | 小米锅巴 100 克
g-0185 | 06972145001492 | wxgz   |  980 | each | vat13 | Sunflower seeds 260 g         | 五香瓜子 260 克
g-0186 | 06972145001560 | khs    |  890 | each | vat13 | Roasted peanuts 300 g         | 烤花生 300 克 | picture nuts
g-0187 | 06972145001638 | yg     | 2480 | each | vat13 | Cashew nuts 150 g             | 腰果 150 克
g-0188 | 06972145001706 | htr    | 2680 | each | vat13 | Walnut kernels 200 g          | 核桃仁 200 克
g-0189 | 06972145001775 | kxg    | 3280 | each | vat13 | Pistachios 180 g              | 开心果 180 克
g-0190 | 06972145001843 | hhjg   | 4980 | each | vat13 | Mixed nuts 7 packs            | 混合坚果 7 袋
g-0191 | 06972145001911 | glr    |  990 | each | vat13 | Peeled chestnuts 100 g        | 甘栗仁 100 克
g-0192 | 06972145001980 | mgg    | 1290 | each | vat13 | Dried mango 100 g             | 芒果干 100 克
g-0193 | 06972145002055 | ptg    | 1180 | each | vat9  | Raisins 200 g                 | 葡萄干 200 克
g-0194 | 06972145002123 | hzg    | 1980 | each | vat9  | Dried red dates 500 g         | 红枣干 500 克
g-0195 | 06972145002192 | szp    |  590 | each | vat13 | Haw flakes 120 g              | 山楂片 120 克
g-0196 | 06972145002260 | hm     |  750 | each | vat13 | Preserved plums 80 g          | 话梅 80 克
g-0197 | 06972145002338 | nrg    | 2980 | each | vat13 | Beef jerky 100 g              | 牛肉干 100 克
g-0198 | 06972145002406 | zrf    | 1880 | each | vat13 | Pork jerky 100 g              | 猪肉脯 100 克
g-0199 | 06972145002475 | mlyb   | 1680 | each | vat13 | Spicy duck neck 120 g         | 麻辣鸭脖 120 克
g-0200 | 06972145002543 | mldg   |  650 | each | vat13 | Spicy dried tofu 110 g        | 麻辣豆干 110 克
g-0201 | 06972145002611 | dmjlt  |  500 | each | vat13 | Spicy gluten strips 106 g     | 大面筋辣条 106 克
g-0202 | 06972145002680 | kht    |  980 | each | vat13 | Roasted seaweed 20 g          | 烤海苔 20 克
g-0203 | 06972145002758 | htc    |  990 | each | vat13 | Ham sausages 5 pieces         | 火腿肠 5 支 | picture sausage
g-0204 | 06972145002826 | grgd   | 1180 | each | vat13 | Fruit jelly 400 g             | 果肉果冻 400 克
g-0205 | 06972145002895 | nnqkl  | 1280 | each | vat13 | Milk chocolate 100 g          | 牛奶巧克力 100 克 | picture chocolate
g-0206 | 06972145002963 | hqkl   | 1480 | each | vat13 | Dark chocolate 100 g          | 黑巧克力 100 克 | picture chocolate
g-0207 | 06972145003038 | nt     | 1080 | each | vat13 | Milk toffees 200 g            | 奶糖 200 克 | picture sweets
g-0208 | 06972145003106 | sgyt   |  880 | each | vat13 | Fruit drops 180 g             | 水果硬糖 180 克 | picture sweets
g-0209 | 06972145003175 | hss    | 1280 | each | vat13 | Peanut brittle 250 g          | 花生酥 250 克
g-0210 | 00000069001130 | kxt    |  300 | each | vat13 | Chewing gum 5 sticks          | 口香糖 5 片
g-0211 | 00000069001260 | bht    |  500 | each | vat13 | Mints 24 g                    | 薄荷糖 24 克
g-0212 | 00000069001390 | bbt    |  150 | each | vat13 | Lollipop 12 g                 | 棒棒糖 12 克 | picture sweets
g-0213 | 06972145003243 | sdbg   |  690 | each | vat13 | Soda crackers 200 g           | 苏打饼干 200 克 | picture biscuits
g-0214 | 06972145003311 | qklqq  |  890 | each | vat13 | Chocolate chip cookies 150 g  | 巧克力曲奇 150 克 | picture biscuits
g-0215 | 06972145003380 | jxbg   |  790 | each | vat13 | Sandwich biscuits 160 g       | 夹心饼干 160 克
g-0216 | 00812345001174 | jkhyqq | 3980 | each | vat13 | Imported butter cookies 340 g | 进口黄油曲奇 340 克 | picture biscuits
g-0217 | 06972145003458 | whbg   |  890 | each | vat13 | Wafers 145 g                  | 威化饼干 145 克
g-0218 | 06972145003526 | jdj    | 1180 | each | vat13 | Egg roll biscuits 150 g       | 鸡蛋卷 150 克
g-0219 | 06972145003595 | ymb    |  990 | each | vat13 | Oat bars 6 pieces             | 燕麦棒 6 条
`,
);
