import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./stage";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ language: "ja" });
  await stage.host.openNote("Welcome.md");
  await stage.host.switchMode("preview");
  await stage.play(async (door) => {
    await door.change({ started: true });
    await door.open();
    door.enter([["House/tiles.png", { is: "failed", because: "service" }]]);
    door.tell({ type: "looked-through" });
  });
});

afterAll(() => stage.close());

describe("in Japanese", () => {
  it("no surface puts sentences together as English does", async () => {
    const { page } = stage.host;
    const rows = JSON.parse(await stage.host.cli("vault-image-backup:report", {})) as { said: string }[];
    const row = page.locator(".vib-image-row");
    await row.click({ button: "right" });
    const said = {
      report: rows.map((one) => one.said).join(),
      announced: (await page.textContent(".vib-standing .vib-aloud")) ?? "",
      menu: (await page.locator(".menu-item").first().textContent()) ?? "",
    };
    expect(said.report).toMatch(/^失敗。\S/);
    expect(said.announced).toMatch(/[^.。]。\S/);
    expect(said.menu).toMatch(/^失敗：\S/);
    for (const text of Object.values(said)) expect(text).not.toMatch(/[。：] |[ぁ-鿿][.:]/u);
  });
});
