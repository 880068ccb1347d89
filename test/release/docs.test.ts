import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { english } from "../../src/i18n/english";
import { TABLES } from "../../src/i18n/languages";
import { consolePage } from "../../src/ui/account/console-page";
import { switchTable } from "../google-photos/switch-table";
import { drawnRooms, drawRooms } from "../screenshots/rooms";

const ROOT = path.join(import.meta.dirname, "..", "..");
const PAGES = ["README.md", "CHANGELOG.md", ...markdownIn("docs")];

function markdownIn(folder: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => path.join(folder, file));
}

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), "utf8");
}

const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

/** A page without its fenced blocks. */
const prose = (file: string): string => read(file).replace(/^```[\s\S]*?^```$/gm, "");

describe.each(PAGES)("%s", (file) => {
  it("names only commands that there are", () => {
    const named = [...read(file).matchAll(/\bnpm run ([a-z][a-z:-]*)/g)].map(([, name = ""]) => name);
    const short = [...read(file).matchAll(/\bnpm (start|test)\b/g)].map(([, name = ""]) => name);
    expect([...named, ...short].filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it("leads only to files and headings that there are", () => {
    const targets = [...prose(file).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)]
      .map(([, link, picture]) => link ?? picture ?? "")
      .filter((target) => !/^https?:/.test(target));
    const lost = targets.filter((target) => {
      const [name = "", heading] = target.split("#");
      const there = name === "" ? file : path.join(path.dirname(file), name);
      if (!fs.existsSync(path.join(ROOT, there))) return true;
      return heading !== undefined && !headingsOf(there).includes(heading);
    });
    expect(lost).toEqual([]);
  });

  it("names only files of the project that there are", () => {
    const named = [...prose(file).matchAll(/`((?:src|test|scripts|docs)\/[^`*<… ]+)`/g)].map(
      ([, name = ""]) => name,
    );
    expect(named.filter((name) => !fs.existsSync(path.join(ROOT, name)))).toEqual([]);
  });
});

/** The anchors that a page's headings get where it is shown. */
function headingsOf(file: string): string[] {
  return [...prose(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
}

/** Every text of the interface, as a pattern that its filled form fits. */
const texts = Object.values(english)
  .flatMap((text) => (typeof text === "string" ? [text] : Object.values(text)))
  // What is nearly nothing but placeholders would fit everything.
  .filter((text) => !text.includes("{") || /[a-z]{4}/i.test(text.replace(/\{\w+\}/g, "")))
  .map((text) => {
    const escaped = text.replace(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
    return new RegExp(`^${escaped.replace(/\{\w+\}/g, ".*")}$`);
  });

describe.each([
  ["README.md", "## First use"],
  ["docs/user-guide.md", "#"],
  ["docs/privacy.md", "#"],
  ["docs/try-it-for-real.md", "#"],
])("%s, from “%s” on", (file, from) => {
  it("quotes the interface as it speaks", () => {
    const page = prose(file);
    const quoted = [...page.slice(page.indexOf(from)).matchAll(/\*\*([^*]+)\*\*/g)].map(
      ([, words = ""]) => words,
    );
    expect(quoted.length).toBeGreaterThan(3);
    const unknown = quoted.filter(
      (words) => !texts.some((text) => text.test(words) || text.test(words.replace(/\.$/, ""))),
    );
    expect(unknown).toEqual([]);
  });
});

describe("the user guide", () => {
  const guide = read("docs/user-guide.md");
  /** Sentences that a person may come to look up. */
  const lookedUp = Object.entries(english).filter(
    ([key]) =>
      (`${key}-text` in english && key.startsWith("page.")) ||
      (`${key}-desc` in english && key.startsWith("settings.")) ||
      /^(?:hold\.[a-z-]+|hold\.off\.here|refused\.[a-z-]+|skip\.[a-z-]+|fail\.[a-z-]+|state\.(?!unknown).*|command\..*)$/.test(
        key,
      ),
  );

  it.each(lookedUp)("tells of %s", (_, text) => {
    // Said with the size that the setting has at first.
    const words = `**${text as string}**`.replace("{size}", "100 MB");
    // A failure shows these words, not the whole guide.
    expect(guide.includes(words) ? words : "nothing in docs/user-guide.md").toBe(words);
  });
});

describe.each(["README.md", "CHANGELOG.md", "docs/user-guide.md"])("the languages in %s", (file) => {
  it("are those that the plugin speaks", () => {
    const names = new Intl.DisplayNames("en", { type: "language", languageDisplay: "standard" });
    const spoken = ["en", ...Object.keys(TABLES)].map((name) => names.of(name) ?? name);
    expect(spoken.filter((name) => !read(file).includes(name))).toEqual([]);
  });
});

describe("the guide to a client of one's own", () => {
  it("leads to the pages that the plugin opens, step by step", () => {
    const steps = ["project", "api", "consent", "publish", "client"] as const;
    const linked = [...read("docs/user-guide.md").matchAll(/^\d\. .*?\((https:[^)]+)\)/gm)];
    expect(linked.map(([, link]) => link)).toEqual(steps.map((page) => consolePage(page, undefined)));
  });
});

describe("trying it for real", () => {
  it("asks about switches of the emulator, and tells their defaults", () => {
    const rows = [...read("docs/try-it-for-real.md").matchAll(/^\| `(\w+)`\s*\|[^|]*\| `([^`]+)`\s*\|/gm)];
    expect(rows.length).toBeGreaterThan(10);
    const guesses = rows.map(([, name = "", guess]) => [name, guess]);
    const table = switchTable as Readonly<Record<string, { readonly default: unknown } | undefined>>;
    expect(guesses).toEqual(rows.map(([, name = ""]) => [name, String(table[name]?.default)]));
  });
});

describe("the third-party licences", () => {
  it("name every package that is bundled, and no other", () => {
    const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
    const page = read("docs/third-party.md");
    const named = [...page.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
    expect(named).toEqual(Object.keys(dependencies).sort());
  });
});

describe("the pictures", () => {
  it("are all shown somewhere", () => {
    const pages = PAGES.map(read).join("\n");
    const pictures = fs.readdirSync(path.join(ROOT, "docs", "images"));
    expect(pictures.filter((picture) => !pages.includes(`images/${picture}`))).toEqual([]);
  });
});

describe("the decisions", () => {
  it("are all listed, by their titles", () => {
    const index = read("docs/decisions/README.md");
    const records = PAGES.filter((file) => /decisions\/\d{4}-/.test(file));
    const listed = records.map((file) => {
      const title = /^# \d+\. (.*)$/m.exec(read(file))?.[1] ?? "no title";
      return `[${title}](${path.basename(file)})`;
    });
    expect(listed.filter((entry) => !index.includes(entry))).toEqual([]);
  });
});

describe("the architecture", () => {
  it("shows the arrows that the code has", { timeout: 120_000 }, async () => {
    expect(drawnRooms()).toBe((await drawRooms()).trim());
  });
});

describe("the release workflow", () => {
  interface Step {
    readonly run?: string;
    readonly uses?: string;
    readonly with?: Readonly<Record<string, string>>;
  }
  interface Workflow {
    readonly on: { readonly push: { readonly tags: readonly string[] } };
    readonly permissions: unknown;
    readonly jobs: Readonly<Record<"build" | "publish", Job>>;
  }
  interface Job {
    readonly needs?: string;
    readonly permissions?: unknown;
    readonly steps: readonly Step[];
  }
  const workflow = parse(read(".github/workflows/release.yml")) as Workflow;
  const { build, publish } = workflow.jobs;
  const runsOf = ({ steps }: Job): readonly string[] => steps.flatMap(({ run }) => run ?? []);
  const runs = runsOf(build);

  it("tests before it publishes exactly the three files, attested", () => {
    expect(runs).toContain("npm test");
    expect(publish.needs).toBe("build");
    expect(runsOf(publish).join()).toMatch(/ --notes-file notes\.md main\.js manifest\.json styles\.css$/);
    const attest = publish.steps.find(({ uses }) => uses?.startsWith("actions/attest-build-provenance@"));
    expect(attest?.with?.["subject-path"]?.trim().split("\n")).toEqual([
      "main.js",
      "manifest.json",
      "styles.css",
    ]);
  });

  it("lets the code of packages read, and where it may publish runs none", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(build.permissions).toBeUndefined();
    expect(publish.permissions).toEqual({ contents: "write", "id-token": "write", attestations: "write" });
    expect(runsOf(publish)).toEqual([expect.stringMatching(/^gh release create /)]);
    const uses = publish.steps.flatMap(({ uses: used }) => used?.split("@")[0] ?? []);
    expect(uses).toEqual(["actions/download-artifact", "actions/attest-build-provenance"]);
  });

  it("runs for a tag of three numbers, and only if that is the manifest's version", () => {
    expect(workflow.on.push.tags).toEqual(["[0-9]+.[0-9]+.[0-9]+"]);
    expect(runs[0]).toContain(`test "$GITHUB_REF_NAME" = "$(node -p "require('./manifest.json').version")"`);
  });

  it("calls only scripts that there are", () => {
    const called = runs.flatMap((run) =>
      [...run.matchAll(/(?:npm run |tsx )([\w:./-]+)/g)].map(([, name = ""]) => name),
    );
    expect(called.length).toBeGreaterThan(2);
    expect(
      called.filter((name) => scripts[name] === undefined && !fs.existsSync(path.join(ROOT, name))),
    ).toEqual([]);
  });
});
