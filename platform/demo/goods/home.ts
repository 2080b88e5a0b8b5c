import { readGoods } from "./read-goods.ts";

/** Household goods, batteries, stationery and toiletries. */
export const homeGoods = readGoods(
  "home",
  `
g-0220 | 06994431001078 | whdc  | 1990 | each | vat13 | AA batteries pack of 4         | 五号电池 4 节 | picture battery
g-0221 | 06994431001146 | qhdc  | 1990 | each | vat13 | AAA batteries pack of 4        | 七号电池 4 节 | picture battery
g-0222 | 06994431001214 | nkdc  |  690 | each | vat13 | Button cell pack of 2          | 纽扣电池 2 粒
g-0223 | 06994431001283 | hzcz  |  990 | each | vat13 | Facial tissues box of 130      | 盒装抽纸 130 抽 | picture tissues
g-0224 | 06994431001351 | cz    | 1980 | each | vat13 | Facial tissues 6 packs         | 抽纸 6 包 | picture tissues
g-0225 | 00000069001529 | spz   |  150 | each | vat13 | Pocket tissues                 | 手帕纸 1 包 | picture tissues
g-0226 | 06994431001429 | jtz   | 2680 | each | vat13 | Toilet rolls pack of 10        | 卷筒纸 10 卷 | picture toilet-roll
g-0227 | 06994431001498 | cfyz  | 1290 | each | vat13 | Kitchen rolls pack of 2        | 厨房用纸 2 卷 | picture toilet-roll
g-0228 | 06994431001566 | sj    |  890 | each | vat13 | Wet wipes 80 sheets            | 湿巾 80 片
g-0229 | 06994431001634 | xz    |  550 | each | vat13 | Soap bar 115 g                 | 香皂 115 克 | picture soap
g-0230 | 06994431001702 | xyz   |  390 | each | vat13 | Laundry soap 232 g             | 洗衣皂 232 克 | picture soap
g-0231 | 06994431001771 | xsy   | 1280 | each | vat13 | Hand wash 500 ml               | 洗手液 500 毫升
g-0232 | 06994431001849 | xfs   | 2980 | each | vat13 | Shampoo 400 ml                 | 洗发水 400 毫升
g-0233 | 06994431001917 | myl   | 2680 | each | vat13 | Body wash 500 ml               | 沐浴露 500 毫升
g-0234 | 06994431001986 | rmys  |  890 | each | vat13 | Toothbrush                     | 软毛牙刷 1 支 | picture toothbrush
g-0235 | 06994431002051 | yg    | 1390 | each | vat13 | Toothpaste 120 g               | 牙膏 120 克
g-0236 | 06994431002129 | sks   |  990 | each | vat13 | Mouthwash 250 ml               | 漱口水 250 毫升
g-0237 | 06994431002198 | hss   | 1680 | each | vat13 | Hand cream 75 g                | 护手霜 75 克
g-0238 | 06994431002266 | txd   | 1980 | each | vat13 | Razor with 2 blades            | 剃须刀 1 把
g-0239 | 06994431002334 | wsj   | 1580 | each | vat13 | Sanitary pads pack of 10       | 卫生巾 10 片
g-0240 | 06994431002402 | xyy   | 3680 | each | vat13 | Laundry detergent 2 l          | 洗衣液 2 升 | picture detergent
g-0241 | 06994431002471 | xyf   | 1580 | each | vat13 | Washing powder 1 kg            | 洗衣粉 1 千克
g-0242 | 06994431002549 | xjj   |  990 | each | vat13 | Dish soap 500 ml               | 洗洁精 500 毫升
g-0243 | 06994431002617 | jcy   | 1280 | each | vat13 | Toilet cleaner 500 ml          | 洁厕液 500 毫升
g-0244 | 06994431002686 | pbs   |  790 | each | vat13 | Bleach 500 ml                  | 漂白水 500 毫升
g-0245 | 06994431002754 | bjb   |  590 | each | vat13 | Sponges pack of 3              | 百洁布 3 片
g-0246 | 06994431002822 | xjst  |  790 | each | vat13 | Rubber gloves                  | 橡胶手套 1 双
g-0247 | 06994431002891 | bxm   |  690 | each | vat13 | Cling film 20 m                | 保鲜膜 20 米
g-0248 | 06994431002969 | xz    |  790 | each | vat13 | Aluminium foil 5 m             | 锡纸 5 米
g-0249 | 06994431003034 | ljd   |  890 | each | vat13 | Bin bags pack of 60            | 垃圾袋 60 只
g-0250 | 06994431003102 | zb    |  590 | each | vat13 | Paper cups pack of 50          | 纸杯 50 只
g-0251 | 06994431003171 | ycxkz |  390 | each | vat13 | Disposable chopsticks 20 pairs | 一次性筷子 20 双
g-0252 | 06994431003249 | dp    |  990 | each | vat13 | LED bulb 9 W                   | 灯泡 9 瓦 | picture light-bulb
g-0253 | 06994431003317 | cxb   | 1990 | each | vat13 | Extension lead 1.8 m           | 插线板 1.8 米
g-0254 | 06994431003386 | sjcdx | 1590 | each | vat13 | Phone charging cable 1 m       | 手机充电线 1 米
g-0255 | 06994431003454 | zdys  | 2990 | each | vat13 | Folding umbrella               | 折叠雨伞 1 把 | picture umbrella
g-0256 | 06994431003522 | ycxyy |  590 | each | vat13 | Raincoat disposable            | 一次性雨衣 1 件
g-0257 | 06994431003591 | bjb   |  890 | each | vat13 | Notebook A5                    | 笔记本 1 本 | picture notebook
g-0258 | 06994431003669 | zxb   |  250 | each | vat13 | Gel pen                        | 中性笔 1 支 | picture pen
g-0259 | 06994431003737 | qb    |  150 | each | vat13 | Pencil                         | 铅笔 1 支 | picture pen
g-0260 | 06994431003805 | tmjd  |  490 | each | vat13 | Sticky tape                    | 透明胶带 1 卷
g-0261 | 06994431003874 | jd    |  690 | each | vat13 | Scissors                       | 剪刀 1 把
g-0262 | 06994431003942 | dhj   |  200 | each | vat13 | Lighter                        | 打火机 1 只
g-0263 | 06994431004017 | wx    | 1290 | each | vat13 | Mosquito coils 10 pieces       | 蚊香 10 盘
g-0264 | 06994431004086 | hls   | 1690 | each | vat13 | Mosquito repellent 195 ml      | 花露水 195 毫升
g-0265 | 06994431004154 | ckt   |  990 | each | vat13 | Plasters pack of 20            | 创可贴 20 片
g-0266 | 06994431004222 | kz    | 1290 | each | vat13 | Face masks pack of 10          | 口罩 10 只
`,
);
