import { svg, type SVGTemplateResult } from "lit";

import arrowLeft from "icon:arrow-left";
import arrowRight from "icon:arrow-right";
import calendar from "icon:calendar";
import calendarPlus from "icon:calendar-plus";
import calendarX from "icon:calendar-x";
import chevronLeft from "icon:chevron-left";
import chevronRight from "icon:chevron-right";
import chevronUp from "icon:chevron-up";
import circleAlert from "icon:circle-alert";
import circleCheck from "icon:circle-check";
import circleX from "icon:circle-x";
import clock from "icon:clock";
import cloudOff from "icon:cloud-off";
import hourglass from "icon:hourglass";
import loader from "icon:loader-circle";
import mapPin from "icon:map-pin";
import plus from "icon:plus";
import refresh from "icon:refresh-cw";
import shieldCheck from "icon:shield-check";
import sparkles from "icon:sparkles";
import timer from "icon:timer";
import timerOff from "icon:timer-off";
import user from "icon:user-round";
import users from "icon:users-round";
import wifiOff from "icon:wifi-off";

const ICONS = {
  arrowLeft,
  arrowRight,
  calendar,
  calendarPlus,
  calendarX,
  chevronLeft,
  chevronRight,
  chevronUp,
  circleAlert,
  circleCheck,
  circleX,
  clock,
  cloudOff,
  hourglass,
  loader,
  mapPin,
  plus,
  refresh,
  shieldCheck,
  sparkles,
  timer,
  timerOff,
  user,
  users,
  wifiOff,
};

export type IconName = keyof typeof ICONS;

export const icon = (name: IconName): SVGTemplateResult =>
  svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${ICONS[name]}</svg>`;
