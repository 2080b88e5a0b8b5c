import { aboutOfQuery, addressRouting, queryOfAbout, type Routing } from "../shared/platform-page/address-routing.ts";
import { sections, type ConsoleView, type Section } from "./desk-state.ts";

/** The part of an address behind its `#` that stands for a part of the console. */
export function addressOfConsole(view: ConsoleView): string {
  const thread = view.threadId === undefined ? "" : `/${view.threadId}`;
  return `#/${view.section}${thread}${queryOfAbout(view.about)}`;
}

/** What the part behind the `#` stands for; anything unknown is the overview. */
export function consoleOfAddress(fragment: string): ConsoleView {
  const [path = "", query = ""] = fragment.replace(/^#\//, "").split("?");
  const [name, threadId] = path.split("/");
  const section: Section = sections.find((each) => each === name) ?? "overview";
  return {
    section,
    ...(threadId === undefined || threadId === "" ? {} : { threadId }),
    ...aboutOfQuery(query),
  };
}

/** Takes the operator's token out of the address, so that it is neither seen, kept in the history nor sent on. */
export function takeToken(page: Window): string | null {
  const token = new URLSearchParams(page.location.hash.slice(1)).get("token");
  if (token === null || token === "") return null;
  page.history.replaceState(null, "", `${page.location.pathname}${page.location.search}#/overview`);
  return token;
}

/** Parts of the console by the window's address. */
export function consoleRouting(page: Window): Routing<ConsoleView> {
  return addressRouting(page, { ofAddress: consoleOfAddress, address: addressOfConsole });
}
