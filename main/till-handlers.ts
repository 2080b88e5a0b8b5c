import type { Handlers, TillContract } from "./contract/methods.ts";
import { goodsHandlers } from "./handlers/goods.ts";
import { houseHandlers } from "./handlers/house.ts";
import type { HandlerParts, ManagerHandlers } from "./handlers/parts.ts";
import { payingHandlers } from "./handlers/paying.ts";
import { receiptHandlers } from "./handlers/receipts.ts";
import { sellingHandlers } from "./handlers/selling.ts";

/** The contract, answered by the parts of the till, one group of methods a file. */
export function tillHandlers(parts: HandlerParts, manager: ManagerHandlers): Handlers<TillContract> {
  return {
    ...goodsHandlers(parts),
    ...sellingHandlers(parts),
    ...payingHandlers(parts),
    ...receiptHandlers(parts),
    ...houseHandlers(parts),
    ...manager,
  };
}
