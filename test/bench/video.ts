import { sendVideo } from "../picture/video-run";
import type { Bench } from "./bench";

const MB = 1_000_000;

/** What is promised of a video of a gigabyte, in bytes. */
const SIZE = 1000 * MB;
const MOST_EXTRA = 100 * MB;

export const videoBench: Bench = {
  about: "a video of 1 GB, sent from disk",

  async run(tell) {
    const { read, largestRead, extraMemory, milliseconds, summary, isSame } = await sendVideo(SIZE);
    tell(`${(milliseconds / 1000).toFixed(1)} s, hashing and sending`);
    tell(`${(read / SIZE).toFixed(3)} times read, ${(largestRead / MB).toFixed(1)} MB at most at a time`);
    tell(`${(extraMemory / MB).toFixed(0)} MB of extra memory at most in the page`);
    const wrong: string[] = [];
    if (summary.backedUp !== 1 || !isSame) wrong.push("the video did not arrive as it is");
    if (read > 2.01 * SIZE) wrong.push("was read more than twice");
    if (extraMemory > MOST_EXTRA) wrong.push("took more than 100 MB of extra memory");
    return { wrong };
  },
};
