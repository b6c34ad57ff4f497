/** What a press may turn into: it follows the pointer until it is let go or given up. */
export type Carried = { moveTo(x: number, y: number): void; drop(): void; cancel(): void };

/** Says at the press whether something can be picked up there, and how; null leaves the press alone. */
export type PickUp = (down: PointerEvent) => (() => Carried) | null;

const THRESHOLD = 5;
const HOLD_MS = 380;
const SHAKE = 10;

/** The finger that rests on something, until it is picked up or the finger moves on. */
let isHeld = false;

/** By a mouse it is picked up once it moves; by a finger once it has rested: before that the page scrolls. */
export function listenToPresses(ground: HTMLElement, pickUp: PickUp): void {
  ground.addEventListener("dragstart", (event) => event.preventDefault());
  ground.addEventListener("contextmenu", (event) => isHeld && event.preventDefault());
  // Only a listener that may refuse keeps the browser from scrolling under a finger that carries something.
  ground.addEventListener("touchmove", (event) => isCarrying() && event.cancelable && event.preventDefault(), { passive: false });
  ground.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary || event.ctrlKey || event.metaKey || isCarrying()) return;
    const start = pickUp(event);
    if (start) follow(event, start, ground);
  });
}

export function isCarrying(): boolean {
  return document.documentElement.classList.contains("is-dragging");
}

function follow(down: PointerEvent, start: () => Carried, ground: HTMLElement): void {
  const isTouch = down.pointerType === "touch";
  let carried: Carried | null = null;
  const stop = new AbortController();
  const { signal } = stop;
  const begin = (x: number, y: number) => {
    document.documentElement.classList.add("is-dragging");
    carried = start();
    carried.moveTo(x, y);
  };
  const finish = (isDrop: boolean) => {
    stop.abort();
    clearTimeout(timer);
    isHeld = false;
    document.documentElement.classList.remove("is-dragging");
    if (!carried) return;
    eatClick(ground, isTouch ? 300 : 0);
    if (isDrop) carried.drop();
    else carried.cancel();
  };
  isHeld = isTouch;
  const timer = isTouch
    ? window.setTimeout(() => {
        navigator.vibrate?.(8);
        begin(down.clientX, down.clientY);
      }, HOLD_MS)
    : 0;
  const mine = (handle: (event: PointerEvent) => void) => (event: PointerEvent) => {
    if (event.pointerId === down.pointerId) handle(event);
  };
  const onMove = mine((event) => {
    const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
    if (carried) carried.moveTo(event.clientX, event.clientY);
    else if (isTouch && far > SHAKE) finish(false);
    else if (!isTouch && far >= THRESHOLD) begin(event.clientX, event.clientY);
  });
  document.addEventListener("pointermove", onMove, { signal });
  document.addEventListener("pointerup", mine(() => finish(true)), { signal });
  document.addEventListener("pointercancel", mine(() => finish(false)), { signal });
  document.addEventListener("keydown", (event) => event.key === "Escape" && finish(false), { signal });
}

/** The click that ends a drag must not open anything; one that follows a new press is meant. */
function eatClick(ground: HTMLElement, within: number): void {
  const stop = new AbortController();
  const eat = (event: Event) => {
    stop.abort();
    if (!ground.contains(event.target as Node)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", eat, { capture: true, signal: stop.signal });
  document.addEventListener("pointerdown", () => stop.abort(), { capture: true, signal: stop.signal });
  setTimeout(() => stop.abort(), within);
}
