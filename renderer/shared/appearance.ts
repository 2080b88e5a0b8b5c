import { create } from "zustand";
import type { Loudness } from "./sounds.ts";

/** How the page looks: as the system is set, or as this window is set. */
export type Theme = "system" | "light" | "dark" | "contrast";

/** How this window looks and sounds. Kept in this browser; the till knows nothing of it. */
export type Appearance = { readonly theme: Theme; readonly loudness: Loudness };

const storageName = "suanpan.appearance";
const themes: readonly string[] = ["system", "light", "dark", "contrast"] satisfies Theme[];

function read(): Appearance {
  const [theme, loudness] = (localStorage.getItem(storageName) ?? "").split(" ");
  return {
    theme: theme !== undefined && themes.includes(theme) ? (theme as Theme) : "system",
    loudness: loudness === "quiet" ? "quiet" : "full",
  };
}

/** How this window looks and sounds. */
export const useAppearance = create<Appearance>(read);

/** Changes how this window looks or sounds, at once and after the next start. */
export function setAppearance(change: Partial<Appearance>): void {
  useAppearance.setState(change);
  const { theme, loudness } = useAppearance.getState();
  localStorage.setItem(storageName, `${theme} ${loudness}`);
  applyTheme();
}

/** Puts the chosen theme on the document. A system that asks for more contrast gets it unless a theme was chosen. */
export function applyTheme(): void {
  const { theme } = useAppearance.getState();
  const asked = theme === "system" && matchMedia("(prefers-contrast: more)").matches ? "contrast" : theme;
  if (asked === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = asked;
}
