import path from "node:path";
import { partBench, type Figure } from "./figures";
import { inFolder } from "./stage";
import { runUpload, type UploadOutcome, type UploadRun } from "./upload-run";
import { makeVault, type MadeVault } from "./vaults";

const MBIT = 1e6 / 8;
const FAST = { roundTrip: 50, upload: 50 * MBIT };

const FAULTS = {
  any: { "429": 0.05, "500-before": 0.03 },
  upload: { "cut-during": 0.02, "cut-after": 0.01 },
} as const;

/** One vault backed up in one way, with what it may cost. */
interface Variant {
  readonly name: string;
  readonly vault: "mix" | "few" | "small";
  readonly run: UploadRun;
  /** Most that the time may be over the bound. */
  readonly overBound?: number;
  /** How often it is backed up, once unless said otherwise; the figures are those of the run that took the middle time. */
  readonly runs?: number;
  /** A run in which nothing goes wrong on the way: its requests, bytes and reads have budgets. */
  readonly isClean: boolean;
}

const VARIANTS: readonly Variant[] = [
  { name: "mix", vault: "mix", run: { link: FAST }, overBound: 1.03, isClean: true },
  // Over in seven seconds: what else this machine does in one of them would be a tenth of the figure.
  { name: "small images", vault: "small", run: { link: FAST }, runs: 3, overBound: 1.12, isClean: true },
  {
    name: "slow creates",
    vault: "mix",
    run: { link: FAST, slowCreates: 1000 },
    overBound: 1.05,
    isClean: true,
  },
  { name: "faults", vault: "mix", run: { link: FAST, faults: FAULTS }, overBound: 1.6, isClean: false },
  { name: "200 ms away", vault: "mix", run: { link: { ...FAST, roundTrip: 200 } }, isClean: true },
  {
    name: "5 Mbit/s, 60 images",
    vault: "few",
    run: { link: { roundTrip: 50, upload: 5 * MBIT } },
    isClean: true,
  },
  { name: "no link", vault: "small", run: {}, isClean: true },
];

/** Backs up whole vaults over a shaped link. */
export const uploadsBench = partBench("uploads", "whole vaults, over a shaped link", (tell) =>
  inFolder(async (folder) => {
    const vaults = {
      mix: await makeVault(path.join(folder, "mix"), 500, "mix"),
      few: await makeVault(path.join(folder, "few"), 60, "mix"),
      small: await makeVault(path.join(folder, "small"), 500, "small"),
    };
    const figures: Figure[] = [];
    const wrong: string[] = [];
    for (const variant of VARIANTS) {
      const outcomes: UploadOutcome[] = [];
      for (let run = 0; run < (variant.runs ?? 1); run += 1) {
        const outcome = await runUpload(vaults[variant.vault], variant.run);
        tell(`${variant.name}: ${JSON.stringify(outcome)}`);
        wrong.push(...outcome.wrong.map((line) => `${variant.name}: ${line}`));
        outcomes.push(outcome);
      }
      outcomes.sort((one, other) => one.seconds - other.seconds);
      const middle = outcomes[Math.floor(outcomes.length / 2)];
      if (middle !== undefined) figures.push(...figuresOf(variant, middle, vaults[variant.vault]));
    }
    return { title: "Upload", figures, wrong };
  }),
);

function figuresOf(
  { name, overBound, isClean }: Variant,
  outcome: UploadOutcome,
  vault: MadeVault,
): Figure[] {
  const named = (what: string): string => `${name}: ${what}`;
  const most = (budget: number): { budget?: number } => (isClean ? { budget } : {});
  // Two calls for each run are not the images': sixty have no fair share of them.
  const isWhole = vault.images >= 500;
  return [
    outcome.overBound === undefined
      ? { what: named("milliseconds an image"), value: (1000 * outcome.seconds) / vault.images, unit: "ms" }
      : {
          what: named("time over the physical bound"),
          value: outcome.overBound,
          unit: "x",
          ...(overBound === undefined ? {} : { budget: overBound }),
        },
    {
      what: named("requests an image"),
      value: outcome.requestsAnImage,
      unit: "x",
      ...(isWhole ? most(1.04) : {}),
    },
    {
      what: named("bytes sent over bytes of the images"),
      value: outcome.bytesOver,
      unit: "x",
      ...(vault.bytes / vault.images > 100_000 ? most(1.01) : {}),
    },
    { what: named("most reads of one file"), value: outcome.mostReads, unit: "", ...most(1) },
  ];
}
