/** What had the focus when a panel was opened: the element, and how to find the one that takes its place. */
type Opener = { readonly element: HTMLElement; readonly name: string; readonly isSearch: boolean };

let opener: Opener | null = null;

/** Tiles are fetched again when the goods come back, so their key may be there some frames later. */
const mostFrames = 60;

function nameOf(element: HTMLElement): string {
  return element.getAttribute("aria-label") ?? element.textContent ?? "";
}

function isOnKey(element: Element | null): element is HTMLElement {
  return element instanceof HTMLButtonElement || element instanceof HTMLInputElement;
}

/** Remembers the key in focus, before a panel takes its place. From panel to panel the first one stays remembered. */
export function rememberOpener(): void {
  const element = document.activeElement;
  if (!isOnKey(element) || element.closest("[data-sheet]") !== null) return;
  opener = { element, name: nameOf(element), isSearch: element.hasAttribute("data-search") };
}

function find({ element, name, isSearch }: Opener): HTMLElement | undefined {
  if (element.isConnected) return element;
  if (isSearch) return document.querySelector<HTMLElement>("[data-search]") ?? undefined;
  return [...document.querySelectorAll("button")].find((key) => nameOf(key) === name);
}

/** Gives the focus back to the key that opened the panel, unless something else has taken it or another panel is open. */
export function returnFocus(): void {
  const wanted = opener;
  if (wanted === null) return;
  const attempt = (framesLeft: number): void => {
    const isTaken = document.activeElement !== document.body && document.activeElement !== null;
    if (isTaken || opener !== wanted || document.querySelector("[data-sheet]") !== null) return;
    const key = find(wanted);
    if (key !== undefined) {
      opener = null;
      key.focus({ preventScroll: true });
    } else if (framesLeft > 0) requestAnimationFrame(() => attempt(framesLeft - 1));
  };
  attempt(mostFrames);
}
