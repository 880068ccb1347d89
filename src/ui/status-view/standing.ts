import type { Component } from "obsidian";
import { addButton, type Look } from "../button";
import { startBackup } from "../first-use";
import { actionOf, endsByTrying, type HoldAction } from "../hold-action";
import { iconOf, showIcon } from "../icons";
import { follow, type Surroundings } from "../surroundings";
import { sayHeadline } from "../wording";

interface OneButton extends HoldAction {
  readonly look: Look;
}

/** One sentence, one bar and one button for how things stand. */
export function showStanding(parent: HTMLElement, life: Component, around: Surroundings): void {
  const { say, status } = around;
  const el = parent.createDiv("vib-standing");
  const icon = el.createSpan("vib-standing-icon");
  const text = el.createDiv();
  const title = text.createDiv("vib-standing-title");
  const detail = text.createDiv("vib-standing-detail");
  const progress = el.createDiv("vib-progress");
  const attr = { role: "progressbar", "aria-label": say("view.progress") };
  const bar = progress.createDiv({ cls: "vib-bar", attr });
  const meter = progress.createDiv("vib-progress-figures");
  const place = el.createDiv("vib-standing-action");
  // Said aloud only when the kind of thing changes, not for each image.
  const announced = el.createDiv({ cls: "vib-aloud", attr: { role: "status" } });
  let kind = "";
  follow(life, () => {
    const headline = status.headline.value;
    const saying = sayHeadline(around);
    el.dataset["state"] = headline.is;
    showIcon(icon, iconOf(headline));
    title.setText(saying.title);
    detail.setText(saying.detail);
    if (headline.is === "backing-up" && headline.of > 0) {
      const percent = Math.round((100 * headline.done) / headline.of);
      bar.setAttr("aria-valuenow", percent);
      bar.setCssProps({ "--vib-done": `${percent}%` });
    }
    const { is } = headline;
    const what = is === "hold" ? headline.hold.why : is;
    if (kind !== what) announced.setText(`${saying.title}. ${saying.detail}`);
    kind = what;
  });
  follow(life, () => meter.setText(figures(around)));
  follow(life, () => {
    const one = oneButton(around);
    place.empty();
    if (one) addButton(place, say(one.label), one.act, one.look).setClass("vib-one-button");
    const headline = status.headline.value;
    if (headline.is !== "hold" || !endsByTrying(headline.hold)) return;
    addButton(place, say("menu.try-again"), () => startBackup(around, { of: "vault" }));
  });
}

function oneButton(around: Surroundings): OneButton | undefined {
  const { status, commands, chosen } = around;
  const headline = status.headline.value;
  switch (headline.is) {
    case "hold": {
      // The steps of first use have buttons of their own.
      if (headline.hold.why === "first-use" && !chosen.value.started) return undefined;
      if (headline.hold.why === "off" && headline.left === 0) return undefined;
      const action = actionOf(headline.hold, around);
      return action && { ...action, look: "next" };
    }
    case "backing-up":
      return { label: "view.pause", act: () => commands.pause(), look: "plain" };
    case "waiting":
      return { label: "view.back-up", act: () => startBackup(around, { of: "vault" }), look: "plain" };
    case "attention":
      if (status.totals.value.failed === 0) return undefined;
      return { label: "menu.try-again", act: () => commands.tryAgain({ of: "vault" }), look: "next" };
    case "looking":
    case "nothing-found":
    case "complete":
      return undefined;
  }
}

/** Speed and time left while a run is on; before anything can be said of them, nothing. */
function figures({ say, words, status, now }: Surroundings): string {
  const run = status.run.value;
  const headline = status.headline.value;
  if (run.is !== "running" || headline.is !== "backing-up") return "";
  const spent = now() - run.began;
  if (spent < 3000 || run.bytes === 0 || run.done === 0) return "";
  const rate = say("view.speed", { rate: words.bytes((1000 * run.bytes) / spent) });
  const left = ((headline.of - headline.done) * spent) / run.done;
  return `${rate} · ${say("view.time-left", { time: words.duration(left) })}`;
}
