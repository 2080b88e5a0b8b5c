import { aboutOfQuery, addressRouting, queryOfAbout, type Routing } from "../shared/platform-page/address-routing.ts";
import type { View } from "./phone-state.ts";

/** The part of an address behind its `#` that stands for a screen. */
export function addressOfView(view: View): string {
  switch (view.screen) {
    case "chat":
      return `#/chat/${view.threadId}${queryOfAbout(view.about)}`;
    case "return":
      return `#/return/${view.threadId}/${view.messageId}`;
    default:
      return `#/${view.screen}`;
  }
}

/** The screen that the part behind the `#` stands for; anything unknown is the pay code. */
export function viewOfAddress(fragment: string): View {
  const [path = "", query = ""] = fragment.replace(/^#\//, "").split("?");
  const [screen, first, second] = path.split("/");
  if (screen === "chat" && first !== undefined && first !== "") {
    return { screen, threadId: first, ...aboutOfQuery(query) };
  }
  if (screen === "return" && first !== undefined && second !== undefined) {
    return { screen, threadId: first, messageId: second };
  }
  if (screen === "code" || screen === "chats" || screen === "history" || screen === "settings") return { screen };
  return { screen: "pay" };
}

/** Screens by the window's address. */
export function phoneRouting(page: Window): Routing<View> {
  return addressRouting(page, { ofAddress: viewOfAddress, address: addressOfView });
}
