import { Notice } from "obsidian";
import { isComing, needsAttention, type VaultPath } from "../model";
import { openAccount } from "./account";
import { factList, openQuestion } from "./dialog";
import type { Surroundings } from "./surroundings";
import { tellHold, tellUndone } from "./tell-undone";
import { tellUnreadable } from "./tell-unreadable";
import { sayDays } from "./wording";

/** Google asks apps to warn people before a file of more bytes goes up (fact sheet §6). */
export const LARGE = 25_000_000;

/** How many images would be sent, and how large they are together, in bytes. */
export interface Amount {
  readonly images: number;
  readonly bytes: number;
  /** How many of them are large. */
  readonly large: number;
}

/** What a first backup would send: every image that waits. */
export function amountToSend({ status, vaultImages }: Surroundings): Amount {
  const states = status.images();
  const sizes = [...vaultImages()].filter(({ path }) => isComing(states.get(path))).map(({ size }) => size);
  return {
    images: sizes.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    large: sizes.filter((size) => size > LARGE).length,
  };
}

/**
 * Backs up what was asked for, mostly the whole vault. Where nobody is signed in, signing in comes first; where the person has not read yet
 * what cannot be taken back, that is said and asked first. The settings know whether they have: where these cannot be
 * read, that is told.
 */
export function startBackup(around: Surroundings, paths?: readonly VaultPath[]): void {
  void around.settings.opened.then(
    () => start(around, paths),
    () => tellUnreadable(around.say),
  );
}

function start(around: Surroundings, paths?: readonly VaultPath[]): void {
  if (around.signedIn.peek().is !== "signed-in") {
    openAccount(around);
    return;
  }
  if (around.chosen.peek().started) backUp(around, paths);
  // How much would be sent nobody knows before.
  else if (!around.status.looked.peek()) tellUndone(around);
  else askFirst(around);
}

/** Says that the images are being sent, what keeps them from it, or that there are none to be sent. */
function backUp(around: Surroundings, paths?: readonly VaultPath[]): void {
  const { status, say, commands } = around;
  const hold = commands.backUp(paths);
  const states = paths?.map((path) => status.at(path)) ?? [...status.images().values()];
  const n = states.filter(needsAttention).length;
  const isSafe = states.some((state) => state?.is === "backed-up");
  const left = n > 0 ? "attention" : isSafe ? "complete" : "all-skipped";
  const of = states.filter((state) => isComing(state) || state?.is === "failed").length;
  if (of > 0) tellHold(hold, around, say("headline.backing-up", { done: 0, of }));
  else new Notice(say(`headline.${status.looked.peek() ? left : "looking"}`, { n }));
}

/** Says what cannot be taken back, before the first image is sent. */
function askFirst(around: Surroundings): void {
  const { say, words, signedIn } = around;
  const who = signedIn.peek();
  const { images, bytes, large } = amountToSend(around);
  const facts = [
    "email" in who && who.email !== "" ? say("account.signed-in-as", { email: who.email }) : "",
    images > 0 ? say("first.amount", { n: images, size: words.bytes(bytes) }) : say("first.none"),
    say("first.before"),
    large > 0 ? say("first.large", { n: large }) : "",
    sayDays(images, around.now(), around),
    say("first.timeline"),
    say("first.storage"),
    say("first.forever"),
    say("first.account"),
    say("first.local"),
  ];
  const yes = images > 0 ? say("menu.back-up-images", { n: images }) : say("first.confirm-none");
  const said = factList(facts.filter((fact) => fact !== ""));
  openQuestion(around, say("first.title"), said, yes, () => confirm(around), "next").addClass(
    "vib-first-use",
  );
}

async function confirm(around: Surroundings): Promise<void> {
  await around.settings.change({ started: true });
  tellHold(around.commands.backUp(), around);
}

/**
 * The images of a note. What is none to the backup once the vault has been looked through, such as a video where videos
 * are left out, is none of them.
 */
export function imagesIn({ noteImages, status }: Surroundings, note: VaultPath): readonly VaultPath[] {
  return noteImages.imagesOf(note).filter((path) => !status.looked.peek() || status.at(path));
}
