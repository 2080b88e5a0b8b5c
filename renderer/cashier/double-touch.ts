/** A second touch sooner than this belongs to the first one: nobody has read what stands there now. */
const doubleTouchMs = 400;

let lastPressMs = Number.NEGATIVE_INFINITY;

/** Remembers that the main key was pressed for something that moves money. */
export function notePress(): void {
  lastPressMs = performance.now();
}

/**
 * Whether a press of the main key is the second half of a double touch. Without this the second touch would put the
 * change to give, or the cash to pay out, off the screen before anybody has read it.
 */
export function isDoubleTouch(): boolean {
  return performance.now() - lastPressMs < doubleTouchMs;
}
