import type { Hold, HoldName, Refusal } from "../../../src/model";

/** What every surface shows while one image waits under a hold. */
export interface HoldLine {
  readonly hold: Hold;
  readonly icon: string;
  readonly title: string;
  readonly detail: string;
  /** The buttons of the status view, and what the first of them does; `""`: something of the surfaces' own opens. */
  readonly buttons: readonly string[];
  readonly does?: string;
  /** Whether a backup that it stops says so in a notice. */
  readonly notice?: true;
}

/** When a hold ends, in the tests: far enough away to be said with its date. */
const UNTIL = new Date(2031, 4, 6, 7, 8).getTime();
const NEXT_TRY = "Next try: May 6, 2031, 7:08 AM.";
const LEFT = "1 image is not backed up yet.";

const AGAIN = "Try again";
const SIGN_IN_AGAIN = "Sign in again";
const opens = (url: string): string => `["openBrowser","${url}"]`;

function attention(hold: Hold, title: string, detail: string, buttons: readonly string[] = []): HoldLine {
  return { hold, icon: "vib-attention", title, detail: `${detail} ${LEFT}`, buttons };
}

function held(hold: Hold, title: string, detail: string, buttons: readonly string[] = []): HoldLine {
  return { hold, icon: "vib-held", title, detail: `${detail} ${LEFT}`, buttons };
}

const REFUSALS: Readonly<Record<Refusal, HoldLine>> = {
  "api-off": {
    ...attention(
      { why: "refused", because: "api-off" },
      "The Photos Library API is turned off",
      "Turn it on for your Google Cloud project, wait a minute, then back up again.",
      ["Open Google Cloud", AGAIN],
    ),
    does: opens(
      "https://console.cloud.google.com/apis/library/photoslibrary.googleapis.com?project=123456789012",
    ),
    notice: true,
  },
  "scope-missing": {
    ...attention(
      { why: "refused", because: "scope-missing" },
      "There is no permission to use Google Photos yet",
      "Sign in again and tick every box on Google’s page.",
      [SIGN_IN_AGAIN],
    ),
    does: "",
    notice: true,
  },
  "account-blocked": {
    ...attention(
      { why: "refused", because: "account-blocked" },
      "This account is not allowed to use Google Photos",
      "Ask its administrator, or sign in with another account.",
      [SIGN_IN_AGAIN],
    ),
    does: "",
    notice: true,
  },
  "client-wrong": {
    ...attention(
      { why: "refused", because: "client-wrong" },
      "Google does not know your client",
      "Its ID or secret is wrong, or it was deleted. Bring it again in the settings.",
      ["Change client"],
    ),
    does: "",
    notice: true,
  },
};

const OFF_NEXT = "New images wait until you back them up, or turn backup on in the settings.";

/** Every hold, with all its kinds. Exhaustive by type: a new one breaks the compile here. */
const BY_NAME: Readonly<Record<HoldName, readonly HoldLine[]>> = {
  stopped: [
    {
      ...attention(
        { why: "stopped", until: UNTIL },
        "The backup was interrupted",
        `Something went wrong on this device. It is tried again by itself; if this stays, see whether the device has space left. ${NEXT_TRY}`,
        [AGAIN],
      ),
      does: '["wake"]',
    },
  ],
  // The steps of first use, which have their buttons, are gone once it was finished on another device.
  "first-use": [
    {
      ...held({ why: "first-use" }, "Backup has not started yet", "Three steps, then it runs by itself."),
      icon: "vib-cloud",
    },
  ],
  "newer-ledger": [
    {
      ...attention(
        { why: "newer-ledger" },
        "This device needs a newer version",
        "Another device has a newer version of this plugin. Update it here to go on.",
      ),
      notice: true,
    },
  ],
  "other-window": [
    held(
      { why: "other-window" },
      "Another window is backing up",
      "This vault is open twice, and the other window does the work.",
    ),
  ],
  off: [
    {
      ...held({ why: "off", here: false }, "Backup is off", OFF_NEXT, ["Back up now"]),
      does: '["backUp"]',
    },
    {
      ...held({ why: "off", here: true }, "Backup is off on this device", OFF_NEXT, ["Back up now"]),
      does: '["backUp"]',
    },
  ],
  paused: [
    {
      ...held({ why: "paused" }, "Backup is paused", "Nothing is sent until you resume.", ["Resume"]),
      does: '["resume"]',
    },
    {
      ...held(
        { why: "paused", until: UNTIL },
        "Backup is paused",
        "The backup goes on by itself. Resumes: May 6, 2031, 7:08 AM.",
        ["Resume"],
      ),
      does: '["resume"]',
    },
  ],
  "signed-out": [
    {
      ...attention(
        { why: "signed-out", ended: false },
        "You are signed out",
        "Sign in to Google, and the backup goes on.",
        ["Sign in"],
      ),
      does: "",
      notice: true,
    },
    {
      ...attention(
        { why: "signed-out", ended: true },
        "You are signed out",
        "Google has ended the sign-in. Sign in again, and the backup goes on where it stopped.",
        ["Sign in"],
      ),
      does: "",
      notice: true,
    },
  ],
  refused: Object.values(REFUSALS),
  "storage-full": [
    {
      ...attention(
        { why: "storage-full", until: UNTIL },
        "Your Google storage is full",
        `Free up space or get more, then try again. ${NEXT_TRY}`,
        ["Manage storage", AGAIN],
      ),
      does: opens("https://one.google.com/storage"),
      notice: true,
    },
  ],
  "daily-quota": [
    held(
      { why: "daily-quota", until: UNTIL },
      "Google’s daily limit is reached",
      `The backup goes on by itself. ${NEXT_TRY}`,
    ),
  ],
  offline: [
    {
      ...held({ why: "offline" }, "No connection", "The backup goes on by itself when you are online.", [
        "Try now",
      ]),
      does: '["resume"]',
    },
    {
      ...held(
        { why: "offline", until: UNTIL },
        "No connection",
        `The backup goes on by itself when you are online. ${NEXT_TRY}`,
        ["Try now"],
      ),
      does: '["resume"]',
    },
  ],
  wifi: [held({ why: "wifi" }, "Waiting for Wi-Fi", "Images are sent over Wi-Fi only, as you have set it.")],
  power: [
    held({ why: "power" }, "Waiting for power", "Images are sent while charging only, as you have set it."),
  ],
  background: [
    held(
      { why: "background" },
      "Waiting for Obsidian to be in front",
      "Phones stop apps in the background. The backup goes on when you come back.",
    ),
  ],
  "rate-limit": [
    held(
      { why: "rate-limit", until: UNTIL },
      "Google asks for a short break",
      `The backup goes on by itself. ${NEXT_TRY}`,
    ),
  ],
};

export const HOLDS: readonly HoldLine[] = Object.values(BY_NAME).flat();
