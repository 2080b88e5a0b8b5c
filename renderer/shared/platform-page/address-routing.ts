/** What a page shows, and the way to something else on it. */
export type Routing<View> = {
  view(): View;
  subscribe(hear: () => void): () => void;
  go(view: View): void;
};

/** Views by the window's address, so that the way back of a phone or browser is the way back here. */
export function addressRouting<View>(
  page: Window,
  views: { ofAddress(fragment: string): View; address(view: View): string },
): Routing<View> {
  let fragment = page.location.hash;
  let view = views.ofAddress(fragment);
  return {
    view() {
      if (page.location.hash !== fragment) {
        fragment = page.location.hash;
        view = views.ofAddress(fragment);
      }
      return view;
    },
    subscribe(hear) {
      page.addEventListener("hashchange", hear);
      return () => page.removeEventListener("hashchange", hear);
    },
    go: (next) => {
      page.location.hash = views.address(next);
    },
  };
}

/** What a chat's address says it is written about, cut to what a message can name. */
export function aboutOfQuery(query: string): { readonly about?: string } {
  const about = new URLSearchParams(query).get("about");
  return about === null ? {} : { about: about.slice(0, 64) };
}

/** The end of a chat's address that says what is written about. */
export function queryOfAbout(about: string | undefined): string {
  return about === undefined ? "" : `?about=${encodeURIComponent(about)}`;
}
