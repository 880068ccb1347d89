import { describe, expect, it, vi } from "vitest";
import { Words } from "../../../src/i18n";
import { PhotosError } from "../../../src/model";
import type { ConnectionTest } from "../../../src/ui/sign-in-port";

vi.mock("obsidian", () => ({ Platform: {} }));

const { findingOf } = await import("../../../src/ui/account/connection-finding");

const english = new Words("en");

const failed = (end: Extract<ConnectionTest, { is: "failed" }>["end"]): ConnectionTest => ({
  is: "failed",
  error: new PhotosError("signed-out", { ended: end !== undefined }),
  end,
});

describe("a test of the connection", () => {
  it.each([
    [undefined, "Nobody is signed in on this device. Sign in first."],
    ["ended", "The sign-in has ended. Sign in again."],
    ["testing", english.say("hold.signed-out.testing")],
  ] as const)("says how the sign-in ended (%s)", (end, text) => {
    const finding = findingOf(failed(end), english.say);
    expect(finding).toMatchObject({ works: false, text });
    expect(finding.page).toBe(end === "testing" ? "publish" : undefined);
  });

  it("says what is not allowed as the language sets sentences", () => {
    const missing: ConnectionTest = { is: "works", account: { email: "" }, missing: ["append"] };
    expect(findingOf(missing, new Words("ja").say).text).not.toMatch(/。 /);
  });
});
