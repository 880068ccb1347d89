import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { bundleFaults } from "../../scripts/check-release/bundle";
import { releaseNotes } from "../../scripts/check-release/changelog";
import { fileFaults } from "../../scripts/check-release/files";
import { hostFaults } from "../../scripts/check-release/hosts";
import { licenceFaults } from "../../scripts/check-release/licences";
import { checkRelease, type Line } from "../../scripts/check-release/index";
import { manifestFaults, versionFaults } from "../../scripts/check-release/manifest";
import { projectIn, type Project } from "../../scripts/check-release/project";

const ROOT = path.join(import.meta.dirname, "..", "..");
const GOOD = projectIn(ROOT);

/** The project with some files changed; `undefined` takes a file away. */
function projectWith(changed: Readonly<Record<string, string | undefined>>): Project {
  const names = Object.keys(changed);
  const tracked = GOOD.tracked.filter((file) => !names.includes(file));
  return {
    tracked: [...tracked, ...names.filter((file) => changed[file] !== undefined)],
    read: (file) => (names.includes(file) ? changed[file] : GOOD.read(file)),
  };
}

/** A JSON file of the project with some values changed; `undefined` takes a key away. */
function jsonWith(file: string, changed: Readonly<Record<string, unknown>>): Record<string, string> {
  const before = JSON.parse(GOOD.read(file) ?? "{}") as object;
  return { [file]: JSON.stringify({ ...before, ...changed }) };
}

const manifestWith = (changed: Readonly<Record<string, unknown>>): Project =>
  projectWith(jsonWith("manifest.json", changed));

describe("the project as it stands", () => {
  let lines: readonly Line[];
  beforeAll(async () => {
    lines = await checkRelease(ROOT);
  }, 60_000);

  it.each(["manifest", "versions", "files", "bundle", "hosts", "licences", "reproducible build"])(
    "may be published: %s",
    (name) => {
      expect(lines.find((line) => line.name === name)?.faults).toEqual([]);
    },
  );
});

describe("the manifest", () => {
  it.each([
    [{ isDesktopOnly: undefined }, "manifest: no isDesktopOnly"],
    [{ keywords: [] }, "manifest: unknown key keywords"],
    [{ id: "Vault_Image" }, "manifest: the id must be lower-case letters and hyphens"],
    [{ id: "obsidian-images" }, "manifest: the id must not name Obsidian"],
    [{ id: "image-plugin" }, "manifest: the id must not end in “plugin”"],
    [{ name: "Bilder für alle" }, "manifest: the name must be basic Latin"],
    [{ name: "Obsi Images" }, "manifest: the name must not play on Obsidian's"],
    [{ name: "Image Plugin" }, "manifest: the name must not say “plugin”"],
    [{ description: "Short." }, "manifest: the description must have 10 to 250 characters"],
    [{ description: "Backs up (all) images." }, "manifest: the description must be a plain sentence"],
    [{ description: "Backs up images without an end" }, "manifest: the description must be a plain sentence"],
    [
      { description: "A plugin for images." },
      "manifest: the description must not say “Obsidian” or “plugin”",
    ],
    [{ version: "v1.0.0" }, "manifest: the version must be x.y.z"],
    [{ minAppVersion: "1.13" }, "manifest: minAppVersion must be x.y.z"],
    [{ isDesktopOnly: true }, "manifest: isDesktopOnly must be false: phones are supported"],
    [{ fundingUrl: "" }, "manifest: fundingUrl must not be empty"],
  ])("is refused with %j", (changed, fault) => {
    expect(manifestFaults(manifestWith(changed))).toContain(fault);
  });
});

describe("the version", () => {
  it("must be the same wherever it stands", () => {
    expect(versionFaults(manifestWith({ version: "7.7.7" }))).toEqual([
      "package.json is not at 7.7.7",
      "package-lock.json is not at 7.7.7",
      "versions.json must map 7.7.7 to 1.13.0",
      "CHANGELOG.md says nothing of 7.7.7",
    ]);
  });

  it("is told of by the changelog between its heading and the next", () => {
    const changelog = "# Changelog\n\n## 1.1.0 (2026-12-01)\n\n- New.\n\n## 1.0.0\n\n- First.\n";
    expect(releaseNotes(changelog, "1.1.0")).toBe("- New.");
    expect(releaseNotes(changelog, "1.0.0")).toBe("- First.");
    expect(releaseNotes(changelog, "1.0")).toBeUndefined();
    expect(releaseNotes("## 2.0.0\n\n## 1.0.0\n- First.", "2.0.0")).toBeUndefined();
  });
});

describe("what is published", () => {
  it.each([
    [{ LICENSE: undefined }, "LICENSE must be under version control"],
    [{ "main.js": "" }, "main.js must not be under version control"],
    [{ "data.json": "{}" }, "data.json must not be under version control"],
    [{ "docs/client_secret_1.json": "{}" }, "docs/client_secret_1.json looks like a secret"],
    [{ LICENSE: "MIT License\n\nCopyright (c) somebody" }, "LICENSE must name a year and a holder"],
    [
      jsonWith("package-lock.json", { lockfileVersion: 1 }),
      "package-lock.json must be of version 3, which npm 10 reads",
    ],
    [
      jsonWith("package-lock.json", {
        packages: { "node_modules/x": { resolved: "https://x", integrity: "y" } },
      }),
      "package-lock.json: node_modules/x has an address",
    ],
    [
      jsonWith("package-lock.json", { packages: { "node_modules/x": {} } }),
      "package-lock.json: node_modules/x has no hash",
    ],
    [
      jsonWith("package.json", { scripts: { compile: "" } }),
      "package.json: the review looks for a script “build”",
    ],
  ])("is refused with a changed file, number %#", (changed, fault) => {
    expect(fileFaults(projectWith(changed))).toContain(fault);
  });
});

describe("the bundle", () => {
  it.each([
    ["/(?<=a)b/", "looks behind in a regular expression"],
    ['new RegExp("(?<!a)b")', "looks behind in a regular expression"],
    ["(0,eval)('1');eval('1')", "runs text as code"],
    ["new Function('return 1')", "runs text as code"],
    ["a.innerHTML=b", "writes HTML as text"],
    ["import('./x')", "imports at run time"],
    ['require("fs")', 'requires "fs"'],
    ["require(name)", "requires name"],
    ["Promise.withResolvers()", "uses Promise.withResolvers"],
    ["Response.json({})", "uses Response.json"],
    ["r=Object.groupBy;r(a,b);r(c,d)", "uses Object.groupBy"],
    ["navigator.getBattery()", "uses getBattery"],
    ["a.isSubsetOf(b)", "uses methods of sets"],
    ["using a = b;", "holds syntax that the oldest phones lack"],
    ["/[a--b]/v", "holds syntax that the oldest phones lack"],
    ["let let = 1", "cannot be read by the oldest phones"],
  ])("is refused with %s", async (code, fault) => {
    expect((await bundleFaults(code, "")).join("\n")).toContain(fault);
  });

  it("is refused with styles that are nested", async () => {
    expect((await bundleFaults("", ".a { .b & { color: red } }")).join("\n")).toContain(
      "styles.css holds syntax",
    );
  });

  it.each([
    'const o=require("obsidian"),v=require("@codemirror/view")',
    "navigator.getBattery?.().then(a)",
    "class A{#b=1;static{A.c=2}}a??=b?.c",
    "myPromise.withResolversOrNot();a.eval(b);retrieval(1)",
    "groupBy({by:1});x.requires('fs')",
  ])("may hold %s", async (code) => {
    expect(await bundleFaults(code, ".a { inset-inline: 0; user-select: none }")).toEqual([]);
  });
});

describe("the privacy page", () => {
  it("names every host of the bundle that somebody may call", () => {
    const main =
      '"https://a.example/x";"http://www.w3.org/2000/svg";`https://b.example`\n/*!\nhttps://c.example\n*/';
    expect(hostFaults(main, "It calls `a.example`.")).toEqual([
      "docs/privacy.md does not name b.example, which main.js does",
    ]);
  });
});

describe("the licences", () => {
  it("of what is bundled are in main.js, each with its holder", () => {
    const row = (name: string, licence: string, holder: string): string =>
      `| \`${name}\` | ${licence} | \`Copyright ${holder}\` |\n`;
    const page = `${row("one", "MIT", "Ann")}${row("other", "MIT", "Ben")}${row("third", "Apache-2.0", "Cid")}`;
    const notice =
      "one: Copyright Ann\nthird: Copyright Cid\nPermission is hereby granted, free of charge, to any person";
    expect(licenceFaults(projectWith({ "docs/third-party.md": page }), notice)).toEqual([
      "main.js carries no notice of other",
      "main.js carries no notice of third",
    ]);
  });
});
