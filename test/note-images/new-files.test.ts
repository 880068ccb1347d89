import type { App } from "obsidian";
import { expect, it, vi } from "vitest";
import { createVault } from "../../src/vault";

vi.mock("obsidian", async () => ({
  ...(await import("../obsidian-host/page/obsidian/debounce")),
  ...(await import("../obsidian-host/page/obsidian/paths")),
  ...(await import("../obsidian-host/page/vault/files")),
  FileSystemAdapter: class {},
}));

/** A vault that notes which paths it is asked about or told to make. */
function askedVault() {
  const asked: string[] = [];
  const ask =
    <Answer>(answer: Answer) =>
    (path: string): Promise<Answer> => {
      asked.push(path);
      return Promise.resolve(answer);
    };
  const adapter = { exists: ask(false) };
  const vault = { adapter, getName: () => "Notes", createFolder: ask({}), createBinary: ask({}) };
  return { asked, vault: createVault({ vault } as unknown as App) };
}

it.each(["../a.png", "a/../../b.png", "..\\a.png", "a\\..\\..\\b.png"])(
  "no new file comes to lie outside the vault: %s",
  async (path) => {
    const { asked, vault } = askedVault();
    expect([await vault.create(path, new Uint8Array(1)), asked]).toEqual([false, []]);
  },
);

it.each(["a..b/c.png", "..a.png", "a/...png"])("a name may have dots: %s", async (path) => {
  expect(await askedVault().vault.create(path, new Uint8Array(1))).toBe(true);
});
