import { html, nothing, type TemplateResult } from "lit";

import { capital } from "../formats.js";
import { icon, type IconName } from "../icons.js";
import type { Booking, Order } from "../types.js";
import type { Key } from "../words.js";
import type { Scene } from "./scene.js";

interface Headline {
  readonly hue: "ok" | "hold" | "warn" | "plain";
  readonly icon: IconName;
  readonly title: Key;
  readonly text: Key;
}

const HEADLINES = {
  held: { hue: "hold", icon: "timer", title: "held", text: "heldText" },
  paying: { hue: "hold", icon: "loader", title: "paying", text: "payingText" },
  pending: { hue: "warn", icon: "hourglass", title: "pending", text: "pendingText" },
  confirmed: { hue: "ok", icon: "circleCheck", title: "confirmed", text: "confirmedText" },
  expired: { hue: "plain", icon: "timerOff", title: "expired", text: "expiredText" },
  cancelled: { hue: "plain", icon: "circleX", title: "cancelled", text: "cancelledText" },
} satisfies Record<string, Headline>;

type State = keyof typeof HEADLINES;

export function orderView(scene: Scene): TemplateResult {
  const { flow, say } = scene;
  const order = flow.order;
  if (!order) return html``;
  const state = stateOf(scene, order);
  const headline = HEADLINES[state];
  const isPlain = state === "confirmed" && !flow.contact.email && scene.email !== "required";
  return html`<div class="order ${headline.hue}" part="order">
    <span class="order-mark ${headline.icon === "loader" ? "turns" : ""}" aria-hidden="true"
      >${icon(headline.icon)}</span
    >
    <h2 id="heading" part="heading" tabindex="-1">${say.text(headline.title)}</h2>
    <p class="muted">${say.text(isPlain ? "confirmedTextPlain" : headline.text)}</p>
    ${state === "held" || state === "paying" ? countdown(scene, order) : nothing}
    ${flow.payFailed ? failure(scene) : nothing}
    <div class="tickets">
      ${order.bookings.map((one) => ticket(scene, one))}
      ${order.products.map(
        (one) => html`<section class="ticket"><strong>${one.product.name} × ${one.quantity}</strong></section>`,
      )}
    </div>
    ${sums(scene, order)}
    <div class="order-actions">${actions(scene, order, state)}</div>
  </div>`;
}

function stateOf({ flow }: Scene, order: Order): State {
  if (flow.isLapsed || order.status === "expired") return "expired";
  if (order.status === "held") return flow.isAwaiting || flow.busy === "paying" ? "paying" : "held";
  if (order.status === "pending" || order.status === "cancelled") return order.status;
  return "confirmed";
}

function countdown({ say }: Scene, order: Order): TemplateResult {
  const left = Math.max(0, Math.floor((Date.parse(order.expires_at ?? "") - Date.now()) / 1000));
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return html`<p class="countdown num" part="countdown" role="timer" aria-live="off">
    ${icon("timer")}${say.text("heldLeft", { left: clock })}
  </p>`;
}

function failure({ say }: Scene): TemplateResult {
  return html`<div class="alert bad" part="alert" role="alert">
    ${icon("circleAlert")}
    <p>${say.text("payFailed")}</p>
  </div>`;
}

function ticket({ formats, hidesEnd }: Scene, booking: Booking): TemplateResult {
  const people = booking.resources.map((one) => one.name).join(", ");
  const { location: place } = booking;
  return html`<section class="ticket">
    <strong>${booking.offering.name}</strong>
    <span>${icon("calendar")}<span>${capital(formats.dayOf(booking.start))},
      ${
        booking.guests?.adults
          ? html`– ${formats.dayOf(booking.end)}`
          : html`<b class="num">${hidesEnd ? formats.time(booking.start) : formats.span(booking.start, booking.end)}</b>`
      }</span></span>
    ${people ? html`<span>${icon("user")}<span>${people}</span></span>` : nothing}
    <span>${icon("mapPin")}<span>${[place.name, place.address, place.city].filter(Boolean).join(", ")}</span></span>
  </section>`;
}

function sums({ formats, say }: Scene, order: Order): TemplateResult | typeof nothing {
  if (!order.total.minor) return nothing;
  return html`<dl class="lines">
    <div class="line total">
      <dt>${say.text("total")}</dt>
      <dd class="num">${formats.money(order.total)}</dd>
    </div>
    ${
      order.paid.minor
        ? html`<div class="line">
            <dt>${say.text("paid")}</dt>
            <dd class="num">${formats.money(order.paid)}</dd>
          </div>`
        : nothing
    }
  </dl>`;
}

function actions({ flow, formats, say }: Scene, order: Order, state: State): TemplateResult {
  if (state === "expired" || state === "cancelled")
    return html`<button type="button" class="button primary" part="button button-primary" @click=${() => flow.again()}>
      ${say.text("chooseAgain")}
    </button>`;
  const manage = html`<a class="button" part="button" href=${order.manage_url} target="_blank" rel="noopener"
    >${say.text("manage")}</a
  >`;
  if (state === "held" || state === "paying")
    return html`${
      order.due_now.minor
        ? html`<button
            type="button"
            class=${state === "held" ? "button primary large" : "button"}
            part=${state === "held" ? "button button-primary" : "button"}
            aria-busy=${flow.busy === "paying" ? "true" : "false"}
            @click=${() => flow.pay()}
          >
            <span>${say.text("pay", { amount: formats.money(order.due_now) })}</span>
          </button>`
        : nothing
    }
    <button type="button" class="button quiet" part="button" @click=${() => flow.again()}>
      ${say.text("chooseAgain")}
    </button>`;
  return html`${
      state === "confirmed"
        ? html`<a class="button primary" part="button button-primary" href="${order.manage_url}/calendar.ics"
            >${icon("calendarPlus")}${say.text("calendar")}</a
          >`
        : nothing
    }
    ${manage}
    <button type="button" class="button quiet" part="button" @click=${() => flow.again()}>${say.text("again")}</button>`;
}
