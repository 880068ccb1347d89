import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BackupEvent, Hold, HoldName, ImageState, Refusal } from "../../src/model";
import type { Headline } from "../../src/status";
import { openStage, type Stage } from "./stage";

const item = { id: "m", url: "https://photos.google.com/m", recipe: "o", origin: "created", since: 1 };
const SAFE = { is: "backed-up", item } as unknown as ImageState;
const WAITING: ImageState = { is: "waiting" };

/** What every surface is to say; `button` is the one button's name, "" where there is none. */
interface Said {
  readonly title: string;
  readonly button: string;
}

const until = new Date(2026, 0, 1).getTime();

/** Each hold, as it is told while something waits. Exhaustive: a new hold breaks the compile here. */
const HOLDS = {
  "first-use": [{ why: "first-use" }, { title: "Backup has not started yet", button: "Start backup…" }],
  "newer-ledger": [{ why: "newer-ledger" }, { title: "This device needs a newer version", button: "" }],
  "other-window": [{ why: "other-window" }, { title: "Another window is backing up", button: "" }],
  off: [{ why: "off" }, { title: "Backup is off", button: "Back up now" }],
  paused: [{ why: "paused" }, { title: "Backup is paused", button: "Resume" }],
  "signed-out": [
    { why: "signed-out", ended: false },
    { title: "You are signed out", button: "Sign in" },
  ],
  refused: [
    { why: "refused", because: "api-off" },
    { title: "The Photos Library API is turned off", button: "Open Google Cloud" },
  ],
  "storage-full": [
    { why: "storage-full", until },
    { title: "Your Google storage is full", button: "Manage storage" },
  ],
  "daily-quota": [
    { why: "daily-quota", until },
    { title: "Google’s daily limit is reached", button: "" },
  ],
  offline: [{ why: "offline" }, { title: "No connection", button: "Try now" }],
  wifi: [{ why: "wifi" }, { title: "Waiting for Wi-Fi", button: "" }],
  power: [{ why: "power" }, { title: "Waiting for power", button: "" }],
  background: [{ why: "background" }, { title: "Waiting for Obsidian to be in front", button: "" }],
  "rate-limit": [
    { why: "rate-limit", until },
    { title: "Google asks for a short break", button: "" },
  ],
} as const satisfies Record<HoldName, readonly [Hold, Said]>;

const REFUSALS = {
  "api-off": { title: "The Photos Library API is turned off", button: "Open Google Cloud" },
  "scope-missing": { title: "Google Photos may not be used yet", button: "Sign in again" },
  "account-blocked": { title: "This account may not use Google Photos", button: "Sign in again" },
  "client-wrong": { title: "Google does not know your client", button: "Change client" },
} as const satisfies Record<Refusal, Said>;

type Happening = readonly BackupEvent[];

const images = (states: Record<string, ImageState | undefined>): BackupEvent => ({
  type: "images",
  states: new Map(Object.entries(states)),
});
const began: BackupEvent = { type: "run-began", at: 1 };
const failed: ImageState = { is: "failed", because: "service" };

/** Each headline but the holds, and what brings it about. Exhaustive by type as well. */
const HEADLINES = {
  "nothing-found": [[], { title: "No images in this vault yet", button: "" }],
  "backing-up": [
    [images({ "a.png": WAITING, "b.png": WAITING }), began, images({ "a.png": SAFE })],
    { title: "Backing up 1 of 2", button: "Pause" },
  ],
  waiting: [[images({ "a.png": WAITING })], { title: "1 image is waiting", button: "Back up now" }],
  attention: [[images({ "a.png": failed })], { title: "1 image needs attention", button: "Try again" }],
  complete: [[images({ "a.png": SAFE })], { title: "Backup complete", button: "" }],
} as const satisfies Record<Exclude<Headline["is"], "hold" | "looking">, readonly [Happening, Said]>;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  await stage.play((door) => door.open());
  await stage.play((door) => door.change({ started: true }));
});

afterAll(() => stage.close());

/** What the view, the status bar and the ribbon say; no note is in front. */
async function said(): Promise<{ view: Said; bar: string; ribbon: string }> {
  return stage.host.page.evaluate(() => {
    const text = (selector: string): string => document.querySelector(selector)?.textContent ?? "";
    return {
      view: { title: text(".vib-standing-title"), button: text(".vib-one-button") },
      bar: text(".vib-status-bar"),
      ribbon: document.querySelector(".vib-ribbon")?.getAttribute("aria-label") ?? "",
    };
  });
}

/** Forgets all images and tells of what happens. */
async function happen(events: Happening): Promise<void> {
  const plain = events.map((event) => (event.type === "images" ? [...event.states] : event));
  await stage.play((door, given) => {
    const gone = Object.keys({ "a.png": 1, "b.png": 1 }).map((path) => [path, null] as const);
    door.tell({ type: "run-ended", at: 2 });
    door.tell({ type: "hold", hold: undefined });
    door.enter(gone);
    for (const event of given) {
      if (Array.isArray(event)) door.enter(event as Parameters<typeof door.enter>[0]);
      else door.tell(event);
    }
  }, plain);
}

describe("before the vault has been looked through", () => {
  it("every surface says that it is being looked through", async () => {
    const title = "Looking through the vault…";
    expect(await said()).toEqual({
      view: { title, button: "" },
      bar: title,
      ribbon: `Open backup status: ${title}`,
    });
    await stage.play((door) => door.tell({ type: "looked-through" }));
  });
});

describe("view, status bar and ribbon say the same", () => {
  for (const [name, [events, expected]] of Object.entries(HEADLINES)) {
    it(`for ${name}`, async () => {
      await happen(events);
      expect(await said()).toEqual({
        view: expected,
        bar: expected.title,
        ribbon: `Open backup status: ${expected.title}`,
      });
    });
  }

  const holds: readonly (readonly [Hold, Said])[] = [
    ...Object.values(HOLDS),
    ...Object.entries(REFUSALS).map(
      ([because, expected]) => [{ why: "refused", because: because as Refusal }, expected] as const,
    ),
  ];
  for (const [hold, expected] of holds) {
    it(`under the hold ${JSON.stringify(hold)}`, async () => {
      await happen([images({ "a.png": WAITING }), { type: "hold", hold }]);
      expect(await said()).toEqual({
        view: expected,
        bar: expected.title,
        ribbon: `Open backup status: ${expected.title}`,
      });
    });
  }
});

describe("the one button", () => {
  it.each([
    ["off", '["backUp",{"of":"vault"}]'],
    ["paused", '["resume"]'],
    ["offline", '["resume"]'],
    ["storage-full", '["openBrowser","https://one.google.com/storage"]'],
  ] as const)("does what ends the hold %s", async (why, given) => {
    await happen([images({ "a.png": WAITING }), { type: "hold", hold: HOLDS[why][0] }]);
    await stage.host.page.click(".vib-one-button");
    expect((await stage.play((door) => door.given)).at(-1)).toBe(given);
  });
});
