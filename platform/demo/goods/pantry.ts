import { readGoods } from "./read-goods.ts";

/**
 * Rice, flour, oil, noodles and seasonings. Grain, edible oil, salt and whole spices bear 9 %; dried vegetables are exempt. The last is sold at a
 * typed price.
 */
export const pantryGoods = readGoods(
  "pantry",
  `
g-0317 | 06996082001070 | dbdm   | 4690 | each | vat9  | Rice bag of 5 kg            | 东北大米 5 千克 | picture rice-bag
g-0318 | 06996082001148 | clxm   | 2980 | each | vat9  | Jasmine rice 2.5 kg         | 长粒香米 2.5 千克 | picture rice-bag
g-0319 | 06996082001216 | nm     | 1280 | each | vat9  | Glutinous rice 1 kg         | 糯米 1 千克 | picture rice-bag
g-0320 | 06996082001285 | hxm    | 1380 | each | vat9  | Millet 1 kg                 | 黄小米 1 千克
g-0321 | 06996082001353 | ld     |  980 | each | vat9  | Mung beans 500 g            | 绿豆 500 克
g-0322 | 06996082001421 | hxd    | 1080 | each | vat9  | Red beans 500 g             | 红小豆 500 克
g-0323 | 06996082001490 | mf     | 2580 | each | vat9  | Wheat flour 5 kg            | 面粉 5 千克
g-0324 | 06996082001568 | gm     |  990 | each | vat9  | Dried noodles 1 kg          | 挂面 1 千克
g-0325 | 06996082001636 | gmf    | 1180 | each | vat9  | Rice vermicelli 500 g       | 干米粉 500 克
g-0326 | 06996082001704 | lkfs   |  690 | each | vat13 | Mung bean vermicelli 200 g  | 龙口粉丝 200 克
g-0327 | 06996082001773 | ymp    | 1780 | each | vat13 | Rolled oats 700 g           | 燕麦片 700 克
g-0328 | 06996082001841 | hsnrbm |  480 | each | vat13 | Beef cup noodles 105 g      | 红烧牛肉杯面 105 克 | picture cup-noodles
g-0329 | 06996082001919 | hxbm   |  480 | each | vat13 | Seafood cup noodles 84 g    | 海鲜杯面 84 克 | picture cup-noodles
g-0330 | 06996082001988 | hsnrm  | 1390 | each | vat13 | Beef noodles 5 packs        | 红烧牛肉面 5 包
g-0331 | 06996082002053 | slf    |  780 | each | vat13 | Hot and sour noodles 130 g  | 酸辣粉 130 克
g-0332 | 06996082002121 | khzy   | 5280 | each | vat9  | Sunflower oil 1.8 l         | 葵花籽油 1.8 升 | picture oil-bottle
g-0333 | 06996082002190 | hsy    | 6280 | each | vat9  | Peanut oil 1.8 l            | 花生油 1.8 升 | picture oil-bottle
g-0334 | 06996082002268 | czy    | 7980 | each | vat9  | Rapeseed oil 5 l            | 菜籽油 5 升 | picture oil-bottle
g-0335 | 06996082002336 | zmy    | 1880 | each | vat9  | Sesame oil 220 ml           | 芝麻油 220 毫升
g-0336 | 06996082002404 | sc     |  990 | each | vat13 | Light soy sauce 500 ml      | 生抽 500 毫升 | picture soy-sauce
g-0337 | 06996082002473 | lc     | 1090 | each | vat13 | Dark soy sauce 500 ml       | 老抽 500 毫升 | picture soy-sauce
g-0338 | 06996082002541 | xc     |  890 | each | vat13 | Black vinegar 500 ml        | 香醋 500 毫升 | picture soy-sauce
g-0339 | 06996082002619 | lj     |  780 | each | vat13 | Cooking wine 500 ml         | 料酒 500 毫升
g-0340 | 06996082002688 | hy     | 1080 | each | vat13 | Oyster sauce 510 g          | 蚝油 510 克
g-0341 | 06996082002756 | dbj    | 1180 | each | vat13 | Broad bean paste 500 g      | 豆瓣酱 500 克
g-0342 | 06996082002824 | ylj    | 1090 | each | vat13 | Chilli crisp 280 g          | 油辣椒 280 克
g-0343 | 06996082002893 | fqj    |  790 | each | vat13 | Tomato ketchup 320 g        | 番茄酱 320 克
g-0344 | 06996082002961 | syy    |  250 | each | vat9  | Table salt 400 g            | 食用盐 400 克 | picture salt
g-0345 | 06996082003036 | bst    |  490 | each | vat13 | White sugar 400 g           | 白砂糖 400 克 | picture salt
g-0346 | 06996082003104 | ht     |  790 | each | vat13 | Brown sugar 350 g           | 红糖 350 克
g-0347 | 06996082003173 | bt     |  890 | each | vat13 | Rock sugar 400 g            | 冰糖 400 克
g-0348 | 06996082003241 | jj     | 1190 | each | vat13 | Chicken bouillon 200 g      | 鸡精 200 克
g-0349 | 06996082003319 | hj     |  890 | each | vat9  | Sichuan pepper 50 g         | 花椒 50 克
g-0350 | 06996082003388 | bj     |  690 | each | vat9  | Star anise 50 g             | 八角 50 克
g-0351 | 06996082003456 | wxf    |  450 | each | vat13 | Five-spice powder 40 g      | 五香粉 40 克
g-0352 | 06996082003524 | fr     |  780 | each | vat13 | Fermented tofu 300 g        | 腐乳 300 克
g-0353 | 00000069001789 | zc     |  250 | each | vat13 | Pickled mustard 70 g        | 榨菜 70 克
g-0354 | 06996082003593 | hgdl   | 1280 | each | vat13 | Hotpot base 200 g           | 火锅底料 200 克
g-0355 | 06996082003661 | wcr    | 1680 | each | vat13 | Luncheon meat 340 g         | 午餐肉 340 克
g-0356 | 06996082003739 | dcly   | 1580 | each | vat13 | Dace with black beans 227 g | 豆豉鲮鱼 227 克 | picture fish
g-0357 | 06996082003807 | tymgt  |  690 | each | vat13 | Tinned sweet corn 200 g     | 甜玉米罐头 200 克 | picture sweet-corn
g-0358 | 06996082003876 | hme    | 1980 | each | vat0  | Dried wood ear 150 g        | 黑木耳 150 克
g-0359 | 06996082003944 | gxg    | 2480 | each | vat0  | Dried shiitake 150 g        | 干香菇 150 克 | picture mushroom
g-0360 | 06996082004019 | zc     |  890 | each | vat13 | Dried laver 50 g            | 紫菜 50 克
g-0361 | 06996082004088 | gq     | 2880 | each | vat9  | Goji berries 250 g          | 枸杞 250 克
g-0362 | 06996082004156 | fm     | 3280 | each | vat9  | Honey 500 g                 | 蜂蜜 500 克
g-0363 | 06996082004224 | hsj    | 1880 | each | vat13 | Peanut butter 340 g         | 花生酱 340 克 | picture nuts
g-0365 | 8501           | qtsz   |    0 | each | vat13 | Other groceries             | 其他食杂 | picture other-groceries open
`,
);
