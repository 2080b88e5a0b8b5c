import { isSection, setView, useView } from "./view.ts";

const name = "section";

function sectionOf(page: Window): string | null {
  return new URLSearchParams(page.location.hash.slice(1)).get(name);
}

/** Keeps the open section in the address, so that a reload stays where it was and "back" goes one section back. */
export function followAddress(page: Window): void {
  const read = (): void => {
    const section = sectionOf(page);
    if (isSection(section)) setView({ section });
  };
  read();
  page.addEventListener("hashchange", read);
  useView.subscribe(({ section }, before) => {
    if (section !== before.section && section !== sectionOf(page)) page.location.hash = `${name}=${section}`;
  });
}
