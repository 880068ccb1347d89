import type { Component } from "obsidian";
import { addButton } from "../button";
import { amountToSend, startBackup } from "../first-use";
import { hiddenName } from "../hidden-name";
import { signInAction } from "../hold-action";
import { showIcon } from "../icons";
import { openChoice } from "../settings";
import { follow, isSigningIn, type Surroundings } from "../surroundings";

/** The steps of first use; they go away when the first backup is started. */
export function showSteps(parent: HTMLElement, life: Component, around: Surroundings): void {
  const { say, words, status, signedIn, chosen } = around;
  const attr = { "aria-labelledby": hiddenName(parent, say("steps.label")) };
  const el = parent.createEl("ol", { cls: "vib-steps", attr });
  const account = step(el, say("steps.sign-in"));
  const choice = step(el, say("steps.choose"));
  addButton(choice.place, say("steps.choose-action"), () => openChoice(around));
  const start = step(el, say("steps.start"));
  start.text.setText(say("steps.start-text"));
  follow(life, () => el.toggle(!chosen.value.started));
  follow(
    life,
    () => {
      const isDone = signedIn.value.is === "signed-in";
      account.el.toggleClass("is-done", isDone);
      const isWaiting = isSigningIn(around);
      const next = signedIn.value.is === "no-client" ? "steps.sign-in-text" : "account.sign-in-desc";
      const text = isWaiting ? "account.waiting" : isDone ? "steps.done" : next;
      account.text.setText(say(text));
      account.place.empty();
      if (isDone) return;
      const { label, act } = signInAction(around);
      addButton(account.place, say(label), act, "next");
      // What is done offers nothing more: the focus goes to the next step.
    },
    el,
  );
  follow(life, () => {
    const { waiting, uploading } = status.totals.value;
    if (chosen.value.started) return;
    const size = words.bytes(amountToSend(around).bytes);
    const quality = say(`settings.quality.${chosen.value.quality}`);
    choice.text.setText(say("steps.choose-text", { n: waiting + uploading, size, quality }));
  });
  follow(
    life,
    () => {
      const ready = signedIn.value.is === "signed-in" && status.looked.value;
      start.place.empty();
      const act = (): void => startBackup(around);
      addButton(start.place, say("steps.start-action"), act, ready ? "next" : "plain").setDisabled(!ready);
    },
    el,
  );
}

interface Step {
  readonly el: HTMLElement;
  readonly text: HTMLElement;
  readonly place: HTMLElement;
}

/** Its mark is its number, and once it is done (`is-done`) an icon. */
function step(list: HTMLElement, title: string): Step {
  const el = list.createEl("li", "vib-step");
  showIcon(el.createSpan({ cls: "vib-step-mark", attr: { "aria-hidden": "true" } }), "vib-safe");
  const body = el.createDiv();
  body.createDiv({ cls: "vib-step-title", text: title });
  const text = body.createDiv("vib-step-text");
  return { el, text, place: body.createDiv("vib-step-action") };
}
