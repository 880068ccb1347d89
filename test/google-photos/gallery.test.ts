import { describe, expect, it } from "vitest";
import { photo } from "./sample-photos";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

const read = async (url: string): Promise<string> => (await fetch(url)).text();

describe("the gallery", () => {
  it("is where an item's and an album's product address lead", async () => {
    const { google, client } = await emulator();
    const albumId = await client.album("Notes & sketches");
    const item = await client.add(png(), "a <b>.png", { albumId });
    const page = await fetch(item.productUrl);
    expect(page.url).toBe(`${google.origin}/gallery/photo/${item.id}`);
    const text = await page.text();
    expect(text).toContain("a &lt;b&gt;.png");
    expect(text).toContain("Notes &amp; sketches");
    const { body } = await client.get<{ productUrl: string }>(`/v1/albums/${albumId}`);
    expect(await read(body.productUrl)).toContain(`/gallery/photo/${item.id}?album=${albumId}`);
    const inAlbum = await fetch(`${google.origin}/lr/album/${albumId}/photo/${item.id}`);
    expect(await inAlbum.text()).toContain("Back to Notes &amp; sketches");
  });

  it("shows items by date, newest first, and albums", async () => {
    const { google, client } = await emulator();
    const old = await client.add(await photo({ format: "jpeg" }), "old.jpg");
    const fresh = await client.add(png(), "fresh.png");
    const page = await read(`${google.origin}/gallery`);
    expect(page).toContain("Wednesday, February 3, 2021");
    expect(page.indexOf(fresh.id)).toBeLessThan(page.indexOf(old.id));
    await client.album("Trips");
    expect(await read(`${google.origin}/gallery/albums`)).toContain("Trips");
    expect((await fetch(google.origin)).url).toBe(`${google.origin}/gallery`);
  });

  it("shows a library of many pages", async () => {
    const { google, client } = await emulator();
    for (let n = 0; n < 5; n += 1) {
      const tokens = await Promise.all(
        Array.from({ length: 50 }, (_, at) => client.tokenFor(png(n * 50 + at))),
      );
      await client.create(tokens);
    }
    const first = await read(`${google.origin}/gallery`);
    expect(first.match(/class="tile"/g)).toHaveLength(200);
    expect(first).toContain("/gallery?from=200");
    expect((await read(`${google.origin}/gallery?from=200`)).match(/class="tile"/g)).toHaveLength(50);
  });

  it("bins, restores and deletes what a person looks at", async () => {
    const { google, client } = await emulator();
    const { id } = await client.add(png(), "mine.png");
    const act = async (action: string): Promise<boolean | undefined> => {
      await fetch(`${google.origin}/gallery/photo/${id}`, {
        method: "POST",
        body: new URLSearchParams({ action }),
      });
      return google.library.items()[0]?.binned;
    };
    expect(await act("bin")).toBe(true);
    expect(await read(`${google.origin}/gallery/bin`)).toContain(id);
    expect(await read(`${google.origin}/gallery`)).not.toContain(id);
    expect(await read(`${google.origin}/gallery/photo/${id}`)).toContain("in the trash");
    expect(await act("restore")).toBe(false);
    expect(await act("delete")).toBeUndefined();
    expect((await fetch(`${google.origin}/gallery/photo/${id}`)).status).toBe(404);
  });

  it("has pictures small and whole, scripts nowhere, and nothing from elsewhere", async () => {
    const { google, client } = await emulator();
    const bytes = await photo({ format: "jpeg", width: 600 });
    const { id } = await client.add(bytes, "p.jpg");
    const image = (query: string): Promise<ArrayBuffer> =>
      fetch(`${google.origin}/gallery/image/${id}${query}`).then((response) => response.arrayBuffer());
    expect(Buffer.from(await image("?download=1")).equals(bytes)).toBe(true);
    expect((await image("?w=320")).byteLength).toBeLessThan(bytes.length);
    for (const path of ["", "/albums", "/bin", `/photo/${id}`]) {
      const page = await read(`${google.origin}/gallery${path}`);
      expect(page).not.toContain("<script");
      expect(page).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//);
      expect(page).toContain("prefers-color-scheme: dark");
    }
    expect(google.requests.counts()).toEqual({ uploads: 1, creates: 1, other: 0 });
  });
});
