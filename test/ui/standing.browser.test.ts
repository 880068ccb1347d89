import type { App } from "obsidian";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BackupEvent } from "../../src/model";
import { openStage, type Stage } from "./stage";
import { HEADLINES } from "./table/headlines";
import { HOLDS, type HoldLine } from "./table/holds";
import { ITEM } from "./table/images";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  await stage.play((door) => door.open());
  await stage.play((door) => door.change({ started: true }));
});

afterAll(() => stage.close());

interface Line {
  readonly icon: string;
  readonly title: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** What the view, the status bar, the ribbon and the command line say; no note is in front. */
async function said(): Promise<unknown> {
  const seen = await stage.host.page.evaluate(() => {
    const shown = (selector: string): string => {
      const found = document.querySelector<HTMLElement>(selector);
      return found?.checkVisibility() === true ? found.textContent.replace(/\u202f/g, " ") : "";
    };
    const data = (selector: string, name: string): string =>
      document.querySelector<HTMLElement>(selector)?.dataset[name] ?? "";
    return {
      view: {
        icon: data(".vib-standing-icon", "icon"),
        title: shown(".vib-standing-title"),
        detail: shown(".vib-standing-detail"),
        buttons: [...document.querySelectorAll(".vib-standing-action button")].map((one) => one.textContent),
      },
      bar: [data(".vib-status-bar-icon", "icon"), shown(".vib-status-bar-text")],
      ribbon: [
        data(".vib-ribbon", "icon"),
        document.querySelector(".vib-ribbon")?.getAttribute("aria-label") ?? "",
      ],
    };
  });
  const { hold } = JSON.parse(await stage.host.cli("vault-image-backup:status", {})) as { hold: unknown };
  return { ...seen, cli: hold };
}

/** What every surface is to say by a line of the table. */
function expected({ icon, title, detail, buttons }: Line, cli: string | null): unknown {
  return {
    view: { icon, title, detail, buttons },
    bar: [icon, title],
    ribbon: [icon, `Open backup status: ${title}`],
    cli,
  };
}

/** Forgets all images and notices, then tells of what happens. */
async function happen(events: readonly BackupEvent[]): Promise<void> {
  const plain = events.map((event) => (event.type === "images" ? [...event.states] : event));
  await stage.play((door, given) => {
    for (const notice of document.querySelectorAll<HTMLElement>(".notice")) notice.click();
    door.tell({ type: "run-ended", at: 2 });
    door.tell({ type: "hold", hold: undefined });
    door.enter([
      ["a.png", null],
      ["b.png", null],
    ]);
    door.given.length = 0;
    for (const event of given) {
      if (Array.isArray(event)) door.enter(event as Parameters<typeof door.enter>[0]);
      else door.tell(event);
    }
  }, plain);
}

describe("view, status bar, ribbon and command line say what the table says", () => {
  it.each(Object.entries(HEADLINES))("%s", async (_, line) => {
    await happen(line.events);
    expect(await said()).toEqual(expected(line, null));
  });

  it.each(HOLDS.map((line) => [JSON.stringify(line.hold), line] as const))("%s", async (_, line) => {
    const waiting: BackupEvent = { type: "images", states: new Map([["a.png", { is: "waiting" }]]) };
    await happen([waiting, { type: "run-began", at: 1 }, { type: "hold", hold: line.hold }]);
    expect(await said()).toEqual(expected(line, line.hold.why));
    expect(await stage.host.notices(), "the view says so in sight").toEqual([]);
    if (line.does === undefined) {
      expect(line.buttons).toEqual([]);
      return;
    }
    await stage.host.page.locator(".vib-standing-action button").first().click();
    const given = await stage.play((door) => door.given);
    expect(given.at(-1) ?? "").toBe(line.does);
    await stage.play((door) => {
      for (const close of document.querySelectorAll<HTMLElement>(".modal-close-button")) close.click();
      door.signIn.become({ is: "signed-in", email: "ada@example.org", missing: [] });
    });
  });

  it("of a project in testing, that this is why the sign-in has ended", async () => {
    await happen([
      { type: "images", states: new Map([["a.png", { is: "waiting" }]]) },
      { type: "hold", hold: { why: "signed-out", ended: true } },
    ]);
    await stage.play((door) => door.signIn.become({ is: "signed-out", because: "testing" }));
    expect(await stage.host.page.textContent(".vib-standing-detail")).toContain(
      "Google ends sign-ins after seven days while your project is in testing.",
    );
  });

  it("of a sign-in that waits for Google's page, that it does, with a way to what helps", async () => {
    const standing = stage.host.page.locator(".vib-standing");
    await happen([
      { type: "images", states: new Map([["a.png", { is: "waiting" }]]) },
      { type: "hold", hold: { why: "signed-out", ended: false } },
    ]);
    await stage.play((door) => door.signIn.become({ is: "signed-out" }, { how: "here" }));
    expect(await standing.textContent()).toContain("Waiting for Google’s page in your browser…");
    await standing.getByRole("button", { name: "Help with signing in…" }).click();
    await stage.host.page.click('.vib-account-modal button:text-is("Cancel sign-in")');
    await stage.host.page.keyboard.press("Escape");
    await standing.getByRole("button", { name: "Sign in", exact: true }).waitFor();
    expect(await standing.textContent()).not.toContain("Waiting for Google");
  });

  it("of a backup that Google's daily limit spreads over days, the date by which it is done", async () => {
    const many = Array.from({ length: 25_000 }, (_, place) => [`${place}.png`, { is: "waiting" }] as const);
    const until = new Date(2031, 4, 6, 7, 8).getTime();
    await happen([
      { type: "images", states: new Map(many) },
      { type: "hold", hold: { why: "daily-quota", until } },
    ]);
    expect(await stage.host.page.textContent(".vib-standing-detail")).toBe(
      "The backup goes on by itself. Next try: May 6, 2031, 7:08 AM. 25,000 images are not backed up yet. " +
        "Google takes about 9,800 images a day: all will be backed up by about May 8, 2031.",
    );
    // What the tests after this one say is of their own images.
    await happen([{ type: "images", states: new Map(many.map(([path]) => [path, undefined])) }]);
  });
});

describe("the buttons where images need attention", () => {
  it("are for those that can be tried again and those that can be restored, the first before all", async () => {
    await happen([
      {
        type: "images",
        states: new Map([
          ["a.png", { is: "failed", because: "service" }],
          ["b.png", { is: "backed-up", item: ITEM }],
        ]),
      },
    ]);
    await stage.play((door, item) => door.miss([{ path: "gone.png", item }]), ITEM);
    const buttons = stage.host.page.locator(".vib-standing-action button");
    await expect.poll(() => buttons.allTextContents()).toEqual(["Try again", "Restore…"]);
    await stage.play((door) => door.enter([["a.png", null]]));
    await expect.poll(() => buttons.allTextContents()).toEqual(["Restore…"]);
    await buttons.click();
    expect(await stage.host.page.textContent(".vib-restore")).toContain("Images to restore: 1");
    await stage.play((door) => {
      door.google.restored = new Promise(() => undefined);
    });
    await stage.host.page.getByRole("button", { name: "Restore", exact: true }).click();
    await expect.poll(() => stage.host.notices()).toEqual(["Restoring images…"]);
  });

  it("and what is not put back is told with the reason", async () => {
    const { page } = stage.host;
    const restore = async (not: number, tooLarge: number): Promise<string | undefined> => {
      await happen([]);
      await stage.play(
        (door, [item, rest]) => {
          door.miss([{ path: "gone.png", item }]);
          door.google.restored = Promise.resolve({ same: 0, copies: 0, ...rest });
        },
        [ITEM, { not, tooLarge }] as const,
      );
      await page.locator(".vib-standing-action button", { hasText: "Restore…" }).click();
      await page.getByRole("button", { name: "Restore", exact: true }).click();
      await expect.poll(() => stage.host.notices()).toHaveLength(1);
      return (await stage.host.notices())[0];
    };
    const why = "They could not be fetched, or another file lies in their place.";
    expect(await restore(1, 0)).toBe(`Not restored: 1\n${why}`);
    expect(await restore(1, 1)).not.toContain(why);
    await stage.play((door) => door.miss([]));
  });

  it("and what is missing can be forgotten instead, which cannot be undone", async () => {
    const { page } = stage.host;
    await stage.play((door, item) => door.miss([{ path: "gone.png", item }]), ITEM);
    await page.locator('.vib-image-row[data-path="gone.png"] .vib-row-more').click();
    await page.getByRole("menuitem", { name: "Forget it", exact: true }).click();
    const question = page.locator(".modal", { hasText: "Only in Google Photos: 1." });
    await question.getByRole("button", { name: "Forget it" }).click();
    await question.waitFor({ state: "detached" });
    const given = await stage.play((door) => door.given);
    expect(given.at(-1)).toBe(JSON.stringify(["forget", ["gone.png"]]));
    await stage.play((door) => door.miss([]));
  });
});

describe("the button of a backup that runs", () => {
  it("keeps the focus while images go up, and is not pulled from under a finger", async () => {
    const waiting = { is: "waiting" } as const;
    await happen([
      { type: "looked-through" },
      {
        type: "images",
        states: new Map([
          ["a.png", waiting],
          ["b.png", waiting],
        ]),
      },
      { type: "run-began", at: 1 },
    ]);
    const pause = stage.host.page.locator(".vib-standing-action button");
    await pause.focus();
    await stage.play((door) =>
      door.enter([
        ["a.png", { is: "uploading" }],
        ["b.png", { is: "failed", because: "service" }],
      ]),
    );
    expect(await stage.host.page.textContent(".vib-standing-title")).toMatch(/^Backing up 1 of /);
    expect(await pause.evaluate((el) => el === document.activeElement)).toBe(true);
    await pause.click();
    expect((await stage.play((door) => door.given)).at(-1)).toBe('["pause"]');
  });
});

describe("a button of the same words", () => {
  it("looks like what to do next once it is that", async () => {
    await happen([
      { type: "looked-through" },
      { type: "images", states: new Map([["a.png", { is: "waiting" }]]) },
    ]);
    const button = stage.host.page.getByRole("button", { name: "Back up now" });
    const isNext = (): Promise<boolean> => button.evaluate((el) => el.classList.contains("mod-cta"));
    expect(await isNext(), "while images wait for their turn").toBe(false);
    await stage.play((door) => door.tell({ type: "hold", hold: { why: "off", here: false } }));
    expect(await isNext(), "while backup is off").toBe(true);
  });
});

describe("a notice of what has stopped a backup", () => {
  const notices = (): Promise<string[]> => stage.host.notices();
  const held: BackupEvent = { type: "hold", hold: { why: "storage-full", until: 5 } };
  const free: BackupEvent = { type: "hold", hold: undefined };
  const begun: BackupEvent = { type: "run-began", at: 1 };
  const sent: BackupEvent = { type: "sent", bytes: 5 };
  const tell = (...events: readonly BackupEvent[]): Promise<void> =>
    stage.play((door, given) => {
      for (const event of given) door.tell(event);
    }, events);

  beforeEach(() =>
    stage.play((door) => {
      door.signIn.become({ is: "signed-in", email: "ada@example.org", missing: [] });
      const { workspace } = (globalThis as unknown as { app: App }).app;
      workspace.rightSplit.collapse();
    }),
  );

  afterAll(() => stage.play((door) => door.open()));

  it.each(HOLDS.map((line) => [JSON.stringify(line.hold), line] as const))("%s", async (_, line) => {
    await happen([begun, sent, { type: "hold", hold: line.hold }]);
    const isTold = line.notice === true;
    expect(await notices()).toEqual(isTold ? [`${line.title}\n${withoutCount(line)}`] : []);
    const offered = await stage.host.page.locator(".notice").getByRole("button").allTextContents();
    expect(offered).toEqual(isTold ? [line.buttons[0] ?? "Open backup status"] : []);
  });

  it("goes with it, and comes for the same one again only where something was sent meanwhile", async () => {
    await happen([begun, sent, held]);
    expect(await notices()).toHaveLength(1);
    await tell({ type: "run-ended", at: 2 }, free, begun);
    expect(await notices()).toEqual([]);
    await tell(held);
    expect(await notices(), "a try that came to nothing").toEqual([]);
    await tell(free, begun, sent, held);
    expect(await notices()).toHaveLength(1);
    await tell({ type: "hold", hold: { why: "refused", because: "api-off" } });
    expect(await notices(), "of another hold than the one that is on").toEqual([]);
  });

  it("comes for the same one again where the person has asked for another try", async () => {
    const until = Date.now() + 3_600_000;
    const long: BackupEvent = { type: "hold", hold: { why: "storage-full", until } };
    await happen([begun, sent, long]);
    expect(await notices()).toHaveLength(1);
    await tell({ type: "run-ended", at: 2 }, free, begun, long);
    expect(await notices()).toHaveLength(1);
  });

  it("makes way for the status view", async () => {
    await happen([begun, sent, held]);
    await stage.play((door) => door.open());
    await expect.poll(notices).toEqual([]);
  });

  it.each<BackupEvent & { type: "hold" }>([
    { type: "hold", hold: { why: "signed-out", ended: true } },
    { type: "hold", hold: { why: "refused", because: "api-off" } },
  ])("comes though nothing was being sent, once images wait: %j", async (met) => {
    await happen([met]);
    expect(await notices(), "nothing waits").toEqual([]);
    const waits: BackupEvent = { type: "images", states: new Map([["a.png", { is: "waiting" }]]) };
    await happen([waits, met]);
    expect(await notices()).toHaveLength(1);
    await tell(free);
    expect(await notices()).toEqual([]);
    await tell(met);
    expect(await notices(), "for the same one again").toEqual([]);
  });

  it("is not for who signs out while nothing is sent", async () => {
    await happen([begun, sent]);
    await tell({ type: "run-ended", at: 2 }, { type: "hold", hold: { why: "signed-out", ended: false } });
    expect(await notices()).toEqual([]);
  });
});

/** A notice says the same, without how many images are left. */
const withoutCount = ({ detail }: HoldLine): string => detail.replace(/ 1 image is not backed up yet\.$/, "");
