import { expect, vi } from "vitest";
import type { GooglePhotos, Switches } from "../index";
import type { Answer, CreateAnswer, PlainClient } from "../plain-client";
import { photo } from "../sample-photos";
import { png } from "../sample-pictures";
import { DAY, type Line } from "./line";

const codes = ({ body }: Answer<CreateAnswer>): unknown =>
  body.newMediaItemResults?.map(({ status }) => status.code ?? 0);

/** Starts a second create while the first is held in the service, lets that go, and answers both. */
async function overlapping(
  google: GooglePhotos,
  client: PlainClient,
): Promise<[Answer<CreateAnswer>, Answer<CreateAnswer>]> {
  const tokens = [await client.tokenFor(png(1)), await client.tokenFor(png(2))];
  google.faults.script({ on: "create", do: "delay", hold: "first" });
  const held = google.faults.whenHeld("first");
  const first = client.create([tokens[0] ?? ""]);
  await held;
  const second = client.create([tokens[1] ?? ""]);
  await vi.waitFor(() => expect(google.requests.all().at(-1)?.overlapped).toBe(true));
  google.faults.release("first");
  return Promise.all([first, second]);
}

const OVERLAPS = {
  serialise: undefined,
  429: "Quota exceeded for quota 'concurrent write request' of service 'photoslibrary.googleapis.com'.",
  409: "The operation was aborted.",
  500: "Internal error encountered.",
} as const;

const otherOverlaps = (but: Switches["overlap"]): Partial<Switches>[] =>
  (["serialise", "429", "409", "500"] as const)
    .filter((overlap) => overlap !== but)
    .map((overlap) => ({ overlap }));

export const creatingLines: readonly Line[] = [
  {
    line: 9,
    says: "a create takes fifty items and not one more",
    flips: [{ batchLimit: 51 }, { batchLimit: 49 }],
    async holds(open) {
      const { client } = await open();
      const tokens = await Promise.all(Array.from({ length: 51 }, (_, n) => client.tokenFor(png(n))));
      const over = await client.create(tokens);
      expect([over.status, over.body.error?.message]).toEqual([400, "Request must have less than 50 items."]);
      expect((await client.create(tokens.slice(0, 50))).body.newMediaItemResults).toHaveLength(50);
    },
  },
  {
    line: 9,
    says: "mixed results come with 200 in the order of the items, a success without a code",
    flips: [{ partialStatus: "207" }, { successCode: "zero" }, { resultOrder: "shuffled" }],
    async holds(open) {
      const { client } = await open();
      const pictures = [Buffer.from("no picture"), ...Array.from({ length: 9 }, (_, n) => png(n))];
      const tokens = await Promise.all(pictures.map((bytes) => client.tokenFor(bytes)));
      const { status, body } = await client.create(tokens);
      expect(status).toBe(200);
      expect(body.newMediaItemResults?.map(({ uploadToken }) => uploadToken)).toEqual(tokens);
      expect(body.newMediaItemResults?.[0]?.status.code).toBe(3);
      expect(body.newMediaItemResults?.[1]?.status).toEqual({ message: "Success" });
    },
  },
  {
    line: 10,
    says: "the same bytes are the same item under its first name; twice within one call, code 6",
    flips: [{ sameBytes: "new-item" }],
    async holds(open) {
      const { google, client } = await open();
      const first = await client.add(png(), "first.png");
      const second = await client.add(png(), "second.png");
      expect([second.id, second.filename]).toEqual([first.id, "first.png"]);
      const twice = await client.create([await client.tokenFor(png(1)), await client.tokenFor(png(1))]);
      expect(codes(twice)).toEqual([0, 6]);
      expect(google.library.items()).toHaveLength(2);
    },
  },
  {
    line: 11,
    says: "bytes that are no picture pass the upload and fail in the create",
    flips: [{ checkBytes: false }],
    async holds(open) {
      const { client } = await open();
      const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>');
      for (const bytes of [svg, Buffer.from("hello"), png().subarray(0, 20), png().subarray(0, -8)]) {
        const upload = await client.upload(bytes);
        expect(upload.status).toBe(200);
        expect(codes(await client.create([upload.body]))).toEqual([3]);
      }
    },
  },
  {
    line: 12,
    says: "two creates of one user at once are served one after another, and marked in the log",
    flips: otherOverlaps("serialise"),
    async holds(open) {
      const { google, client } = await open();
      const answers = await overlapping(google, client);
      const creates = google.requests.all().filter(({ kind }) => kind === "create");
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(creates.map((entry) => entry.overlapped ?? false)).toEqual([false, true]);
      expect(creates[1]?.ended).toBeGreaterThanOrEqual(creates[0]?.ended ?? Number.POSITIVE_INFINITY);
    },
  },
  ...(["429", "409", "500"] as const).map(
    (overlap) =>
      ({
        line: 12,
        says: `the later of two creates at once answers ${overlap}, by the switch`,
        flips: otherOverlaps(overlap),
        async holds(open) {
          const { google, client } = await open({ overlap });
          const [first, second] = await overlapping(google, client);
          expect([first.status, second.status]).toEqual([200, Number(overlap)]);
          expect(second.body.error?.message).toBe(OVERLAPS[overlap]);
        },
      }) satisfies Line,
  ),
  {
    line: 16,
    says: "an item's date is its capture date in UTC, whatever the file is called",
    flips: [{ creationTime: "upload" }],
    async holds(open) {
      const { client } = await open();
      const item = await client.add(await photo({ format: "jpeg" }), "IMG_20190101_000000.jpg");
      expect(item.mediaMetadata.creationTime).toBe("2021-02-03T02:05:06Z");
    },
  },
  {
    line: 16,
    says: "an item without a capture date has the upload's",
    flips: [],
    async holds(open) {
      const { google, client } = await open();
      google.clock.advance(-3 * 365 * DAY);
      client.accessToken = google.signIn().accessToken;
      const { mediaMetadata } = await client.add(png());
      expect(Math.abs(Date.parse(mediaMetadata.creationTime) - google.clock.now())).toBeLessThan(5000);
    },
  },
];
