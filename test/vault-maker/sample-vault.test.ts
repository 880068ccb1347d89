import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { samplePictures } from "./sample-pictures.js";

const vault = join(import.meta.dirname, "..", "vault");

const files = readdirSync(vault, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(vault.length + 1)
      .replaceAll("\\", "/"),
  )
  .filter((path) => !path.startsWith(".obsidian/"));
const isText = (path: string): boolean => [".md", ".canvas"].includes(extname(path));
const pictures = files.filter((path) => !isText(path));

/** The names that a note or a canvas shows or names, without size, alias and folder. */
function shownIn(path: string): string[] {
  const text = readFileSync(join(vault, path), "utf8");
  const wikilinks = [...text.matchAll(/\[\[([^\]|#]+)/g)].map((match) => match[1]!);
  const markdown = [...text.matchAll(/!\[[^\]]*\]\((?:<([^>]+)>|([^)\s]+))\)/g)].map((match) =>
    decodeURIComponent(match[1] ?? match[2]!),
  );
  const cards = [...text.matchAll(/"file":"([^"]+)"/g)].map((match) => match[1]!);
  return [...wikilinks, ...markdown, ...cards].map((link) => basename(link));
}

const shown = files.filter(isText).flatMap(shownIn);

describe("the sample vault", () => {
  it("holds no picture but those that its maker makes", () => {
    expect(pictures.sort()).toEqual(samplePictures.map(({ path }) => path).sort());
  });

  it("is small enough to be copied for every test", () => {
    const total = files.reduce((sum, path) => sum + statSync(join(vault, path)).size, 0);
    expect(total).toBeLessThan(3_000_000);
  });

  it("shows every picture somewhere but one", () => {
    const unused = pictures.filter((path) => !shown.includes(basename(path)));
    expect(unused).toEqual(["attachments/gate sign, old idea.png"]);
  });

  it("names no file that is not there", () => {
    const names = new Set(files.flatMap((path) => [basename(path), basename(path, ".md")]));
    expect(shown.filter((name) => !names.has(name))).toEqual([]);
  });

  it("holds one picture under two names, and no other twice", () => {
    const seen = new Map<string, string[]>();
    for (const path of pictures) {
      const hash = createHash("sha256")
        .update(readFileSync(join(vault, path)))
        .digest("hex");
      seen.set(hash, [...(seen.get(hash) ?? []), path].sort());
    }
    const copies = [...seen.values()].filter((paths) => paths.length > 1);
    expect(copies).toEqual([["House/tiles copy.png", "House/tiles.png"]]);
  });

  it("holds pictures of the type that their name says, but for one", async () => {
    const said: Record<string, string> = { ".jpg": "jpeg", ".jpeg": "jpeg", ".avif": "heif" };
    const decodable = pictures.filter(
      (path) => ![".bmp"].includes(extname(path)) && !path.includes("scan 12"),
    );
    const lies: string[] = [];
    for (const path of decodable) {
      const extension = extname(path).toLowerCase();
      const { format } = await sharp(join(vault, path)).metadata();
      if (format !== (said[extension] ?? extension.slice(1))) lies.push(path);
    }
    expect(lies).toEqual(["Inbox/scan 13.jpg"]);
  });

  it("holds an animation, a bitmap, and a file that is no picture", async () => {
    const { pages } = await sharp(join(vault, "Travel/Lisbon/tram ride.gif"), { animated: true }).metadata();
    expect(pages).toBe(4);
    const bitmap = readFileSync(join(vault, "Travel/Lisbon/tram 28.bmp"));
    expect(bitmap.toString("latin1", 0, 2)).toBe("BM");
    expect(bitmap.readUInt32LE(2)).toBe(bitmap.length);
    await expect(sharp(join(vault, "Inbox/scan 12.png")).metadata()).rejects.toThrow();
  });

  it("is made anew as it was made before", async () => {
    for (const { path, bytes } of samplePictures) {
      const [one, other] = [await bytes(), await bytes()];
      expect(one.equals(other), path).toBe(true);
    }
  }, 60_000);
});
