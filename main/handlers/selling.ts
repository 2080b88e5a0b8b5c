import type { HandlerGroup, HandlerParts } from "./parts.ts";

type SellingMethod =
  | "basket.scan"
  | "basket.typing"
  | "basket.add"
  | "basket.set-quantity"
  | "basket.remove-line"
  | "basket.set-price"
  | "basket.discount-line"
  | "basket.discount-sale"
  | "basket.set-note"
  | "basket.confirm-age"
  | "basket.remove-age-limited"
  | "sale.abandon"
  | "sale.park"
  | "sale.resume"
  | "sale.next";

/** The basket, and the sale as a whole. */
export function sellingHandlers({ checkout }: HandlerParts): HandlerGroup<SellingMethod> {
  return {
    "basket.scan": async ({ text }) => ({ result: await checkout.scan({ text }) }),
    "basket.typing": ({ what }) => {
      checkout.typing.tell(what);
      return {};
    },
    "basket.add": ({ itemId, priceMinor, ...amount }, { role }) => {
      // What goods cost is for the shop's people to say, also where a shopper's page asks a till with a cashier.
      checkout.add(itemId, role === "kiosk" ? amount : { ...amount, priceMinor });
      return {};
    },
    "basket.set-quantity": ({ lineId, quantity }) => {
      checkout.setQuantity(lineId, quantity);
      return {};
    },
    "basket.remove-line": ({ lineId }) => {
      checkout.removeLine(lineId);
      return {};
    },
    "basket.set-price": ({ lineId, priceMinor, reason }) => {
      checkout.setPrice(lineId, priceMinor, reason);
      return {};
    },
    "basket.discount-line": ({ lineId, discount }) => {
      checkout.discountLine(lineId, discount);
      return {};
    },
    "basket.discount-sale": ({ saleId, discount }) => {
      checkout.discountSale(saleId, discount);
      return {};
    },
    "basket.set-note": ({ saleId, note }) => {
      checkout.setNote(saleId, note);
      return {};
    },
    "basket.confirm-age": async ({ saleId, pin }, { role }) => {
      await checkout.confirmAge(saleId, { byShopper: role === "kiosk", pin });
      return {};
    },
    "basket.remove-age-limited": ({ saleId }) => {
      checkout.removeAgeLimited(saleId);
      return {};
    },
    "sale.abandon": ({ saleId, reason }, { role }) => {
      checkout.abandon(saleId, reason ?? (role === "kiosk" ? "shopper" : "cashier"));
      return {};
    },
    "sale.park": ({ saleId }) => {
      checkout.park(saleId);
      return {};
    },
    "sale.resume": ({ saleId }) => {
      checkout.resume(saleId);
      return {};
    },
    "sale.next": ({ saleId }) => {
      checkout.next(saleId);
      return {};
    },
  };
}
