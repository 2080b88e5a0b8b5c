import type { ErrorCatalogue } from "./error-words.ts";

/** What shop owners read in Simplified Chinese about the ledger on this till. */
export const ledgerErrorsInChinese = {
  "ledger.newer-version": {
    happened: "账本由更新版本的收银台写成。",
    safe: "账本只被读取，没有改动。",
    todo: "请启动新版本的收银台。",
  },
  "ledger.migration-failed": {
    happened: "账本未能升级到当前版本。",
    safe: "升级前的副本就在旁边，销售一笔不少。",
    todo: "请先启动原来的版本，并把报告交给运营方。",
  },
  "ledger.damaged": {
    happened: "本机账本没有通过自检。",
    safe: "平台已确认的销售都保存在平台。",
    todo: "请停用这台收银台并联系运营方，不要删除文件夹。",
  },
  "ledger.behind-mark": {
    happened: "磁盘上的账本比本机最后一笔已知销售更旧。",
    safe: "平台已确认的销售可以取回。",
    todo: "继续销售前请联系运营方。",
  },
  "ledger.missing": {
    happened: "{folder} 里没有账本。",
    safe: "其中没有新建或改动任何内容。",
    todo: "请指定收银台的数据文件夹，或先启动一次收银台。",
  },
  "ledger.succession-refused": {
    happened: "平台关于新账本的答复不属于本机。",
    safe: "本机未作任何更改。",
    todo: "请核对平台地址，然后联系运营方。",
  },
  "ledger.not-recoverable": {
    happened: "磁盘上已没有任何内容能说明这是哪台收银机。",
    safe: "平台已确认的销售仍保存在平台。",
    todo: "请向运营方索取用于替换本机的注册码。",
  },
  "ledger.key-missing": {
    happened: "本机找不到账本的签名密钥。",
    safe: "以前的销售仍可查看和核对。",
    todo: "请从备份放回密钥文件夹，或联系运营方。",
  },
  "ledger.unbalanced": {
    happened: "这条记录的金额不平，没有保存。",
    safe: "没有计入任何金额，本单仍未结账。",
    todo: "请再试一次；仍不行请联系运营方。",
  },
  "ledger.disk-full": {
    happened: "本机磁盘已满。",
    safe: "此前的销售都已保存。",
    todo: "请清理磁盘空间，之后即可继续销售。",
  },
  "ledger.flush-failed": {
    happened: "磁盘没有确认这笔销售已保存。",
    safe: "之前的销售都已保存；这一笔不算已付。",
    todo: "商品请先留在柜台，收银台会重启并自检。",
  },
  "ledger.id-used": {
    happened: "这一步以前已保存，内容不同。",
    safe: "以先保存的为准，不会重复计算。",
    todo: "请先查看上一张小票，再决定是否重做。",
  },
} satisfies Partial<ErrorCatalogue>;
