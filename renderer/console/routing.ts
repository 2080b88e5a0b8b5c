import { sections, type ConsoleView, type Section } from "./desk-state.ts";

/** Which part of the console is shown, and the way to another. */
export type ConsoleRouting = {
  view(): ConsoleView;
  subscribe(hear: () => void): () => void;
  go(view: ConsoleView): void;
};

/** The part of an address behind its `#` that stands for a part of the console. */
export function addressOfConsole(view: ConsoleView): string {
  const thread = view.threadId === undefined ? "" : `/${view.threadId}`;
  const about = view.about === undefined ? "" : `?about=${encodeURIComponent(view.about)}`;
  return `#/${view.section}${thread}${about}`;
}

/** What the part behind the `#` stands for; anything unknown is the overview. */
export function consoleOfAddress(fragment: string): ConsoleView {
  const [path = "", query = ""] = fragment.replace(/^#\//, "").split("?");
  const [name, threadId] = path.split("/");
  const section: Section = sections.find((each) => each === name) ?? "overview";
  const about = new URLSearchParams(query).get("about");
  return {
    section,
    ...(threadId === undefined || threadId === "" ? {} : { threadId }),
    ...(about === null ? {} : { about: about.slice(0, 64) }),
  };
}

/** Takes the operator's token out of the address, so that it is neither seen, kept in the history nor sent on. */
export function takeToken(page: Window): string | null {
  const token = new URLSearchParams(page.location.hash.slice(1)).get("token");
  if (token === null || token === "") return null;
  page.history.replaceState(null, "", `${page.location.pathname}${page.location.search}#/overview`);
  return token;
}

/** Parts of the console by the window's address, so that the browser's way back is the way back here. */
export function consoleRouting(page: Window): ConsoleRouting {
  let fragment = page.location.hash;
  let view = consoleOfAddress(fragment);
  return {
    view() {
      if (page.location.hash !== fragment) {
        fragment = page.location.hash;
        view = consoleOfAddress(fragment);
      }
      return view;
    },
    subscribe(hear) {
      page.addEventListener("hashchange", hear);
      return () => page.removeEventListener("hashchange", hear);
    },
    go: (next) => {
      page.location.hash = addressOfConsole(next);
    },
  };
}
