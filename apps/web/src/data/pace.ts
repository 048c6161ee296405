/** What is shown of work in progress grows by steps at least so far apart, not with each part of it. */
const STEP_MS = 150;
/** Drawing takes this part of the page's time at most: the page stays free for who uses it. */
const SHARE = 1 / 5;

/** Calls `show` at once, then lets calls pass until the page has had its time for what the last one began. */
export function paced(show: () => void): () => void {
  let next = 0;
  return () => {
    const began = performance.now();
    if (began < next) return;
    next = Number.POSITIVE_INFINITY;
    show();
    // the page draws before its next timer
    setTimeout(() => {
      const drawn = performance.now();
      next = Math.max(began + STEP_MS, drawn + (drawn - began) * (1 / SHARE - 1));
    });
  };
}
