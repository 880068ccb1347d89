import type { Words } from "../i18n";
import {
  backedUpBy,
  IMAGES_A_DAY,
  type Hold,
  type ImageState,
  type NoteState,
  type PhotosError,
} from "../model";
import type { Headline } from "../status";
import type { SignInOutcome, SignInStatus } from "./sign-in-port";

/** What is said, and under it what it means or what to do. */
export interface Saying {
  readonly title: string;
  readonly detail: string;
}

/** What a saying depends on beside its subject. Milliseconds since 1970. */
export interface Aside {
  readonly now: number;
  readonly signedIn: SignInStatus;
}

export function sayHeadline(words: Words, headline: Headline, aside: Aside): Saying {
  switch (headline.is) {
    case "looking":
      return { title: words.say("headline.looking"), detail: "" };
    case "nothing-found":
      return { title: words.say("headline.nothing-found"), detail: words.say("detail.nothing-found") };
    case "hold": {
      const { title, detail } = sayHold(words, headline.hold, aside);
      const left = headline.left > 0 ? words.say("detail.left", { n: headline.left }) : "";
      const { hold } = headline;
      const days = hold.why === "daily-quota" ? sayDays(words, headline.left, hold.until) : "";
      return { title, detail: sentences(detail, left, days) };
    }
    case "backing-up":
      return {
        title: words.say("headline.backing-up", { done: headline.done, of: headline.of }),
        detail: "",
      };
    case "waiting":
      return {
        title: words.say("headline.waiting", { n: headline.left }),
        detail: words.say("detail.waiting"),
      };
    case "attention":
      return {
        title: words.say("headline.attention", { n: headline.images }),
        detail: words.say("detail.attention"),
      };
    case "complete":
      return {
        title: words.say("headline.complete"),
        detail: words.say("detail.complete", { n: headline.images }),
      };
  }
}

/** By when a backup of so many images is done, where Google's daily limit makes it take more than a day. */
export function sayDays(words: Words, images: number, from: number): string {
  const by = backedUpBy(images, from);
  return by === undefined ? "" : words.say("detail.days", { n: IMAGES_A_DAY, when: words.day(by) });
}

export function sayHold(words: Words, hold: Hold, { now, signedIn }: Aside): Saying {
  const until = "until" in hold ? words.say("detail.next-try", { when: words.moment(hold.until, now) }) : "";
  switch (hold.why) {
    case "refused":
      return {
        title: words.say(`refused.${hold.because}`),
        detail: words.say(`refused.${hold.because}.next`),
      };
    case "signed-out": {
      const testing = signedIn.is === "signed-out" && signedIn.because === "testing";
      const next = testing ? "testing" : hold.ended ? "ended" : "next";
      return { title: words.say("hold.signed-out"), detail: words.say(`hold.signed-out.${next}`) };
    }
    case "off":
      return {
        title: words.say(hold.here === true ? "hold.off.here" : "hold.off"),
        detail: words.say("hold.off.next"),
      };
    default: {
      // A pause with an end goes on by itself, as after a day's quota.
      const next = hold.why === "paused" && until !== "" ? "daily-quota" : hold.why;
      return {
        title: words.say(`hold.${hold.why}`),
        detail: sentences(words.say(`hold.${next}.next`), until),
      };
    }
  }
}

/** An image's state as a name, and what it means or what to do. */
export function sayImage(words: Words, state: ImageState | undefined, now: number): Saying {
  if (state === undefined) return { title: words.say("state.unknown"), detail: "" };
  const title = words.say(`state.${state.is}`);
  switch (state.is) {
    case "uploading": {
      const part = state.percent === undefined ? "" : ` ${words.percent(state.percent)}`;
      return { title: title + part, detail: words.say("about.uploading") };
    }
    case "waiting":
      return { title, detail: words.say(`about.${state.is}`) };
    case "backed-up":
      return { title, detail: remarks(words, state) || words.say("about.backed-up") };
    case "removed":
      return {
        title,
        detail: words.say(
          state.bin ? "about.removed-bin" : state.left ? "about.removed-left" : "about.removed",
        ),
      };
    case "skipped":
      return { title, detail: words.say(`skip.${state.because}`) };
    case "failed": {
      const { retryAt } = state;
      const next =
        retryAt === undefined ? "" : words.say("detail.next-try", { when: words.moment(retryAt, now) });
      return { title, detail: sentences(words.say(`fail.${state.because}`), next) };
    }
  }
}

/** What is to be said of a backed-up image beyond that it is one; mostly nothing. */
export function remarks(words: Words, { item, doubles }: Extract<ImageState, { is: "backed-up" }>): string {
  return sentences(
    item.restored === undefined ? "" : words.say(`about.restored-${item.restored}`),
    item.origin === "preexisting" ? words.say("about.preexisting") : "",
    item.huge === undefined ? "" : words.say("about.huge"),
    doubles === undefined ? "" : words.say("about.double"),
  );
}

/** What a backed-up image's row says where nobody is signed in: it is known from journals alone. */
export function sayTold(words: Words, { title, detail }: Saying): Saying {
  return { title, detail: sentences(detail, words.say("about.told")) };
}

/** An image that the vault has not: a note asks for it, or none does. */
export function sayAway(words: Words, only: boolean): Saying {
  return only
    ? { title: words.say("view.only"), detail: words.say("about.only") }
    : { title: words.say("state.missing"), detail: words.say("about.missing") };
}

export function sayNote(words: Words, note: NoteState): string {
  switch (note.is) {
    case "none":
      return words.say("note.none");
    case "safe":
      return words.say("note.safe", { n: note.of });
    case "partly":
      return words.say("note.partly", { safe: note.safe, n: note.of });
    case "attention":
      return words.say("note.attention", { n: note.wanting });
  }
}

/** A name for what shows a short text: it begins with that text, so that whoever speaks to the device can name it. */
export function nameFor(words: Words, shown: string, said: string): string {
  return said.includes(shown) ? said : words.say("row.label", { name: shown, state: said });
}

/** What came of a sign-in, and what to do. */
export function sayOutcome(words: Words, outcome: SignInOutcome): string {
  switch (outcome.is) {
    case "signed-in":
      return words.say(outcome.missing.length > 0 ? "account.missing-scopes" : "notice.signed-in");
    case "refused":
      return words.say("outcome.refused", { word: outcome.word });
    case "failed":
      return sayError(words, outcome.error);
    default:
      return words.say(`outcome.${outcome.is}`);
  }
}

export function sayError(words: Words, { kind, detail }: PhotosError): string {
  switch (kind) {
    case "signed-out":
      return words.say("error.signed-out");
    case "refused": {
      const because = detail.refusal;
      if (because === undefined) return words.say("error.other");
      return sentences(words.say(`refused.${because}`), words.say(`refused.${because}.next`));
    }
    case "quota-minute":
    case "quota-day":
    case "concurrent":
      return words.say("error.quota");
    case "storage-full":
      return words.say("error.storage-full");
    case "offline":
    case "outcome-unknown":
      return words.say("error.offline");
    case "transient":
    case "bad-token":
    case "bad-album":
    case "bad-item":
    case "permanent":
      return words.say("error.other");
  }
}

/** Sentences one after another, as the language sets them; empty ones are left out. */
export function sentences(...all: readonly string[]): string {
  return all
    .filter((one) => one !== "")
    .map((one) => (/[.!?…。！？]$/.test(one) ? one : `${one}.`))
    .join(" ")
    .replace(/([。！？]) /g, "$1");
}
