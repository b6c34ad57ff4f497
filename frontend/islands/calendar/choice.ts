import { openSheet } from "../../ui/sheet";
import { el, icon, place } from "./dom";
import { type Clock, dayAfter, plain } from "./times";
import type { Island, Place } from "./types";

/** What to do with a chosen stretch of time: book it or block it. */
export class Choice {
  private open: { box: HTMLElement; mark: HTMLElement; from: HTMLElement | null } | null = null;

  constructor(
    private readonly island: Island,
    private readonly clock: Clock,
    private readonly defaultResource: () => string,
  ) {
    document.addEventListener("pointerdown", (event) => {
      if (this.open && !this.open.box.contains(event.target as Node)) this.close();
    });
  }

  get isOpen(): boolean {
    return this.open !== null;
  }

  /** `isExact`: the length was chosen, too; else the offering's own length is taken. */
  show(where: Place, isExact: boolean, opener: HTMLElement | null): void {
    this.close();
    document.querySelector(".cal-card")?.remove();
    const words = this.island.words;
    const mark = el("div", { class: "cal-chosen" }, this.clock.span(where.from, where.until));
    place(mark, { "--from": where.from, "--until": where.until });
    const book = button("calendar-plus", words["newBooking"] ?? "", "button-primary");
    const block = button("ban", words["block"] ?? "", "button-secondary");
    const title = [where.column.label, this.clock.span(where.from, where.until)].join(", ");
    const box = el("div", { class: "cal-choice", role: "dialog", "aria-label": title }, el("p", { class: "num" }, title), book, block);
    book.addEventListener("click", () => this.go(this.bookingUrl(where, isExact)));
    block.addEventListener("click", () => this.go(this.blockUrl(where)));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        const { from } = this.open ?? {};
        this.close();
        from?.focus();
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        (document.activeElement === book ? block : book).focus();
      }
    });
    where.column.element.append(mark);
    document.querySelector("#calendar")?.append(box);
    this.open = { box, mark, from: opener };
    beside(box, mark);
    book.focus({ preventScroll: true });
  }

  close(): void {
    this.open?.box.remove();
    this.open?.mark.remove();
    this.open = null;
  }

  block(where: Place, opener: HTMLElement | null): void {
    openSheet(this.blockUrl(where), opener);
  }

  private go(url: string): void {
    const opener = this.open?.from ?? null;
    this.close();
    openSheet(url, opener);
  }

  private bookingUrl({ column, from, until }: Place, isExact: boolean): string {
    const query = new URLSearchParams({ on: column.on, time: plain(from) });
    const resource = column.resource?.id ?? this.defaultResource();
    if (resource) query.set("resource", resource);
    if (isExact) query.set("duration", String(until - from));
    return `${this.island.newBooking}?${query.toString()}`;
  }

  private blockUrl({ column, from, until }: Place): string {
    const query = new URLSearchParams({
      on: column.on,
      at: plain(from),
      until_on: until >= 1440 ? dayAfter(column.on) : column.on,
      until: plain(until),
    });
    const resource = column.resource?.id ?? this.defaultResource();
    if (resource) query.set("resource", resource);
    return `${this.island.newBlock}?${query.toString()}`;
  }
}

function button(name: string, label: string, look: string): HTMLButtonElement {
  return el("button", { type: "button", class: `button ${look}` }, icon(name), el("span", { class: "label" }, label));
}

/** To the right of it, else to the left, else below; always inside the window. */
export function beside(box: HTMLElement, target: HTMLElement): void {
  const gap = 6;
  const at = target.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  let left = at.right + gap;
  if (left + width > innerWidth - gap) left = at.left - width - gap;
  let top = at.top;
  if (left < gap) {
    left = Math.max(gap, Math.min(at.left, innerWidth - width - gap));
    top = at.bottom + gap;
  }
  top = Math.max(gap, Math.min(top, innerHeight - height - gap));
  place(box, { left: `${left}px`, top: `${top}px` });
}

/** Over it, where no finger hides it, else below; always inside the window. */
export function above(box: HTMLElement, target: HTMLElement): void {
  const gap = 6;
  const at = target.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const top = at.top - height - gap < gap ? at.bottom + gap : at.top - height - gap;
  const left = Math.max(gap, Math.min(at.left, innerWidth - width - gap));
  place(box, { left: `${left}px`, top: `${Math.min(top, innerHeight - height - gap)}px` });
}
