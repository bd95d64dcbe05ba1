/** Entry of every signed-in page. */
import { confirmation, dialogOpener, form } from "./controllers/dialog";
import { hotkeys } from "./controllers/hotkeys";
import { news } from "./controllers/news";
import { type Controller, attach } from "./controllers/registry";
import { rows } from "./controllers/rows";
import { autosubmit, band, chart, copy, countdown, keySheet, menu, tabs, theme, time } from "./controllers/small";
import { forgetAll } from "./save/keep";

const controllers: Readonly<Record<string, Controller>> = {
  autosubmit,
  band,
  chart,
  confirm: confirmation,
  copy,
  countdown,
  dialog: dialogOpener,
  form,
  keys: keySheet,
  menu,
  poll: news((element) => attach(element, controllers)),
  rows,
  "sign-out": (element) => element.addEventListener("submit", forgetAll),
  tabs,
  theme,
  time,
};

attach(document, controllers);
hotkeys();
if (!document.querySelector("#desk-editor")) document.documentElement.dataset.ready = "";
