import type { View } from "./phone-state.ts";

/** Which screen the phone shows, and the way to another. */
export type Routing = {
  view(): View;
  subscribe(hear: () => void): () => void;
  go(view: View): void;
};

/** The part of an address behind its `#` that stands for a screen. */
export function addressOfView(view: View): string {
  switch (view.screen) {
    case "chat": {
      const about = view.about === undefined ? "" : `?about=${encodeURIComponent(view.about)}`;
      return `#/chat/${view.threadId}${about}`;
    }
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
    const about = new URLSearchParams(query).get("about");
    return { screen, threadId: first, ...(about === null ? {} : { about: about.slice(0, 64) }) };
  }
  if (screen === "return" && first !== undefined && second !== undefined) {
    return { screen, threadId: first, messageId: second };
  }
  if (screen === "code" || screen === "chats" || screen === "history" || screen === "settings") return { screen };
  return { screen: "pay" };
}

/** Screens by the window's address, so that the way back of a phone or browser is the way back here. */
export function addressRouting(page: Window): Routing {
  let fragment = page.location.hash;
  let view = viewOfAddress(fragment);
  return {
    view() {
      if (page.location.hash !== fragment) {
        fragment = page.location.hash;
        view = viewOfAddress(fragment);
      }
      return view;
    },
    subscribe(hear) {
      page.addEventListener("hashchange", hear);
      return () => page.removeEventListener("hashchange", hear);
    },
    go: (next) => {
      page.location.hash = addressOfView(next);
    },
  };
}
