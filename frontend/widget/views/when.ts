import { html, nothing, type TemplateResult } from "lit";

import { addMonths, daysOf, firstOf, weekdayOf } from "../dates.js";
import { anyFree } from "../flow.js";
import { capital } from "../formats.js";
import { icon } from "../icons.js";
import type { Day, Slot } from "../types.js";
import type { Key } from "../words.js";
import type { Scene } from "./scene.js";

const COLUMNS = 7;
const NOON = 12;
const EVENING = 17;

export function whenView(scene: Scene): TemplateResult {
  const { flow, say } = scene;
  const isStay = flow.offering?.mode === "stay";
  const title = html`<h2 id="heading" part="heading" tabindex="-1">${say.text(isStay ? "whichNights" : "when")}</h2>`;
  // Not knowing is not an empty calendar: while it does not answer there is none.
  if (flow.stuck) return title;
  return html`${title}
    <div class="booker" aria-busy=${flow.busy === "days" ? "true" : "false"}>
      ${month(scene)}
      <section class="times" aria-labelledby="times-title">${isStay ? nights(scene) : times(scene)}</section>
    </div>`;
}

function month(scene: Scene): TemplateResult {
  const { flow, formats } = scene;
  const { calendar } = flow;
  const first = calendar?.firstMonth ?? flow.month;
  const last = calendar?.lastMonth ?? flow.month;
  const weeks = weeksOf(flow.month, formats.firstWeekday());
  return html`<section class="month" aria-labelledby="month-title">
    <div class="month-head">
      <h3 id="month-title" aria-live="polite">${formats.month(flow.month)}</h3>
      ${turn(scene, "previousMonth", -1, flow.month <= first)} ${turn(scene, "nextMonth", 1, flow.month >= last)}
    </div>
    <table @keydown=${walk} aria-labelledby="month-title">
      <thead>
        <tr>
          ${formats
            .weekdays()
            .map(
              ({ long, short }) =>
                html`<th scope="col"><span aria-hidden="true">${short}</span><span class="hidden">${long}</span></th>`,
            )}
        </tr>
      </thead>
      <tbody>
        ${weeks.map((week) => html`<tr>${week.map((date) => html`<td>${date ? cell(scene, date) : nothing}</td>`)}</tr>`)}
      </tbody>
    </table>
    ${flow.offering?.mode === "stay" ? nothing : legend(scene)}
  </section>`;
}

function legend({ say }: Scene): TemplateResult {
  return html`<ul class="legend" role="list" aria-hidden="true">
      <li><span class="legend-free">12</span>${say.text("legendFree")}</li>
      <li><span class="legend-few">2</span>${say.text("legendFew")}</li>
      <li><span class="legend-full">8</span>${say.text("soldOut")}</li>
    </ul>`;
}

function turn({ flow, say }: Scene, key: Key, by: number, isEnd: boolean): TemplateResult {
  return html`<button
    type="button"
    class="button quiet square"
    part="button"
    aria-label=${say.text(key)}
    aria-disabled=${isEnd ? "true" : "false"}
    @click=${() => (isEnd ? undefined : flow.show(addMonths(flow.month, by)))}
  >
    ${icon(by < 0 ? "chevronLeft" : "chevronRight")}
  </button>`;
}

function weeksOf(shown: string, firstWeekday: number): string[][] {
  const lead = (weekdayOf(firstOf(shown)) - firstWeekday + COLUMNS) % COLUMNS;
  const cells = [...Array<string>(lead).fill(""), ...daysOf(shown)];
  while (cells.length % COLUMNS) cells.push("");
  return Array.from({ length: cells.length / COLUMNS }, (_, at) => cells.slice(at * COLUMNS, (at + 1) * COLUMNS));
}

function cell(scene: Scene, date: string): TemplateResult {
  const { flow, formats, say } = scene;
  if (flow.offering?.mode === "stay") return night(scene, date);
  const day = flow.days.get(date);
  const free = day?.slots.length ?? 0;
  const isToday = date === flow.calendar?.today;
  const note = free ? say.text("timesFree", { n: free }) : say.text(noteOf(scene, date, day));
  const spoken = `${formats.longDate(date)}${isToday ? ` (${say.text("today")})` : ""}: ${note}`;
  const number = html`<span class="day-number" aria-hidden="true">${Number(date.slice(8))}</span>`;
  const isLoading = flow.busy === "days" && !day;
  const classes = `day ${isLoading ? "is-loading" : stateOf(scene, date, day)}${isToday ? " is-today" : ""}`;
  if (!free)
    return html`<span class=${classes}>${number}<span class="hidden">${isLoading ? "" : spoken}</span></span>`;
  return html`<button
    type="button"
    class=${classes}
    part="day"
    data-date=${date}
    aria-label=${spoken}
    aria-pressed=${date === flow.day ? "true" : "false"}
    @click=${() => flow.pickDay(date)}
  >
    ${number}<span class="day-note" aria-hidden="true">${free}</span>
  </button>`;
}

/** A date of a stay: for the arrival the price of its night, for the departure the total, or why neither. */
function night(scene: Scene, date: string): TemplateResult {
  const { flow, formats, say } = scene;
  const { checkIn, checkOut } = flow;
  const day = flow.days.get(date);
  const isLeaving = Boolean(checkIn) && !checkOut && date > checkIn;
  const stay = flow.departures.get(date);
  const price = isLeaving ? stay?.total : day?.night;
  const reason = isLeaving ? stay?.reason : day?.reason;
  const isOurs = Boolean(checkIn) && date >= checkIn && date <= (checkOut || checkIn);
  const word = say.text(nightNote(scene, date, day, reason ?? null, isLeaving));
  const number = html`<span class="day-number" aria-hidden="true">${Number(date.slice(8))}</span>`;
  const spoken = `${formats.longDate(date)}: ${price ? formats.money(price) : word}`;
  if (!price)
    return html`<span class="day ${isOurs ? "is-free" : stateOf(scene, date, day)}"
      >${number}<span class="day-note" aria-hidden="true">${date < (flow.calendar?.today ?? "") ? "" : word}</span
      ><span class="hidden">${spoken}</span></span
    >`;
  return html`<button
    type="button"
    class="day ${isLeaving || day?.status !== "limited" ? "is-free" : "is-few"}"
    part="day"
    data-date=${date}
    aria-label=${spoken}
    aria-pressed=${isOurs ? "true" : "false"}
    @click=${() => flow.pickNight(date)}
  >
    ${number}<span class="day-note" aria-hidden="true">${formats.amount(price)}</span>
  </button>`;
}

function nightNote(
  scene: Scene,
  date: string,
  day: Day | undefined,
  reason: string | null,
  isLeaving: boolean,
): Key {
  const state = stateOf(scene, date, day);
  if (state === "is-past") return "past";
  if (state === "is-beyond" && !isLeaving) return "beyond";
  if (reason === "min_stay") return "tooShort";
  if (reason === "max_stay" || (isLeaving && !reason)) return "tooLong";
  if (reason === "closed_to_departure") return "noDeparture";
  if (reason === "lead_time") return "tooLate";
  if (reason === "closed" || reason === "horizon") return "closed";
  return reason ? "full" : "noArrival";
}

function nights({ flow, formats, say }: Scene): TemplateResult {
  if (!flow.checkIn) return html`<p id="times-title" tabindex="-1" class="muted">${say.text("chooseArrival")}</p>`;
  const again = html`<button type="button" class="link" @click=${() => flow.arrive("")}>
    ${say.text("otherDates")}
  </button>`;
  if (!flow.checkOut)
    return html`<h3 id="times-title" tabindex="-1">${say.text("chooseDeparture")}</h3>
      <p class="muted">${say.text("arrivalOn", { date: formats.day(flow.checkIn) })}</p>
      ${again}`;
  return html`<h3 id="times-title" tabindex="-1">${say.text("chooseTerms")}</h3>
    ${flow.plans.map(
      (plan) =>
        html`<button type="button" class="plan" part="option" @click=${() => flow.pickPlan(plan)}>
          <span><strong>${plan.name}</strong><small>${plan.summary}</small></span
          ><span class="num">${formats.money(plan.price)}</span>
        </button>`,
    )}
    ${again}`;
}

function stateOf({ flow }: Scene, date: string, day: Day | undefined): string {
  if (flow.calendar && date < flow.calendar.today) return "is-past";
  if (!day || day.reason === "horizon") return "is-beyond";
  return { available: "is-free", limited: "is-few", sold_out: "is-full", closed: "is-closed" }[day.status];
}

function noteOf(scene: Scene, date: string, day: Day | undefined): Key {
  const state = stateOf(scene, date, day);
  if (state === "is-past") return "past";
  if (state === "is-beyond") return "beyond";
  if (day?.reason === "lead_time") return "tooLate";
  return state === "is-full" ? "soldOut" : "closed";
}

/** Arrow keys go from one free day to the next: a day, or a week. */
function walk(event: KeyboardEvent): void {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS }[event.key];
  const from = event.target as HTMLElement;
  if (!step || !from.dataset["date"]) return;
  const all = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[data-date]")];
  const wanted = Number(from.dataset["date"].slice(8)) + step;
  const number = (one: HTMLElement) => Number(one.dataset["date"]?.slice(8));
  const found = step > 0 ? all.find((one) => number(one) >= wanted) : all.reverse().find((one) => number(one) <= wanted);
  if (!found) return;
  event.preventDefault();
  found.focus();
}

function times(scene: Scene): TemplateResult {
  const { flow, formats, say } = scene;
  const day = flow.days.get(flow.day);
  if (!day?.slots.length) return noTimes(scene);
  const first = day.slots[0] as Slot;
  const prices = new Set(day.slots.map((slot) => slot.price.minor));
  const place = flow.business?.locations.find((one) => one.id === flow.offering?.location);
  const parts = partsOf(scene, day.slots);
  return html`<h3 id="times-title" tabindex="-1">${capital(formats.day(flow.day))}</h3>
    <p class="zone muted small">
      ${icon("mapPin")}
      <span
        >${say.text("zone", { place: place?.city || place?.name || formats.zone })}${
          formats.differs(first.start)
            ? html`<br /><strong
                  >${say.text("zoneDiffers", {
                    there: formats.time(first.start),
                    here: formats.timeHere(first.start),
                  })}</strong
                >`
            : nothing
        }</span
      >
    </p>
    ${parts.map(
      ([name, slots], at) =>
        html`<div class="part">
          <h4 id="part-${at}">${name}</h4>
          <ul class="starts" role="list" aria-labelledby="part-${at}">
            ${slots.map((slot) => html`<li>${start(scene, slot, prices.size > 1)}</li>`)}
          </ul>
        </div>`,
    )}`;
}

function start({ flow, formats, hidesEnd, say }: Scene, slot: Slot, showsPrice: boolean): TemplateResult {
  const shown = hidesEnd ? formats.time(slot.start) : formats.span(slot.start, slot.end);
  const price = slot.price.minor ? formats.money(slot.price) : say.text("free");
  return html`<button
    type="button"
    class="start"
    part="time"
    aria-label=${`${formats.dayOf(slot.start)}, ${shown}, ${price}`}
    @click=${() => flow.pick(slot)}
  >
    <span>${formats.time(slot.start)}</span>
    ${showsPrice ? html`<small>${price}</small>` : nothing}
    ${slot.capacity ? html`<small>${say.text("placesLeft", { n: slot.places, all: slot.capacity })}</small>` : nothing}
  </button>`;
}

function partsOf({ formats, say }: Scene, slots: readonly Slot[]): [string, Slot[]][] {
  const hour = (slot: Slot) => formats.hourOf(slot.start);
  const parts: [string, Slot[]][] = [
    [say.text("morning"), slots.filter((slot) => hour(slot) < NOON)],
    [say.text("afternoon"), slots.filter((slot) => hour(slot) >= NOON && hour(slot) < EVENING)],
    [say.text("evening"), slots.filter((slot) => hour(slot) >= EVENING)],
  ];
  return parts.filter(([, found]) => found.length);
}

function noTimes({ flow, formats, say }: Scene): TemplateResult {
  if (flow.busy === "days")
    return html`<h3 id="times-title" class="hidden">${say.text("loading")}</h3>
      <div class="bones" aria-hidden="true">${Array.from({ length: 6 }, () => html`<span></span>`)}</div>`;
  const next = addMonths(flow.month, 1);
  const hasNext = flow.calendar !== null && next <= flow.calendar.lastMonth;
  if (anyFree(flow.days))
    return html`<div class="empty">
      ${icon("calendar")}
      <h3 id="times-title" tabindex="-1">${say.text("chooseDay")}</h3>
      <p>${say.text("chooseDayText")}</p>
    </div>`;
  return html`<div class="empty">
    ${icon("calendarX")}
    <h3 id="times-title" tabindex="-1">${say.text("emptyMonth")}</h3>
    <p>${say.text("emptyMonthText")}</p>
    ${
      hasNext
        ? html`<button type="button" class="button" part="button" @click=${() => flow.show(next, 2)}>
            ${say.text("toNextMonth", { month: formats.month(next) })}
          </button>`
        : nothing
    }
  </div>`;
}
