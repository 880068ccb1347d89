import type { App } from "obsidian";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./stage";

const PLUGIN = "vault-image-backup:";

/** People bind keys to these: none may ever go or be called otherwise. */
const PUBLISHED = [
  "back-up-vault-images",
  "back-up-note-images",
  "open-status",
  "pause-or-resume",
  "pause-for-an-hour",
  "try-failed-again",
  "check-google-photos",
  "restore-missing",
  "restore-export",
  "export-report",
  "sign-in",
  "sign-out",
];

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({});
});

afterAll(() => stage.close());

describe("the commands", () => {
  it("have the ids that were published", async () => {
    await stage.host.openNote("Garden/Tomatoes.md");
    const ids = (await stage.host.commands()).map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith(PLUGIN)).sort()).toEqual(
      PUBLISHED.map((id) => PLUGIN + id).sort(),
    );
  });

  it.each(["back-up-vault-images", "export-report"])(
    "ask nothing before the vault was looked through, but say so: %s",
    async (command) => {
      await stage.host.runCommand(PLUGIN + command);
      await expect.poll(() => stage.host.notices()).toEqual(["Looking through the vault…"]);
      expect(await stage.host.page.locator(".modal").count()).toBe(0);
      await stage.host.page.click(".notice");
    },
  );

  it("pause for an hour", async () => {
    const before = Date.now();
    await stage.host.runCommand(`${PLUGIN}pause-for-an-hour`);
    const [said = ""] = await stage.play((door) => door.given.filter((one) => one.startsWith('["pause"')));
    const [, until] = JSON.parse(said) as [string, number];
    expect(until - 3_600_000).toBeGreaterThanOrEqual(before);
    expect(until - 3_600_000).toBeLessThanOrEqual(Date.now());
  });

  it.each([
    [{ there: 24 }, ["Checked: 24. All are in Google Photos."]],
    [
      { there: 20, gone: 4 },
      [
        "Checked and in Google Photos: 20",
        "No longer in Google Photos: 4. The backup status says what to do.",
      ],
    ],
    [
      { young: 3, before: 1 },
      [
        "Too new to be checked: 3. Check again in an hour.",
        "In Google Photos from before, so not checked: 1",
      ],
    ],
  ] as const)("say “all” of a check only where all were asked for and are there: %j", async (found, said) => {
    await stage.play((door, given) => {
      for (const notice of document.querySelectorAll<HTMLElement>(".notice")) notice.click();
      door.google.checked = { is: "checked", there: 0, gone: 0, young: 0, before: 0, ...given };
    }, found);
    await stage.host.runCommand(`${PLUGIN}check-google-photos`);
    await expect.poll(() => stage.host.notices()).toEqual([said.join("\n")]);
  });

  it("say why nothing can be checked: before the vault was looked through, under a hold, and where something broke", async () => {
    const check = async (): Promise<void> => {
      await stage.play((door) => {
        for (const notice of document.querySelectorAll<HTMLElement>(".notice")) notice.click();
        door.google.checked = undefined;
      });
      await stage.host.runCommand(`${PLUGIN}check-google-photos`);
    };
    await check();
    await expect.poll(() => stage.host.notices()).toEqual(["Looking through the vault…"]);
    await stage.play((door) => door.tell({ type: "hold", hold: { why: "other-window" } }));
    await check();
    const other =
      "Another window is backing up\nThis vault is open twice, and the other window does the work.";
    await expect.poll(() => stage.host.notices()).toEqual([other]);
    await stage.play((door) => {
      door.tell({ type: "looked-through" });
      door.tell({ type: "hold", hold: undefined });
    });
    await check();
    await expect.poll(() => stage.host.notices()).toEqual(["The backup was interrupted"]);
  });

  const NOTE = "Garden/Tomatoes.md";
  const PICTURE = "attachments/DSC_0042.JPG";
  const wifi = "Waiting for Wi-Fi\nImages are sent over Wi-Fi only, as you have set it.";
  const paused = "Backup is paused\nNothing is sent until you resume.";

  it.each([
    ["back-up-vault-images", false, "waiting", wifi],
    ["back-up-note-images", false, "waiting", wifi],
    ["back-up-note-images", false, "backed-up", "Backup complete"],
    ["back-up-note-images", false, "removed", "1 image needs attention"],
    ["try-failed-again", false, "failed", wifi],
    ["pause-or-resume", false, "waiting", paused],
    ["pause-or-resume", true, "waiting", wifi],
  ] as const)(
    "say what keeps images from being sent, or that none are to be: %s, paused %s, %s",
    async (command, isPaused, is, said) => {
      const { host, play } = stage;
      await host.openNote(NOTE);
      await play(
        async (door, [path, state, pausedNow]) => {
          for (const notice of document.querySelectorAll<HTMLElement>(".notice")) notice.click();
          await door.change({ started: true });
          door.tell({ type: "looked-through" });
          // The gravest hold is told: whether it is paused, only the backup itself can say.
          door.tell({
            type: "hold",
            hold: pausedNow ? { why: "signed-out", ended: false } : { why: "storage-full", until: 5 },
          });
          Object.assign(door.engine, { hold: { why: "wifi" }, isPaused: pausedNow });
          door.enter([[path, state as never]]);
        },
        [PICTURE, { is, because: "service", item: { url: "" } }, isPaused] as const,
      );
      await host.runCommand(PLUGIN + command);
      await expect.poll(() => host.notices()).toEqual([said]);
      await play((door) => door.open());
      await host.runCommand(PLUGIN + command);
      const more = ["Backup complete", "1 image needs attention"].includes(said) ? [said, said] : [said];
      expect(await host.notices(), "the view says so in sight").toEqual(more);
      await play(() => (globalThis as unknown as { app: App }).app.workspace.rightSplit.collapse());
    },
  );

  it.each([
    ["back-up-vault-images", "Backing up 0 of 1"],
    ["back-up-note-images", "Backing up 0 of 1"],
    ["pause-or-resume", "The backup is no longer paused."],
  ])("answer where nothing keeps images from being sent: %s", async (command, said) => {
    await stage.host.openNote(NOTE);
    await stage.play((door, path) => {
      for (const notice of document.querySelectorAll<HTMLElement>(".notice")) notice.click();
      door.tell({ type: "hold", hold: undefined });
      Object.assign(door.engine, { hold: undefined, isPaused: true });
      door.enter([[path, { is: "waiting" }]]);
    }, PICTURE);
    await stage.host.runCommand(PLUGIN + command);
    await expect.poll(() => stage.host.notices()).toEqual([said]);
  });

  it.each([
    [{ why: "first-use" }, false, []],
    [{ why: "signed-out", ended: false }, false, []],
    [{ why: "signed-out", ended: false }, true, ["pause-or-resume"]],
    [{ why: "storage-full", until: 5 }, false, ["pause-or-resume", "pause-for-an-hour"]],
    [undefined, false, ["pause-or-resume", "pause-for-an-hour"]],
  ] as const)(
    "offer a pause only where nothing graver keeps images from being sent: %j, paused %s",
    async (hold, isPaused, offered) => {
      await stage.play(
        (door, [holdNow, pausedNow]) => {
          door.tell({ type: "hold", hold: holdNow ?? undefined });
          door.engine.isPaused = pausedNow;
        },
        [hold, isPaused] as const,
      );
      const ids = (await stage.host.commands()).map(({ id }) => id.replace(PLUGIN, ""));
      expect(ids.filter((id) => id.startsWith("pause-"))).toEqual(offered);
    },
  );

  it("as does what takes an image back that was left out", async () => {
    const { host, play } = stage;
    const choose = async (entry: string): Promise<void> => {
      await host.page.locator(".nav-file-title", { hasText: "DSC_0042" }).click({ button: "right" });
      await host.page.locator(".menu-item", { hasText: entry }).click();
    };
    const leftOut = (): Promise<readonly string[]> => play((door) => door.settings().folders.exclude);
    await play((door, path) => {
      for (const notice of document.querySelectorAll<HTMLElement>(".notice")) notice.click();
      door.engine.hold = { why: "wifi" };
      door.google.checked = { is: "checked", there: 0, gone: 1, young: 0, before: 0 };
      door.enter([[path, { is: "skipped", because: "broken" }]]);
    }, PICTURE);
    await host.page.locator(".nav-folder-title", { hasText: "attachments" }).click();
    await choose("Leave out of the backup");
    await expect.poll(leftOut).toEqual([PICTURE]);
    await play((door, path) => {
      door.enter([[path, { is: "skipped", because: "forgotten" }]]);
    }, PICTURE);
    await choose("Back up again");
    await expect.poll(() => host.notices()).toEqual([wifi]);
    expect(await leftOut()).toEqual([]);
    expect((await play((door) => door.given)).at(-1)).toBe(JSON.stringify(["backUp", [PICTURE]]));
  });
});

describe("a report", () => {
  it("is named by the day that the person's own calendar has", async () => {
    const { page, context } = stage.host;
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setTimezoneOverride", { timezoneId: "Pacific/Auckland" });
    await page.evaluate(
      (now) => {
        Date.now = () => now;
      },
      Date.UTC(2031, 4, 5, 21),
    );
    await stage.host.runCommand(`${PLUGIN}export-report`);
    expect(await page.inputValue(".vib-report input")).toBe("Image backup 2031-05-06.csv");
  });
});
