import { html, nothing, type TemplateResult } from "lit";

import { capital } from "../formats.js";
import { icon, type IconName } from "../icons.js";
import { keptOf } from "../repeats.js";
import type { Line, Money, Quote } from "../types.js";
import { countOf, resourceWords } from "./options.js";
import type { Scene } from "./scene.js";

/** What, when, with whom, for how much, on which terms: in sight from the first choice on. */
export function summaryView(scene: Scene): TemplateResult | typeof nothing {
  const { flow, say } = scene;
  const offering = flow.offering;
  if (!offering) return nothing;
  const photo = scene.file(offering.photo);
  return html`<h2 class="summary-title">${say.text("summary")}</h2>
    <div class="summary-what">
      ${photo ? html`<img src=${photo} alt="" />` : nothing}
      <div><strong>${offering.name}</strong><span class="muted small">${sizeOf(scene)}</span></div>
    </div>
    <dl class="summary-facts">${facts(scene)}</dl>
    ${money(scene)}
    <ul class="terms" role="list">
      ${term("shieldCheck", cancellation(scene))}
      ${offering.terms.needs_approval ? term("hourglass", say.text("approval")) : nothing}
      ${
        offering.terms.prepayment !== "none"
          ? term("timer", say.text("heldFor", { n: offering.terms.hold_minutes }))
          : nothing
      }
    </ul>`;
}

/** One line of it for narrow places, which opens into the whole. */
export function summaryBar(scene: Scene): TemplateResult | typeof nothing {
  const { flow, formats } = scene;
  if (!flow.offering) return nothing;
  const price = flow.quote?.total ?? (flow.repeat ? null : flow.slot?.price);
  const when = flow.repeat ? datesOf(scene) : flow.slot && formats.whenOf(flow.slot);
  return html`<details class="bar" part="summary-bar">
    <summary>
      <span class="bar-what"
        ><strong>${flow.offering.name}</strong
        ><span class="muted">${when ?? sizeOf(scene)}</span></span
      >
      <span class="num">${price ? amount(scene, price) : from(scene)}</span>
      ${icon("chevronUp")}
    </summary>
    <div class="bar-body">${summaryView(scene)}</div>
  </details>`;
}

function sizeOf({ flow, formats, say }: Scene): string {
  const { adults, ages, tickets } = flow.choice;
  if (flow.offering?.mode === "stay") {
    const children = ages.length ? [say.text("children", { n: ages.length })] : [];
    return [say.text("adults", { n: adults }), ...children].join(", ");
  }
  if (flow.offering?.session) {
    const types = flow.offering.session.ticket_types.filter((one) => tickets[one.id]);
    return types.map((one) => `${tickets[one.id]} × ${one.name}`).join(", ");
  }
  const people = (flow.offering?.party_max ?? 1) > 1 ? [say.text("people", { n: flow.choice.party })] : [];
  return [formats.duration(flow.choice.duration, say), ...people].join(" · ");
}

function facts(scene: Scene): TemplateResult[] {
  const { flow, formats, hidesEnd, say } = scene;
  const { offering, slot } = flow;
  if (!offering) return [];
  const found: TemplateResult[] = [];
  const plan = offering.stay?.rate_plans.find((one) => one.id === flow.choice.plan);
  const when = flow.repeat
    ? html`<strong>${datesOf(scene)}</strong>${keptOf(flow.dates).map((one) => html`<br />${formats.shortMoment(one.start)}`)}`
    : slot?.isNights
    ? html`<strong>${formats.whenOf(slot)}</strong>${plan ? html`<br />${plan.name}` : nothing}`
    : slot
    ? html`${capital(formats.dayOf(slot.start))}<br /><strong class="num"
          >${hidesEnd ? formats.time(slot.start) : formats.span(slot.start, slot.end)}</strong
        >`
    : flow.day
      ? html`${capital(formats.day(flow.day))}`
      : html`<span class="muted">${say.text("when")}</span>`;
  found.push(fact("calendar", say.text("when"), when));
  if (offering.resources.length > 1) {
    const words = resourceWords(offering.resources[0]);
    const chosen = offering.resources.find((one) => one.id === flow.choice.resource);
    found.push(fact("user", say.text(words.one), html`${chosen?.name ?? say.text(words.any)}`));
  }
  const extras = offering.extras
    .map((one) => ({ ...one, count: countOf(flow.choice.extras, one.id) }))
    .filter((one) => one.count);
  if (extras.length)
    found.push(fact("plus", say.text("extras"), html`${extras.map((one) => one.name + times(one.count)).join(", ")}`));
  const place = flow.business?.locations.find((one) => one.id === offering.location);
  if (place)
    found.push(
      fact(
        "mapPin",
        flow.business?.name ?? "",
        html`${place.name}${
          place.address ? html`<span class="muted small">${[place.address, place.city].filter(Boolean).join(", ")}</span>` : nothing
        }`,
      ),
    );
  return found;
}

function fact(name: IconName, label: string, value: unknown): TemplateResult {
  return html`<div>
    <dt>${icon(name)}<span class="hidden">${label}</span></dt>
    <dd>${value}</dd>
  </div>`;
}

function term(name: IconName, text: string): TemplateResult {
  return html`<li>${icon(name)}<span>${text}</span></li>`;
}

function money(scene: Scene): TemplateResult | typeof nothing {
  const { flow, say } = scene;
  if (flow.quote) return quoted(scene, flow.quote);
  if (flow.slot && !flow.repeat)
    return html`<dl class="lines">${line(say.text("price"), amount(scene, flow.slot.price), true)}</dl>`;
  const price = flow.offering?.price_from;
  return price
    ? html`<dl class="lines">${line(say.text("priceFrom"), amount(scene, price), true)}</dl>`
    : nothing;
}

function quoted(scene: Scene, quote: Quote): TemplateResult {
  const { formats, say } = scene;
  const { flow } = scene;
  const nameOf = (id?: string) => flow.offerings.find((one) => one.id === id)?.name ?? "";
  const lines = quote.items.flatMap((one) =>
    (one.occurrences ? [{ ...SUM, amount: one.price }] : one.lines).map((each) => ({ ...each, of: nameOf(one.offering) })),
  );
  const rest = { ...quote.total, ...minus(quote.total, quote.due_now) };
  return html`<dl class="lines">
    ${
      lines.length > 1
        ? lines.map((one) =>
            line(
              `${labelOf(scene, one.extra ?? one.ticket, one.label || one.of)}${
                one.nights ? `, ${say.text("nights", { n: one.nights })}` : ""
              }${times(one.quantity)}`,
              formats.money(one.amount),
            ),
          )
        : nothing
    }
    ${line(say.text("total"), amount(scene, quote.total), true)}
    ${quote.due_now.minor ? line(say.text("payNow"), formats.money(quote.due_now)) : nothing}
    ${rest.minor && quote.total.minor ? line(say.text("payThere"), formats.money(rest)) : nothing}
  </dl>`;
}

/** Dates are listed with their prices where they are chosen; here they are one line. */
const SUM: Omit<Line, "amount"> = { label: "", extra: null, minutes: null, quantity: null, nights: null, ticket: null };

function datesOf({ flow, say }: Scene): string {
  return say.text("dates", { n: flow.dates.length ? keptOf(flow.dates).length : (flow.repeat?.times ?? 0) });
}

const times = (quantity: number | null): string => (quantity && quantity > 1 ? ` × ${quantity}` : "");

function labelOf({ flow }: Scene, extra: string | null, label: string): string {
  const named = [...(flow.offering?.extras ?? []), ...(flow.offering?.session?.ticket_types ?? [])];
  return named.find((one) => one.id === extra)?.name ?? (label || (flow.offering?.name ?? ""));
}

function minus(total: Money, part: Money): Pick<Money, "minor" | "amount"> {
  const minor = total.minor - part.minor;
  const scale = total.minor ? Number(total.amount) / total.minor : 0;
  return { minor, amount: String(Number((minor * scale).toFixed(3))) };
}

function line(label: string, value: string, isTotal = false): TemplateResult {
  return html`<div class=${isTotal ? "line total" : "line"}>
    <dt>${label}</dt>
    <dd class="num">${value}</dd>
  </div>`;
}

function amount({ formats, say }: Scene, value: Money): string {
  return value.minor ? formats.money(value) : say.text("free");
}

function from(scene: Scene): string {
  const price = scene.flow.offering?.price_from;
  return price?.minor ? scene.say.text("from", { price: scene.formats.money(price) }) : scene.say.text("free");
}

/** What cancelling will cost: the rule, and once a time is chosen its last free moment. */
export function cancellation({ flow, formats, say }: Scene): string {
  const plan = flow.offering?.stay?.rate_plans.find((one) => one.id === flow.choice.plan);
  const first = (plan?.terms ?? flow.offering?.terms)?.cancellation[0];
  if (!first || first.percent || first.minor) return say.text("cancelCosts");
  const hours = Math.floor(first.minutes / 60);
  // The terms count from each of several dates.
  if (flow.slot && !flow.slot.isNights && !flow.repeat) {
    const until = new Date(Date.parse(flow.slot.start) - first.minutes * 60_000);
    if (until.getTime() < Date.now()) return say.text("noFreeCancel");
    return say.text("freeCancelUntil", { moment: formats.dateAndTime(until.toISOString()) });
  }
  if (!hours) return say.text("freeCancelStart");
  return hours % 24
    ? say.text("freeCancelHours", { n: hours })
    : say.text("freeCancelDays", { n: hours / 24 });
}
