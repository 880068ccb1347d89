import type { FailReason, ImageState, MediaItem, SkipReason, StateName } from "../../../src/model";

/** What every surface shows of one image. */
export interface ImageLine {
  readonly state: ImageState;
  readonly icon: string;
  /** What it is called, and what that means or what to do. */
  readonly title: string;
  readonly detail: string;
  /** Whether it is counted among those that need attention. */
  readonly wants: boolean;
  /** What its menus offer about its backup. */
  readonly offers: readonly string[];
}

export const ITEM = {
  id: "m",
  url: "https://photos.google.com/lr/photo/m",
  recipe: "o",
  origin: "created",
  since: 1,
  album: "a",
} as unknown as MediaItem;

/** When a failed image is tried again, in the tests that say so: far enough away to be said with its date. */
export const NEXT_TRY = new Date(2031, 4, 6, 7, 8).getTime();

const IN_GOOGLE = ["Open in Google Photos", "Open its album to share it"];

export const LEAVE_OUT = "Leave out of the backup";

const skipped = (
  because: SkipReason,
  detail: string,
  wants: boolean,
  // Of what nobody is asked to look at, nothing need be left out.
  offers: readonly string[] = wants ? [LEAVE_OUT] : [],
): ImageLine => ({
  state: { is: "skipped", because },
  icon: wants ? "vib-attention" : "vib-skipped",
  title: "Skipped",
  detail,
  wants,
  offers,
});

const failed = (because: FailReason, detail: string): ImageLine => ({
  state: { is: "failed", because },
  icon: "vib-attention",
  title: "Failed",
  detail,
  wants: true,
  offers: ["Try again", LEAVE_OUT],
});

const SKIPPED: Readonly<Record<SkipReason, ImageLine>> = {
  folder: skipped(
    "folder",
    "Its folder is not chosen for backup. You can change that in the settings.",
    false,
  ),
  type: skipped("type", "Google Photos does not take this type of file.", false),
  "not-an-image": skipped(
    "not-an-image",
    "Its content is not an image, whatever its name says. Fetch the image again.",
    true,
  ),
  broken: skipped("broken", "The image is damaged. Replace the file, and it is sent.", true),
  empty: skipped("empty", "The file is empty. Put the image there again.", true),
  "too-large": skipped(
    "too-large",
    "It is larger than Google Photos takes: photos up to 200 MB, videos up to 20 GB. Make the file smaller.",
    true,
  ),
  "too-large-phone": skipped(
    "too-large-phone",
    "It is over 100 MB, the limit for phones. Send it from a computer, or raise the limit in the settings.",
    true,
  ),
  unreadable: skipped(
    "unreadable",
    "The file could not be read. Check that it opens, then try again.",
    true,
    ["Try again", LEAVE_OUT],
  ),
  forgotten: skipped("forgotten", "You left it out of the backup.", false, ["Back up again"]),
  "maybe-there": skipped(
    "maybe-there",
    "An image of the same name and size is in Google Photos. In this image’s menu, choose “It is this one” or “Back up again”.",
    true,
    ["It is this one", "Back up again", LEAVE_OUT],
  ),
};

const FAILED: Readonly<Record<FailReason, ImageLine>> = {
  connection: failed("connection", "The connection broke again and again."),
  service: failed("service", "Google answered with an error again and again."),
  refused: failed("refused", "Google did not take this image and gave no reason that helps."),
  changing: failed("changing", "The file kept changing while it was read."),
};

const REST: Readonly<Record<Exclude<StateName, "skipped" | "failed">, ImageLine>> = {
  waiting: {
    state: { is: "waiting" },
    icon: "vib-waiting",
    title: "Waiting",
    detail: "It is sent when its turn comes.",
    wants: false,
    offers: ["Back up this image", LEAVE_OUT],
  },
  uploading: {
    state: { is: "uploading" },
    icon: "vib-sending",
    title: "Uploading",
    detail: "It is on its way to Google Photos.",
    wants: false,
    offers: [],
  },
  "backed-up": {
    state: { is: "backed-up", item: ITEM },
    icon: "vib-safe",
    title: "Backed up",
    detail: "It is in your Google Photos.",
    wants: false,
    offers: IN_GOOGLE,
  },
  removed: {
    state: { is: "removed", item: ITEM },
    icon: "vib-removed",
    title: "Removed",
    detail:
      "It is no longer in Google Photos; the file in the vault is untouched. Back it up again, forget it, or leave it as it is.",
    wants: true,
    offers: ["Back up again", "Leave it as it is", "Forget it"],
  },
};

/** Whether its title says all: what is on its way or safe, without a remark, needs no second sentence in a list. */
export function saysAllByTitle({ detail }: ImageLine): boolean {
  return [REST.waiting, REST.uploading, REST["backed-up"]].some((plain) => plain.detail === detail);
}

/** Every state an image can be in, with every reason. Exhaustive by type: a new one breaks the compile here. */
export const IMAGES: readonly ImageLine[] = [
  ...Object.values(REST),
  ...Object.values(SKIPPED),
  ...Object.values(FAILED),
  {
    ...FAILED.service,
    state: { is: "failed", because: "service", retryAt: NEXT_TRY },
    detail: "Google answered with an error again and again. Next try: May 6, 2031, 7:08 AM.",
  },
  {
    ...REST["backed-up"],
    state: { is: "backed-up", item: { ...ITEM, huge: true } },
    detail: "Over 100 megapixels: check that it shows in Google Photos.",
  },
];

/** An image that a note asks for and whose file is gone: no mark, since there is no picture to put it on. */
export const MISSING = {
  icon: "vib-removed",
  title: "Missing",
  detail: "It is in Google Photos, but its file is gone from the vault. Restore it, or forget it.",
  offers: [...IN_GOOGLE, "Restore…", "Forget it"],
} as const;

export const lineName = ({ state }: ImageLine): string =>
  [state.is, "because" in state ? state.because : "", "retryAt" in state ? "tried again later" : ""]
    .filter((part) => part !== "")
    .join(", ");

/** The first line of a state, or of a reason. */
export function lineOf(is: string): ImageLine {
  const found = IMAGES.find(({ state }) => state.is === is || ("because" in state && state.because === is));
  if (found === undefined) throw new Error(`no line of the table is ${is}`);
  return found;
}
