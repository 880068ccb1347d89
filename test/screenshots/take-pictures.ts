import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { CDPSession } from "playwright-core";
import sharp from "sharp";
import { chromiumPath } from "../../scripts/ready.mjs";
import buildOnce from "../build-once";
import { openHost, startHost, type HostPage } from "../obsidian-host";
import { writeSettings } from "../start/place";
import { Session } from "../start/session";

const PROJECT = path.join(import.meta.dirname, "..", "..");
const PICTURES = path.join(PROJECT, "docs", "images");
const SAMPLE_VAULT = path.join(PROJECT, "test", "vault");
const PLUGIN = "vault-image-backup";

/** The title of the window, and of the album. */
const VAULT_NAME = "Home notes";
const NOTE = "Travel/Lisbon/Lisbon.md";

/** What shows that the status view has drawn its list. */
const LIST = ".vib-image-row";

/** More pixels than the page thinks, as on a good screen; twice as many would double the weight for little. */
const SHARPNESS = 1.5;

/** A folder whose images cannot all be sent joins later, so that one picture shows all well and another one not. */
const AT_FIRST = { include: [], exclude: ["Private", "Inbox"] };
const LATER = { include: [], exclude: ["Private"] };

type Tell = (line: string) => void;

/** Makes every picture of the documentation, by living through a first backup and a look at it on a phone. */
export async function takePictures(tell: Tell): Promise<void> {
  buildOnce();
  fs.mkdirSync(PICTURES, { recursive: true });
  const around = fs.mkdtempSync(path.join(os.tmpdir(), "screenshots-"));
  const vault = path.join(around, VAULT_NAME);
  fs.cpSync(SAMPLE_VAULT, vault, { recursive: true, preserveTimestamps: true });
  const session = await Session.open({
    vault,
    inPlace: true,
    google: undefined,
    settings: { folders: AT_FIRST },
    exit: true,
    json: undefined,
  });
  try {
    await onTheDesktop(session, tell);
    await session.leavePage();
    writeSettings(session.place, PLUGIN, { folders: LATER });
    await onThePhone(session, tell);
  } finally {
    await session.close();
    fs.rmSync(around, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function onTheDesktop(session: Session, tell: Tell): Promise<void> {
  const { page: host } = session;
  const camera = await Camera.before(host, tell);
  await host.openNote(NOTE, "preview");
  await host.runCommand(`${PLUGIN}:open-status`);
  await camera.take("first-use", LIST);

  await session.signIn();
  await camera.dismissNotices();
  await host.runCommand(`${PLUGIN}:back-up-vault-images`);
  const confirm = host.page.locator(".modal .mod-cta");
  await confirm.waitFor();
  await camera.take("before-the-first-backup", ".vib-first-use");

  await confirm.click();
  await session.settle(() => undefined);
  await camera.dismissNotices();
  const image = host.page.locator(".markdown-reading-view img").first();
  await image.hover();
  await camera.take("status", LIST);
  await host.setDark(true);
  await image.hover();
  await camera.take("status-dark", LIST);
  await host.setDark(false);
  await host.openSettings();
  await camera.take("settings", ".setting-item");
}

async function onThePhone(session: Session, tell: Tell): Promise<void> {
  const google = session.google?.origin ?? "";
  const server = await startHost({ vault: session.place.vault, plugin: PROJECT, google, mode: "phone" });
  const host = await openHost(server, { executable: chromiumPath() });
  try {
    const camera = await Camera.before(host, tell);
    await host.openNote(NOTE, "preview");
    await host.runCommand(`${PLUGIN}:open-status`);
    await host.page.getByText("1 image needs attention", { exact: true }).waitFor();
    await camera.dismissNotices();
    await camera.take("phone-status", LIST);
    await host.page
      .locator(".workspace-drawer-backdrop")
      .last()
      .click({ position: { x: 20, y: 400 } });
    await camera.take("phone-note", ".vib-note-badge");
  } finally {
    await host.close();
    await server.close();
  }
}

/** Takes pictures of one page, once it has come to rest. */
class Camera {
  private constructor(
    private readonly host: HostPage,
    private readonly devtools: CDPSession,
    private readonly tell: Tell,
  ) {}

  static async before(host: HostPage, tell: Tell): Promise<Camera> {
    const devtools = await host.context.newCDPSession(host.page);
    return new Camera(host, devtools, tell);
  }

  async take(name: string, shown: string): Promise<void> {
    const { page } = this.host;
    await page.locator(shown).first().waitFor();
    await page.waitForFunction(() =>
      [...document.images].every(
        (image) => image.complete || image.getBoundingClientRect().top > window.innerHeight,
      ),
    );
    await page.evaluate(async () => {
      // A blinking cursor never comes to rest.
      const passing = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations === 1);
      await Promise.allSettled(passing.map(({ finished }) => finished));
    });
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
    const { data } = await this.devtools.send("Page.captureScreenshot", {
      format: "png",
      clip: { x: 0, y: 0, width, height, scale: SHARPNESS },
    });
    const file = path.join(PICTURES, `${name}.png`);
    const { size } = await sharp(Buffer.from(data, "base64"))
      .png({ palette: true, quality: 90, effort: 10 })
      .toFile(file);
    this.tell(`${path.relative(PROJECT, file)}  ${String(Math.round(size / 1000))} kB`);
  }

  /** They would go by themselves after a while, and hide until then what the picture is about. */
  async dismissNotices(): Promise<void> {
    const notices = this.host.page.locator(".notice");
    while ((await notices.count()) > 0) await notices.first().click();
  }
}
