import { readGoods } from "./read-goods.ts";

/**
 * Fruit and vegetables. Most are weighed at the till under a five-digit code; fruit bears 9 %, vegetables are exempt. What
 * has no key of its own is sold at a typed price.
 */
export const produceGoods = readGoods(
  "produce",
  `
g-0001 | 10001          | xj     |  690 | kg   | vat9 | Bananas               | 香蕉 | picture banana popular 1
g-0002 | 10002          | hfspg  | 1180 | kg   | vat9 | Fuji apples           | 红富士苹果 | picture apple popular 2
g-0003 | 10003          | mj     |  860 | kg   | vat9 | Mandarins             | 蜜橘 | picture mandarin popular 3
g-0004 | 10004          | xhl    |  780 | kg   | vat9 | Snow pears            | 雪花梨 | picture pear
g-0005 | 10005          | hgl    |  880 | kg   | vat9 | Crown pears           | 皇冠梨 | picture pear
g-0006 | 10006          | xg     |  398 | kg   | vat9 | Watermelon            | 西瓜 | picture watermelon
g-0007 | 10007          | jfpt   | 1680 | kg   | vat9 | Kyoho grapes          | 巨峰葡萄 | picture grapes
g-0008 | 10008          | ygmgpt | 3980 | kg   | vat9 | Shine Muscat grapes   | 阳光玫瑰葡萄
g-0009 | 10009          | cm     | 3600 | kg   | vat9 | Strawberries          | 草莓 | picture strawberry
g-0010 | 10010          | qc     |  990 | kg   | vat9 | Navel oranges         | 脐橙
g-0011 | 10011          | hxmy   |  680 | kg   | vat9 | Red pomelo            | 红心蜜柚
g-0012 | 10012          | nm     | 1280 | kg   | vat9 | Lemons                | 柠檬
g-0013 | 10013          | smt    | 1180 | kg   | vat9 | Honey peaches         | 水蜜桃
g-0014 | 10014          | yt     | 1080 | kg   | vat9 | Nectarines            | 油桃
g-0015 | 10015          | lz     | 2680 | kg   | vat9 | Lychees               | 荔枝
g-0016 | 10016          | ly     | 1980 | kg   | vat9 | Longans               | 龙眼
g-0017 | 10017          | mg     | 1580 | kg   | vat9 | Mangoes               | 芒果
g-0018 | 10018          | bl     |  720 | kg   | vat9 | Pineapple             | 菠萝
g-0019 | 10019          | hxhlg  | 1380 | kg   | vat9 | Red dragon fruit      | 红心火龙果
g-0020 | 10020          | mht    | 1680 | kg   | vat9 | Kiwifruit             | 猕猴桃
g-0021 | 10021          | clz    | 5980 | kg   | vat9 | Cherries              | 车厘子
g-0022 | 10022          | hmg    |  880 | kg   | vat9 | Hami melon            | 哈密瓜
g-0023 | 10023          | dz     | 1580 | kg   | vat9 | Winter jujubes        | 冬枣
g-0024 | 10024          | sl     | 1480 | kg   | vat9 | Pomegranates          | 石榴
g-0025 | 10025          | sz     |  780 | kg   | vat9 | Persimmons            | 柿子
g-0026 | 10026          | nyg    |  880 | each | vat9 | Avocado               | 牛油果
g-0027 | 10027          | yq     | 1280 | each | vat9 | Young coconut         | 椰青
g-0028 | 06991204001075 | lm     | 1280 | each | vat9 | Blueberries 125 g     | 蓝莓 125 克
g-0029 | 10028          | fq     |  760 | kg   | vat0 | Tomatoes              | 番茄 | picture tomato popular 4
g-0030 | 10029          | shq    |  680 | kg   | vat0 | Pak choi              | 上海青 | picture pak-choi popular 5
g-0031 | 10030          | td     |  420 | kg   | vat0 | Potatoes              | 土豆 | picture potato popular 6
g-0032 | 10031          | hg     |  620 | kg   | vat0 | Cucumbers             | 黄瓜 | picture cucumber popular 21
g-0033 | 10032          | hlb    |  480 | kg   | vat0 | Carrots               | 胡萝卜 | picture carrot popular 22
g-0034 | 10033          | ds     | 1180 | kg   | vat0 | Garlic                | 大蒜 | picture garlic
g-0035 | 10034          | sj     | 1580 | kg   | vat0 | Ginger                | 生姜 | picture ginger
g-0036 | 10035          | yc     |  460 | kg   | vat0 | Onions                | 洋葱 | picture onion
g-0037 | 10036          | cqz    |  720 | kg   | vat0 | Aubergines            | 长茄子 | picture aubergine
g-0038 | 10037          | xxg    | 1980 | kg   | vat0 | Shiitake mushrooms    | 鲜香菇 | picture mushroom
g-0039 | 10038          | pg     | 1080 | kg   | vat0 | Oyster mushrooms      | 平菇
g-0040 | 06991204001143 | jzg    |  350 | each | vat0 | Enoki mushrooms 150 g | 金针菇 150 克
g-0041 | 10039          | dbc    |  298 | kg   | vat0 | Chinese cabbage       | 大白菜
g-0042 | 10040          | jxc    |  360 | kg   | vat0 | White cabbage         | 卷心菜
g-0043 | 10041          | bc     |  880 | kg   | vat0 | Spinach               | 菠菜
g-0044 | 10042          | kxc    |  780 | kg   | vat0 | Water spinach         | 空心菜
g-0045 | 10043          | ws     |  680 | kg   | vat0 | Celtuce               | 莴笋
g-0046 | 10044          | qsc    |  780 | kg   | vat0 | Iceberg lettuce       | 球生菜
g-0047 | 10045          | qc     |  580 | kg   | vat0 | Celery                | 芹菜
g-0048 | 10046          | jc     |  880 | kg   | vat0 | Chinese chives        | 韭菜
g-0049 | 10047          | xc     |  780 | kg   | vat0 | Spring onions         | 小葱
g-0050 | 10048          | xc     | 1580 | kg   | vat0 | Coriander             | 香菜
g-0051 | 10049          | blb    |  320 | kg   | vat0 | White radish          | 白萝卜
g-0052 | 10050          | qj     |  780 | kg   | vat0 | Green peppers         | 青椒
g-0053 | 10051          | xml    | 1280 | kg   | vat0 | Hot chillies          | 小米辣
g-0054 | 10052          | xlh    |  980 | kg   | vat0 | Broccoli              | 西兰花
g-0055 | 10053          | hc     |  780 | kg   | vat0 | Cauliflower           | 花菜
g-0056 | 10054          | dg     |  380 | kg   | vat0 | Winter melon          | 冬瓜
g-0057 | 10055          | ng     |  420 | kg   | vat0 | Pumpkin               | 南瓜
g-0058 | 10056          | kg     |  880 | kg   | vat0 | Bitter melon          | 苦瓜
g-0059 | 10057          | sg     |  820 | kg   | vat0 | Luffa                 | 丝瓜
g-0060 | 10058          | sjd    | 1180 | kg   | vat0 | Green beans           | 四季豆
g-0061 | 10059          | jd     | 1080 | kg   | vat0 | Yardlong beans        | 豇豆
g-0062 | 10060          | hld    | 1680 | kg   | vat0 | Snow peas             | 荷兰豆
g-0063 | 10061          | md     |  980 | kg   | vat0 | Edamame               | 毛豆
g-0064 | 10062          | hdy    |  460 | kg   | vat0 | Soybean sprouts       | 黄豆芽
g-0065 | 10063          | lo     | 1080 | kg   | vat0 | Lotus root            | 莲藕
g-0066 | 10064          | yt     |  880 | kg   | vat0 | Taro                  | 芋头
g-0067 | 10065          | sy     | 1180 | kg   | vat0 | Chinese yam           | 山药
g-0068 | 10066          | hs     |  560 | kg   | vat0 | Sweet potatoes        | 红薯
g-0069 | 10067          | st     | 1280 | kg   | vat0 | Garlic shoots         | 蒜薹
g-0364 | 10068          | qtgs   |    0 | each | vat9 | Fresh produce, other  | 其他果蔬 | picture other-produce open
`,
);
