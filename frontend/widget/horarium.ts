import { HorariumBooking } from "./element.js";
import type { HorariumEvents } from "./events.js";

const NAME = "horarium-booking";

// Two snippets on one page, or two copies of this file, must not trip over one another.
if (!customElements.get(NAME)) customElements.define(NAME, HorariumBooking);

declare global {
  interface HTMLElementTagNameMap {
    "horarium-booking": HorariumBooking;
  }
  interface HTMLElementEventMap extends HorariumEvents {}
}

export { HorariumBooking };
export type * from "./events.js";
