import { computed } from "@preact/signals-core";
import { debounce, type Component } from "obsidian";
import { addButton, type Look } from "../button";
import { startBackup } from "../first-use";
import { actionOf, endsByTrying, type HoldAction } from "../hold-action";
import { iconOf, showIcon } from "../icons";
import { openRestore, restoreMissing } from "../recovery";
import { redraw } from "../redraw";
import { follow, isSigningIn, type Surroundings } from "../surroundings";
import { sayHeadline, sentences } from "../wording";

/** What has been told is heard by then, in milliseconds. */
const SAID = 10_000;

/** What of a headline makes it another one to tell; how many images it is about does not. */
const NEWS = ["is", "hold", "why", "because", "ended"];

interface OfferedButton extends HoldAction {
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
  const bar = progress.createEl("progress", { cls: "vib-bar", attr: { "aria-label": say("view.progress") } });
  const meter = progress.createDiv("vib-progress-figures");
  const place = el.createDiv("vib-standing-action");
  // Said aloud only when the kind of thing changes, not for each image; then it is gone, so that nobody reads it later.
  const announced = el.createDiv({ cls: "vib-aloud", attr: { role: "status" } });
  const hush = debounce(() => announced.empty(), SAID, true);
  let told = "";
  follow(life, () => {
    const headline = status.headline.value;
    const saying = sayHeadline(around);
    showIcon(icon, iconOf(headline));
    title.setText(saying.title);
    detail.setText(saying.detail);
    if (headline.is === "backing-up") bar.setAttrs({ value: headline.done, max: headline.of });
    const kind = headline.is === "hold" ? headline.hold.why : headline.is;
    el.dataset["state"] = kind;
    const news = JSON.stringify([headline, isSigningIn(around)], NEWS);
    if (told === news) return;
    told = news;
    announced.setText(sentences(saying.title, saying.detail));
    hush();
  });
  follow(life, () => meter.setText(figures(around)));
  // Not made anew for each image: one may have the focus, or be about to be pressed.
  const offered = computed(() => JSON.stringify(buttonsOf(around), ["label", "look"]));
  const showButtons = (): void => {
    place.empty();
    for (const [index, { label, look }] of buttonsOf(around).entries())
      addButton(place, say(label), () => buttonsOf(around)[index]?.act(), look);
  };
  life.register(offered.subscribe(() => redraw(place, showButtons)));
}

/** What can be done, most helpful first. Reads signals. */
function buttonsOf(around: Surroundings): readonly OfferedButton[] {
  const { status, commands } = around;
  const headline = status.headline.value;
  switch (headline.is) {
    case "hold": {
      const { hold, left } = headline;
      const action = hold.why === "off" && left === 0 ? undefined : actionOf(hold, around);
      const tryAgain = { label: "menu.try-again", act: () => startBackup(around), look: "plain" } as const;
      return [
        ...(action ? [{ ...action, look: "next" } as const] : []),
        ...(endsByTrying(hold) ? [tryAgain] : []),
      ];
    }
    case "backing-up":
      return [{ label: "view.pause", act: () => commands.pause(), look: "plain" }];
    case "waiting":
      return [{ label: "view.back-up", act: () => startBackup(around), look: "plain" }];
    case "attention": {
      const { failed, missing } = status.totals.value;
      const tryAgain = { label: "menu.try-again", act: () => commands.tryAgain() } as const;
      const restore = { label: "menu.restore", act: () => restoreMissing(openRestore)(around) } as const;
      const all = [...(failed > 0 ? [tryAgain] : []), ...(missing > 0 ? [restore] : [])];
      return all.map((one, place) => ({ ...one, look: place === 0 ? "next" : "plain" }));
    }
    default:
      headline.is satisfies "looking" | "nothing-found" | "all-skipped" | "complete";
      return [];
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
