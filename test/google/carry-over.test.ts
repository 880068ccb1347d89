import { afterEach, describe, expect, it, vi } from "vitest";
import { newCarryCode, pack, unpack } from "../../src/google/carry-over";
import { Device, nobodyAborts as signal, signedIn } from "./world";

afterEach(() => {
  vi.restoreAllMocks();
});

const luggage = {
  client: { id: "client", secret: "the-secret" },
  signIn: {
    clientId: "client",
    refreshToken: "1//refresh",
    sub: "1",
    email: "you@example.com",
    scopes: ["a"],
    since: 5,
  },
};

describe("a sign-in that is carried over", () => {
  it("works on the other device, and stays here", async () => {
    const desktop = await signedIn();
    const before = [...desktop.secrets.values];
    const carried = await desktop.signIn.carryOver();
    expect([...desktop.secrets.values]).toEqual(before);
    expect(carried?.address).toMatch(/^obsidian:\/\/vault-image-backup\?carry=[\w.-]+$/);
    for (const brought of [carried?.address, carried?.address.replace(/^.*=/, "")]) {
      const phone = new Device(desktop.google);
      expect(await phone.signIn.takeOver(brought ?? "", carried?.code ?? "")).toEqual({
        is: "signed-in",
        missing: [],
      });
      expect(phone.asked).toEqual([{ what: "carried", from: "", to: "you@example.com" }]);
      expect((await phone.library.account(signal)).email).toBe("you@example.com");
      await phone.library.list({ signal });
    }
    await desktop.library.list({ signal });
  });

  it("is asked about before it is taken over, since anybody can carry theirs here", async () => {
    const desktop = await signedIn();
    const { address, code } = (await desktop.signIn.carryOver()) ?? { address: "", code: "" };
    const phone = new Device(desktop.google);
    phone.accepts = false;
    expect(await phone.signIn.takeOver(address, code)).toEqual({ is: "kept-as-it-was" });
    expect([phone.signIn.status, phone.signIn.clientId]).toEqual([{ is: "no-client" }, undefined]);
    phone.accepts = true;
    await phone.signIn.takeOver(address, code);
    expect(phone.asked).toHaveLength(2);
    await phone.signIn.takeOver(address, code);
    expect(phone.asked, "it is the one that is signed in already").toHaveLength(2);
    phone.signIn.signOut();
    await phone.signIn.takeOver(address, code);
    expect(phone.asked.map(({ what }) => what)).toEqual(["carried", "carried", "carried"]);
  });

  it("comes by the fields of its address as well, and its code however it is typed", async () => {
    const text = await pack(luggage, "0123abcdwxyz");
    for (const code of ["0123-ABCD-wxyz", " o123 abcd wxyz ", "0L23abcdWXYZ"]) {
      expect(await unpack(text, code)).toEqual({ is: "unpacked", ...luggage });
    }
  });

  it("opens with nothing but its code", async () => {
    const text = await pack(luggage, "0123abcdwxyz");
    expect(await unpack(text, "0123abcdwxy0")).toEqual({ is: "wrong-code" });
    const changed = text.slice(0, -6) + (text.at(-6) === "A" ? "B" : "A") + text.slice(-5);
    expect(await unpack(changed, "0123abcdwxyz")).toEqual({ is: "wrong-code" });
  });

  it.each(["", "1.", "1.abc", "2.AAAA", "hello", "1.AAAA.AAAA", `1.${"A".repeat(37)}`])(
    "is not in %j",
    async (text) => {
      expect(await unpack(text, "0123abcdwxyz")).toEqual({ is: "not-an-answer" });
    },
  );

  it("shows nothing of itself, and is another text each time", async () => {
    const [one, two] = [await pack(luggage, "0123abcdwxyz"), await pack(luggage, "0123abcdwxyz")];
    expect(one).not.toBe(two);
    const shown = Buffer.from(one.slice(2), "base64url").toString("latin1") + one;
    for (const secret of ["1//refresh", "the-secret", "you@example.com", "0123abcd"])
      expect(shown).not.toContain(secret);
  });

  it("is locked by 600,000 rounds of PBKDF2", async () => {
    const derived = vi.spyOn(crypto.subtle, "deriveKey");
    await pack(luggage, newCarryCode());
    expect(derived.mock.calls[0]?.[0]).toMatchObject({
      name: "PBKDF2",
      hash: "SHA-256",
      iterations: 600_000,
    });
    expect(derived.mock.calls[0]?.[2]).toMatchObject({ name: "AES-GCM", length: 256 });
  });

  it("has a code of twelve letters and digits that no other one has", () => {
    const codes = Array.from({ length: 200 }, newCarryCode);
    for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{12}$/);
    expect(new Set(codes).size).toBe(200);
  });
});
