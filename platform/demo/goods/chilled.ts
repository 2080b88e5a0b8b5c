import { readGoods } from "./read-goods.ts";

/** Dairy, eggs, tofu and frozen food. Fresh milk and raw fish bear 9 %; fresh eggs and raw meat are exempt. */
export const chilledGoods = readGoods(
  "chilled",
  `
g-0275 | 06995160001070 | xnn    |  420 | each | vat9  | Fresh milk 250 ml                | 鲜牛奶 250 毫升 | picture milk-carton popular 17
g-0276 | 06995160001148 | xnn    | 1680 | each | vat9  | Fresh milk 950 ml                | 鲜牛奶 950 毫升 | picture milk-carton
g-0277 | 06995160001216 | dznn   |  450 | each | vat9  | Low-fat milk 250 ml              | 低脂牛奶 250 毫升 | picture milk-carton
g-0278 | 06995160001285 | cnn    |  350 | each | vat9  | Long-life milk 250 ml            | 纯牛奶 250 毫升
g-0279 | 06995160001353 | cnn    | 4200 | each | vat9  | Long-life milk 12 cartons        | 纯牛奶 12 盒
g-0280 | 06995160001421 | qklnn  |  480 | each | vat13 | Chocolate milk 250 ml            | 巧克力牛奶 250 毫升
g-0281 | 06995160001490 | ywsn   |  580 | each | vat13 | Plain yogurt 200 g               | 原味酸奶 200 克 | picture yogurt
g-0282 | 06995160001568 | cmsn   |  620 | each | vat13 | Strawberry yogurt 200 g          | 草莓酸奶 200 克 | picture yogurt
g-0283 | 06995160001636 | lsn    |  650 | each | vat13 | Set yogurt 180 g glass jar       | 老酸奶 180 克玻璃瓶 | picture yogurt-jar deposit 100
g-0284 | 06995160001704 | rsjyl  | 1080 | each | vat13 | Lactic drink 5 bottles           | 乳酸菌饮料 5 瓶
g-0285 | 06995160001773 | zsp    | 1680 | each | vat13 | Cheese slices 166 g              | 芝士片 166 克
g-0286 | 06995160001841 | hy     | 2480 | each | vat13 | Butter 200 g                     | 黄油 200 克
g-0287 | 06995160001919 | xjd    | 1580 | each | vat0  | Eggs box of 10                   | 鲜鸡蛋 10 枚 | picture egg-box
g-0288 | 06995160001988 | xjd    | 3980 | each | vat0  | Eggs tray of 30                  | 鲜鸡蛋 30 枚 | picture egg-box
g-0289 | 06995160002053 | tjd    | 2280 | each | vat0  | Free-range eggs box of 10        | 土鸡蛋 10 枚 | picture egg-box
g-0290 | 06995160002121 | xyd    | 1280 | each | vat13 | Salted duck eggs box of 6        | 咸鸭蛋 6 枚
g-0291 | 06995160002190 | pd     | 1380 | each | vat13 | Century eggs box of 6            | 皮蛋 6 枚
g-0292 | 06995160002268 | ndf    |  380 | each | vat13 | Soft tofu 350 g                  | 嫩豆腐 350 克 | picture tofu
g-0293 | 06995160002336 | ldf    |  420 | each | vat13 | Firm tofu 400 g                  | 老豆腐 400 克 | picture tofu
g-0294 | 06995160002404 | xg     |  550 | each | vat13 | Smoked tofu 250 g                | 香干 250 克
g-0295 | 06995160002473 | xmt    |  480 | each | vat9  | Fresh noodles 500 g              | 鲜面条 500 克
g-0296 | 06995160002541 | ng     |  690 | each | vat13 | Rice cake 500 g                  | 年糕 500 克
g-0297 | 06995160002619 | zrjcsj | 2490 | each | vat13 | Pork and chive dumplings 500 g   | 猪肉韭菜水饺 500 克 | picture dumplings
g-0298 | 06995160002688 | zrbcsj | 2290 | each | vat13 | Pork and cabbage dumplings 500 g | 猪肉白菜水饺 500 克 | picture dumplings
g-0299 | 06995160002756 | xrymsj | 3290 | each | vat13 | Prawn and corn dumplings 500 g   | 虾仁玉米水饺 500 克 | picture dumplings
g-0300 | 06995160002824 | xrht   | 1890 | each | vat13 | Pork wontons 400 g               | 鲜肉馄饨 400 克
g-0301 | 06995160002893 | hzmty  | 1580 | each | vat13 | Black sesame tangyuan 500 g      | 黑芝麻汤圆 500 克
g-0302 | 06995160002961 | szb    | 1980 | each | vat13 | Flaky flatbread 10 pieces        | 手抓饼 10 片
g-0303 | 06995160003036 | dxr    | 3580 | each | vat9  | Frozen prawns 250 g              | 冻虾仁 250 克
g-0304 | 06995160003104 | ddyd   | 2980 | each | vat9  | Frozen hairtail 500 g            | 冻带鱼段 500 克 | picture fish
g-0305 | 06995160003173 | djcy   | 1980 | each | vat9  | Frozen pompano 400 g             | 冻金鲳鱼 400 克 | picture fish
g-0306 | 06995160003241 | djcz   | 2680 | each | vat0  | Chicken wings 500 g              | 冻鸡翅中 500 克
g-0307 | 06995160003319 | dppt   | 1880 | each | vat0  | Chicken drumsticks 500 g         | 冻琵琶腿 500 克
g-0308 | 06995160003388 | fnj    | 3280 | each | vat0  | Sliced beef 300 g                | 肥牛卷 300 克
g-0309 | 06995160003456 | yrj    | 3680 | each | vat0  | Sliced lamb 300 g                | 羊肉卷 300 克
g-0310 | 06995160003524 | yw     | 1280 | each | vat13 | Fish balls 250 g                 | 鱼丸 250 克
g-0311 | 06995160003593 | xwb    | 1180 | each | vat13 | Crab sticks 200 g                | 蟹味棒 200 克
g-0312 | 06995160003661 | ldst   | 1680 | each | vat13 | Frozen chips 1 kg                | 冷冻薯条 1 千克
g-0313 | 06995160003739 | qklxg  |  500 | each | vat13 | Chocolate ice cream bar 75 g     | 巧克力雪糕 75 克 | picture ice-cream
g-0314 | 00000069001659 | hdbb   |  250 | each | vat13 | Red bean ice lolly 75 g          | 红豆冰棒 75 克
g-0315 | 06995160003807 | xctt   |  600 | each | vat13 | Vanilla cone 70 g                | 香草甜筒 70 克
g-0316 | 06995160003876 | xcbql  | 2680 | each | vat13 | Vanilla ice cream 500 g          | 香草冰淇淋 500 克
`,
);
