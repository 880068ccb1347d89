import { describe, expect, it } from "vitest";
import { find } from "./secret-search";

const SECRET = "1//canary/with+signs=and~more";

describe("the search for secrets", () => {
  it.each([
    ["as it is", SECRET],
    ["in an address", `https://example.com/?token=${encodeURIComponent(SECRET)}&x=1`],
    ["in a form", new URLSearchParams({ token: SECRET }).toString()],
    ["in JSON with escaped slashes", JSON.stringify({ SECRET }).replaceAll("/", "\\/")],
    ["in base64 from its start", Buffer.from(SECRET).toString("base64")],
    ["in base64 after one byte", Buffer.from(`{${SECRET}}`).toString("base64")],
    ["in base64 after two bytes", Buffer.from(`{"${SECRET}"}`).toString("base64")],
    ["in base64 for addresses", Buffer.from(`ab${SECRET}yz`).toString("base64url")],
  ])("finds one %s", (_, text) => {
    const written = [{ where: "there", bytes: Buffer.from(`before ${text} after`) }];
    expect(find([SECRET], written).join()).toContain("in there");
  });

  it("finds one as Chromium stores text", () => {
    const bytes = Buffer.from(`before ${SECRET} after`, "utf16le");
    expect(find([SECRET], [{ where: "there", bytes }])).toEqual(["1//c… UTF-16 in there"]);
  });

  it("finds none where there is none", () => {
    expect(find([SECRET], [{ where: "there", bytes: Buffer.from("1//canary and nothing more") }])).toEqual(
      [],
    );
  });
});
