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

  it("pause for an hour", async () => {
    const before = Date.now();
    await stage.host.runCommand(`${PLUGIN}pause-for-an-hour`);
    const [said = ""] = await stage.play((door) => door.given.filter((one) => one.startsWith('["pause"')));
    const [, until] = JSON.parse(said) as [string, number];
    expect(until - 3_600_000).toBeGreaterThanOrEqual(before);
    expect(until - 3_600_000).toBeLessThanOrEqual(Date.now());
  });
});
