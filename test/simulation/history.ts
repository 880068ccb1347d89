import fc from "fast-check";
import type { BackupSettings, PhotosErrorKind } from "../../src/model";

/** What a person, the system or bad luck does to a device. */
export type Deed =
  | { readonly do: "write"; readonly path: number; readonly content: number }
  | { readonly do: "rename"; readonly from: number; readonly to: number }
  | { readonly do: "copy"; readonly from: number; readonly to: number }
  | { readonly do: "delete"; readonly path: number }
  | { readonly do: "kill"; readonly downtime: number }
  | { readonly do: "kill-mid-create" }
  | { readonly do: "kill-in-doubt" }
  | { readonly do: "edit-mid-read"; readonly content: number }
  | { readonly do: "move-mid-upload"; readonly to: number }
  | { readonly do: "command" }
  | { readonly do: "settings"; readonly change: SettingsChange }
  | { readonly do: "clock"; readonly by: number }
  | { readonly do: "offline"; readonly for: number }
  | { readonly do: "sign-out"; readonly for: number }
  /** The disk takes nothing for a while from the next write on. */
  | { readonly do: "full-disk"; readonly for: number }
  | { readonly do: "lose-index" }
  | { readonly do: "lose-ledger" }
  | { readonly do: "sync" };

export type SettingsChange =
  "saver" | "original" | "dates-on" | "dates-off" | "exclude-some" | "include-all" | "off" | "on";

/** How journals and album ids travel between two devices. */
export type Sync = "instant" | "sometimes" | "never";

/** Everything that happens in one simulated world. Replayed, it is the same to the millisecond. */
export interface History {
  readonly seed: number;
  readonly devices: 1 | 2;
  readonly sync: Sync;
  readonly albums: "vault" | "folders" | "none";
  readonly images: number;
  /** Lists and counts are behind by so many milliseconds. */
  readonly lag: number;
  /** Share of calls that are struck, by kind of fault. */
  readonly faults: readonly { readonly fault: FaultName; readonly rate: number }[];
  readonly deeds: readonly { readonly after: number; readonly device: number; readonly deed: Deed }[];
}

export type FaultName = `before ${PhotosErrorKind}` | `after ${PhotosErrorKind}` | "late answer";

/** Every fault that can strike. `after` a definite refusal cannot be: Google does nothing then. */
export const FAULTS: readonly FaultName[] = [
  "before quota-minute",
  "before concurrent",
  "before transient",
  "before offline",
  "before outcome-unknown",
  "before signed-out",
  "before refused",
  "before bad-token",
  "before bad-item",
  "before bad-album",
  "before storage-full",
  "before quota-day",
  "before permanent",
  "after transient",
  "after outcome-unknown",
  "late answer",
];

const MINUTE = 60_000;

const path = fc.integer({ min: 0, max: 39 });

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("write" as const),
      path,
      content: fc.integer({ min: 0, max: 60 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("rename" as const), from: path, to: path }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("copy" as const), from: path, to: path }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("delete" as const), path }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("kill" as const),
      downtime: fc.integer({ min: 0, max: 10 * MINUTE }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("kill-mid-create" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("kill-in-doubt" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("edit-mid-read" as const),
      content: fc.integer({ min: 0, max: 60 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("move-mid-upload" as const), to: path }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("command" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("settings" as const),
      change: fc.constantFrom<SettingsChange>(
        "saver",
        "original",
        "dates-on",
        "dates-off",
        "exclude-some",
        "include-all",
        "off",
        "on",
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("clock" as const),
      by: fc.integer({ min: -48 * 60 * MINUTE, max: 48 * 60 * MINUTE }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("offline" as const),
      for: fc.integer({ min: 1_000, max: 20 * MINUTE }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("sign-out" as const),
      for: fc.integer({ min: 1_000, max: 20 * MINUTE }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("full-disk" as const),
      for: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 * MINUTE })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("lose-index" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("lose-ledger" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("sync" as const) }) },
);

/** Histories with something of everything: a median one has thirty images or more, five faults and two restarts. */
export const histories: fc.Arbitrary<History> = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  devices: fc.constantFrom<1 | 2>(1, 1, 2),
  sync: fc.constantFrom<Sync>("instant", "sometimes", "never"),
  albums: fc.constantFrom<History["albums"]>("vault", "vault", "folders", "none"),
  images: fc.integer({ min: 10, max: 80 }),
  lag: fc.constantFrom(0, 0, 2_000, 45_000, 4 * MINUTE),
  faults: fc.array(fc.record({ fault: fc.constantFrom(...FAULTS), rate: fc.constantFrom(0.02, 0.08, 0.2) }), {
    maxLength: 6,
    minLength: 1,
  }),
  deeds: fc.array(
    fc.record({
      after: fc.oneof(
        fc.integer({ min: 0, max: 3_000 }),
        fc.integer({ min: 0, max: 5 * MINUTE }),
        fc.integer({ min: 0, max: 120 * MINUTE }),
      ),
      device: fc.integer({ min: 0, max: 1 }),
      deed,
    }),
    { minLength: 3, maxLength: 30, size: "max" },
  ),
});

/** The settings that a change sets. */
export function changeOf(change: SettingsChange): Partial<BackupSettings> {
  switch (change) {
    case "saver":
      return { quality: "storage-saver" };
    case "original":
      return { quality: "original" };
    case "dates-on":
      return { dates: true };
    case "dates-off":
      return { dates: false };
    case "exclude-some":
      return { folders: { include: [], exclude: ["private", "img/picture 1.png", "picture 0.png"] } };
    case "include-all":
      return { folders: { include: [], exclude: [] } };
    case "off":
      return { automatic: false };
    case "on":
      return { automatic: true };
  }
}
