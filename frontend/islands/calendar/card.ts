import { beside } from "./choice";
import { el, icon } from "./dom";
import type { Shown } from "./items";

const PATIENCE_MS = 220;

/** What a glance tells: guest, offering, state, price. Everything in it is also in the label and in the sheet. */
export class HoverCard {
  private card: HTMLElement | null = null;
  private timer = 0;

  constructor(private readonly people: string) {}

  listen(grid: HTMLElement, find: (element: Element) => Shown | undefined): void {
    grid.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch" || event.buttons) return;
      const shown = find(event.target as Element);
      if (shown) this.soon(shown, PATIENCE_MS);
    });
    grid.addEventListener("pointerout", (event) => {
      const to = event.relatedTarget as Element | null;
      if (!to || find(to) !== find(event.target as Element)) this.hide();
    });
    grid.addEventListener("focusin", (event) => {
      const target = event.target as Element;
      const shown = target.matches(":focus-visible") ? find(target) : undefined;
      if (shown) this.soon(shown, 0);
    });
    grid.addEventListener("focusout", () => this.hide());
    grid.addEventListener("keydown", (event) => event.key === "Escape" && this.hide());
  }

  hide(): void {
    clearTimeout(this.timer);
    this.card?.remove();
    this.card = null;
  }

  private soon(shown: Shown, patience: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.show(shown), patience);
  }

  private show({ item, element }: Shown): void {
    this.hide();
    if (!element.isConnected || document.querySelector(".cal-choice, dialog:modal, .is-dragging")) return;
    const { card } = item;
    const line = (name: string, ...text: (string | Node | null | undefined | false)[]) =>
      text.some(Boolean) && el("p", {}, icon(name), el("span", { class: "num" }, ...text));
    this.card = el(
      "div",
      { class: "cal-card", "aria-hidden": "true" },
      el("strong", {}, item.title),
      line(item.icon, item.word),
      line("clock", item.time),
      line("tag", item.what),
      line("map-pin", item.places),
      line("users", card.party ? `${card.party} ${this.people}` : null),
      line("phone", card.phone),
      card.payment && line(card.payment.icon, card.price, " · ", card.payment.word),
      line("message-square", card.notes),
    );
    document.querySelector("#calendar")?.append(this.card);
    beside(this.card, element);
  }
}
