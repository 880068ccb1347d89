import type { App } from "obsidian";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./stage";

const PICTURE = fileURLToPath(new URL("../vault/House/tiles.png", import.meta.url));
const WAITING = { is: "waiting" } as const;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    fill: (vault) => {
      for (const mode of ["source", "preview"]) {
        fs.mkdirSync(path.join(vault, mode));
        fs.copyFileSync(PICTURE, path.join(vault, `${mode} moves.png`));
        fs.writeFileSync(path.join(vault, `${mode}.md`), `![[${mode} moves.png]] ![[${mode} comes.png]]\n`);
      }
    },
  });
  await stage.play((door) => door.tell({ type: "looked-through" }));
});

afterAll(() => stage.close());

/** The images that have a mark to be seen. */
const marked = (): Promise<string[]> =>
  stage.host.page
    .locator(".vib-image-mark:visible")
    .evaluateAll((all) => all.map((mark) => (mark as HTMLElement).dataset["path"] ?? "").sort());

const markedAre = (paths: readonly string[]): Promise<void> => expect.poll(marked).toEqual(paths);

describe.each(["source", "preview"] as const)("in a text that stays as it is, shown as %s", (mode) => {
  it("a mark goes along with an image that moves, and comes with one that comes", async () => {
    const before = `${mode} moves.png`;
    const after = `${mode}/${before}`;
    const late = `${mode} comes.png`;
    await stage.play((door, [given, state]) => door.enter([[given, state]]), [before, WAITING] as const);
    await stage.host.openNote(`${mode}.md`, mode);
    await markedAre([before]);
    await stage.host.page.evaluate(
      async ([from, to]) => {
        const { vault } = (globalThis as unknown as { app: App }).app;
        const file = vault.getFileByPath(from);
        if (file) await vault.rename(file, to);
      },
      [before, after] as const,
    );
    await stage.play(
      (door, [one, other, third, state]) =>
        door.enter([
          [one, null],
          [other, state],
          [third, state],
        ]),
      [before, after, late, WAITING] as const,
    );
    await markedAre([after]);
    fs.copyFileSync(PICTURE, path.join(stage.vault, late));
    await markedAre([late, after]);
  });
});
