import type { PlainKey } from "../i18n";
import {
  backedUpBy,
  IMAGES_A_DAY,
  type Hold,
  type ImageState,
  type NoteState,
  type PhotosError,
  type PhotosErrorKind,
  type ShownState,
  type SkipReason,
} from "../model";
import type { MissingScope, SignInOutcome } from "./sign-in-port";
import { isSigningIn, type Say, type Surroundings } from "./surroundings";

/** What is said, and under it what it means or what to do. */
export interface Saying {
  readonly title: string;
  readonly detail: string;
}

/** How things stand now. Reads signals. */
export function sayHeadline(around: Surroundings): Saying {
  const { say, status } = around;
  const headline = status.headline.value;
  switch (headline.is) {
    case "looking":
      return { title: say("headline.looking"), detail: "" };
    case "backing-up":
      return { title: say("headline.backing-up", headline), detail: "" };
    case "hold": {
      const { hold, left } = headline;
      const { title, detail } = sayHold(hold, around);
      const rest = left > 0 ? say("detail.left", { n: left }) : "";
      const days = hold.why === "daily-quota" ? sayDays(left, hold.until, around) : "";
      return { title, detail: sentences(detail, rest, days) };
    }
    default: {
      const { is, images } = headline;
      const safe = status.totals.value["backed-up"];
      const also = is === "attention" && safe > 0 ? say("detail.complete", { n: safe }) : "";
      const detail = sentences(also, say(`detail.${is}`, { n: images }));
      return { title: say(`headline.${is}`, { n: images }), detail };
    }
  }
}

/** By when a backup of so many images is done, where Google's daily limit makes it take more than a day. */
export function sayDays(images: number, from: number, { say, words }: Surroundings): string {
  const by = backedUpBy(images, from);
  return by === undefined ? "" : say("detail.days", { n: IMAGES_A_DAY, when: words.day(by) });
}

export function sayHold(hold: Hold, around: Surroundings): Saying {
  const { say } = around;
  const [name, whatNext] =
    hold.why === "refused"
      ? ([`refused.${hold.because}`, `refused.${hold.because}.next`] as const)
      : ([`hold.${hold.why}`, `hold.${hold.why}.next`] as const);
  const title = say(hold.why === "off" && hold.here ? "hold.off.here" : name);
  if (hold.why === "signed-out") return { title, detail: saySignedOut(hold.ended, around) };
  const at = "until" in hold ? hold.until : undefined;
  if (at === undefined || hold.why !== "paused")
    return { title, detail: sentences(say(whatNext), sayNextTry(at, around)) };
  // A pause with an end goes on by itself, as after a day's quota.
  const when = around.words.moment(at, around.now());
  return { title, detail: sentences(say("hold.daily-quota.next"), say("detail.goes-on", { when })) };
}

function saySignedOut(ended: boolean, around: Surroundings): string {
  const { say, signedIn } = around;
  if (isSigningIn(around)) return say("account.waiting");
  const status = signedIn.value;
  const isTesting = status.is === "signed-out" && status.because === "testing";
  return say(`hold.signed-out.${isTesting ? "testing" : ended ? "ended" : "next"}`);
}

function sayNextTry(at: number | undefined, { say, words, now }: Surroundings): string {
  return at === undefined ? "" : say("detail.next-try", { when: words.moment(at, now()) });
}

/** An image's state as a name, and what it means or what to do. */
export function sayImage(state: ShownState | undefined, around: Surroundings): Saying {
  const { say, words } = around;
  const title = say(`state.${state?.is ?? "unknown"}`);
  if (state === undefined) return { title, detail: "" };
  const percent = state.is === "uploading" ? state.percent : undefined;
  return {
    title: percent === undefined ? title : `${title} ${words.percent(percent)}`,
    detail: sayAbout(state, around),
  };
}

function sayAbout(state: ShownState, around: Surroundings): string {
  const { say, signedIn } = around;
  switch (state.is) {
    case "backed-up": {
      // Where nobody is signed in, it is known from journals alone.
      const isTold = signedIn.value.is !== "signed-in";
      return sentences(isTold ? say("about.told") : "", remarks(state, say)) || say("about.backed-up");
    }
    case "removed":
      return say(state.left ? "about.removed-left" : state.bin ? "about.removed-bin" : "about.removed");
    case "skipped":
      return saySkip(state.because, around);
    case "failed":
      return sentences(say(`fail.${state.because}`), sayNextTry(state.retryAt, around));
    default:
      return say(`about.${state.is}`);
  }
}

function saySkip(because: SkipReason, { say, words, chosen }: Surroundings): string {
  return because === "too-large-phone"
    ? say(`skip.${because}`, { size: words.bytes(chosen.value.phoneLimit * 1_000_000) })
    : say(`skip.${because}`);
}

/** What is to be said of a backed-up image beyond that it is one; mostly nothing. */
function remarks({ item, doubles }: Extract<ImageState, { is: "backed-up" }>, say: Say): string {
  return sentences(
    item.restored === undefined ? "" : say(`about.restored-${item.restored}`),
    item.origin === "preexisting" ? say("about.preexisting") : "",
    item.huge === undefined ? "" : say("about.huge"),
    doubles === undefined ? "" : say("about.double"),
  );
}

export function sayNote({ is, safe, of, wanting }: NoteState, say: Say): string {
  return say(`note.${is}`, { safe, n: is === "attention" ? wanting : of });
}

/** A name for what shows a short text: it begins with that text, so that whoever speaks to the device can name it. */
export function nameFor(shown: string, said: string, say: Say): string {
  return said.includes(shown) ? said : say("row.label", { name: shown, state: said });
}

/** What came of a sign-in, and what to do. */
export function sayOutcome(outcome: SignInOutcome, say: Say): string {
  switch (outcome.is) {
    case "signed-in":
      return outcome.missing.length > 0 ? sayMissing(outcome.missing, say) : say("notice.signed-in");
    case "refused":
      return say("outcome.refused", { word: outcome.word });
    case "failed":
      return sayError(outcome.error, say);
    default:
      return say(`outcome.${outcome.is}`);
  }
}

/** What will not work, permission by permission, and what to do. */
export function sayMissing(missing: readonly MissingScope[], say: Say): string {
  return sentences(...missing.map((scope) => say(`scope.${scope}`)), say("scope.ask-again-text"));
}

type OtherKind = "refused" | "transient" | "bad-token" | "bad-album" | "bad-item" | "permanent";

/** What errors are told as whose kind says more than that something went wrong. A refusal says why itself. */
const TOLD_AS: Readonly<
  Record<Exclude<PhotosErrorKind, OtherKind>, PlainKey> & { [Kind in OtherKind]?: never }
> = {
  "signed-out": "signed-out.nobody",
  "storage-full": "error.storage-full",
  "quota-minute": "error.quota",
  "quota-day": "error.quota",
  concurrent: "error.quota",
  offline: "error.offline",
  "outcome-unknown": "error.offline",
};

export function sayError({ kind, detail: { refusal, ended } }: PhotosError, say: Say): string {
  if (refusal !== undefined) return sentences(say(`refused.${refusal}`), say(`refused.${refusal}.next`));
  return say(ended === true ? "error.signed-out" : (TOLD_AS[kind] ?? "error.other"));
}

/** Sentences one after another, as the script sets them: kana and Han have a full stop of their own. Empty ones are left out. */
export function sentences(...all: readonly string[]): string {
  return all
    .filter((one) => one !== "")
    .map((one) => (/[.!?…。！？]$/.test(one) ? one : one + (/[\u3040-\u9fff]/.test(one) ? "。" : ".")))
    .join(" ")
    .replace(/([。！？]) /g, "$1");
}
