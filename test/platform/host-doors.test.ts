import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openInBrowser } from "../../src/platform/browser";
import { openSecrets } from "../../src/platform/secrets";
import { listenForSignIn } from "../../src/platform/sign-in-listener";

const platform = vi.hoisted(() => ({ isDesktopApp: true, isMobile: false }));
vi.mock("obsidian", () => ({ Platform: platform }));

const opened: string[] = [];
const asked: string[] = [];

function hostWith(modules: (name: string) => unknown): void {
  vi.stubGlobal("window", {
    require: (name: string) => {
      asked.push(name);
      return modules(name);
    },
    open: (url: string) => opened.push(`window ${url}`),
  });
}

beforeEach(() => {
  opened.length = 0;
  asked.length = 0;
  Object.assign(platform, { isDesktopApp: true, isMobile: false });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe("opening an address", () => {
  const electron = {
    shell: { openExternal: (url: string) => (opened.push(`shell ${url}`), Promise.resolve()) },
  };

  it("goes to the system's browser on a desktop", () => {
    hostWith(() => electron);
    openInBrowser("https://accounts.google.com/");
    expect(opened).toEqual(["shell https://accounts.google.com/"]);
  });

  it("asks for no Electron on a phone", () => {
    Object.assign(platform, { isDesktopApp: true, isMobile: true });
    hostWith(() => electron);
    openInBrowser("https://accounts.google.com/");
    expect(opened).toEqual(["window https://accounts.google.com/"]);
    expect(asked).toEqual([]);
  });

  it("falls back to a link where Electron is not there or refuses", async () => {
    hostWith(() => null);
    openInBrowser("https://a.example/");
    hostWith(() => ({ shell: { openExternal: () => Promise.reject(new Error("no")) } }));
    openInBrowser("https://b.example/");
    await new Promise(setImmediate);
    expect(opened).toEqual(["window https://a.example/", "window https://b.example/"]);
  });

  it.each(["file:///etc/passwd", "javascript:alert(1)", "obsidian://x"])("refuses %s", (url) => {
    hostWith(() => electron);
    expect(() => openInBrowser(url)).toThrow("not a web address");
    expect(opened).toEqual([]);
  });
});

describe("secrets", () => {
  it("are blanked, since they cannot be deleted", () => {
    const kept = new Map<string, string>();
    const secrets = openSecrets({
      getSecret: (id) => kept.get(id) ?? null,
      setSecret: (id, value) => void kept.set(id, value),
    });
    expect(secrets.get("a")).toBeUndefined();
    secrets.set("a", "");
    expect(kept.has("a")).toBe(false);
    secrets.set("a", "b");
    expect(secrets.get("a")).toBe("b");
    secrets.set("a", "");
    expect(secrets.get("a")).toBeUndefined();
  });
});

describe("the sign-in's listener", () => {
  it("answers on 127.0.0.1, with what GETs ask for, until it is closed", async () => {
    hostWith(createRequire(import.meta.url));
    const paths: string[] = [];
    const listener = await listenForSignIn((path) => {
      paths.push(path);
      return Promise.resolve({ status: 200, html: "<p>Done" });
    });
    if (listener === undefined) throw new Error("expected a listener");
    const address = `http://127.0.0.1:${listener.port}/?code=1`;
    const page = await fetch(address);
    expect(await page.text()).toBe("<p>Done");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    await fetch(address, { method: "POST" });
    expect(paths).toEqual(["/?code=1", "/"]);
    listener.close();
    await expect(fetch(address)).rejects.toThrow("fetch failed");
  });

  it("is not there on phones, and nothing of Node is asked for", async () => {
    Object.assign(platform, { isMobile: true });
    hostWith(createRequire(import.meta.url));
    expect(await listenForSignIn(() => Promise.reject(new Error("never asked")))).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it.each([
    () => null,
    () => ({}),
    () => {
      throw new Error("no such module");
    },
  ])("is not there where the host refuses: %s", async (refusal) => {
    hostWith(refusal);
    expect(await listenForSignIn(() => Promise.reject(new Error("never asked")))).toBeUndefined();
  });
});
