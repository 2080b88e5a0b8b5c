import { useEffect, useState, type RefObject } from "react";

/** How wide an element is, in CSS pixels; 0 until it has been measured. */
export function useWidth(place: RefObject<HTMLElement | null>): number {
  const [widthPx, setWidthPx] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidthPx(Math.round(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return widthPx;
}
