import { describe, expect, it } from "vitest";
import { extensionOf, folderOf, imageKind, nameOf, sameStamp, stemOf } from "../../src/model";

describe("a path", () => {
  it.each([
    ["Garden/Beds/Plan v1.2.PNG", "Garden/Beds", "Plan v1.2.PNG", "Plan v1.2", "png"],
    ["top.jpg", "", "top.jpg", "top", "jpg"],
    ["a.folder/no extension", "a.folder", "no extension", "no extension", ""],
    ["folder/.hidden", "folder", ".hidden", ".hidden", ""],
    ["folder/dot at its end.", "folder", "dot at its end.", "dot at its end", ""],
    ["/odd.gif", "", "odd.gif", "odd", "gif"],
  ])("%s has folder, name, stem and extension", (path, folder, name, stem, extension) => {
    expect([folderOf(path), nameOf(path), stemOf(path), extensionOf(path)]).toEqual([
      folder,
      name,
      stem,
      extension,
    ]);
  });

  it.each([
    ["picture", "avif bmp gif heic heif jpeg jpg png tif tiff webp"],
    ["vector", "svg"],
    ["raw", "arw cr2 cr3 crw dng nef nrw orf pef raf raw rw2 sr2 srf srw"],
    ["video", "3g2 3gp asf avi divx m2t m2ts m4v mkv mmv mod mov mp4 mpg mpeg mts tod wmv webm"],
    [undefined, "md pdf canvas txt mp3 png2"],
  ])("is of the kind %s by its extension, in either case", (kind, extensions) => {
    for (const extension of extensions.split(" ")) {
      expect([extension, imageKind(`a/b.${extension}`)]).toEqual([extension, kind]);
      expect(imageKind(`a/b.${extension.toUpperCase()}`)).toBe(kind);
    }
  });
});

describe("a file", () => {
  const stamp = { size: 10, mtime: 20 };
  it("is the same where size and time are", () => {
    expect(sameStamp(stamp, { ...stamp })).toBe(true);
    expect(sameStamp(stamp, { ...stamp, size: 11 })).toBe(false);
    expect(sameStamp(stamp, { ...stamp, mtime: 21 })).toBe(false);
  });
});
