import { stemOf, type VaultImage } from "../../model";
import type { EmbeddedDates, EmbeddedTime } from "./embedded-dates";
import { instantOf, momentAt, momentShowing, type Moment, type OffsetAt, type WallTime } from "./moment";
import { dateInName, type NamedDate } from "./named-date";

/** What a date was taken from. */
export type DateSource = "content" | "name" | "file";

export interface BestDate {
  readonly moment: Moment;
  readonly source: DateSource;
}

/** Where and when the question is asked. */
export interface Here {
  readonly offsetAt: OffsetAt;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Before this year nobody's computer took a picture of a note; what says so counts something else. */
const FIRST_YEAR = Date.UTC(1990);

const DAY = 24 * 3_600_000;

/**
 * The date of a picture without a capture date in EXIF: when it was taken or became a file by its own word elsewhere,
 * else what its name tells, else when it was last changed by its own word, else the earlier of the file's two times. `undefined`
 * where none of them makes sense.
 */
export function bestDate(image: VaultImage, embedded: EmbeddedDates, here: Here): BestDate | undefined {
  const named = dateInName(stemOf(image.path), (wall) => acceptsDay(wall, here));
  const found: readonly (readonly [DateSource, Moment | undefined])[] = [
    ["content", embedded.created && momentOf(embedded.created, here)],
    ["name", named && momentNamed(named, image, here)],
    ["content", embedded.changed && momentOf(embedded.changed, here)],
    ["file", fileTimes(image, here)[0]],
  ];
  for (const [source, moment] of found) {
    if (moment && isSensible(moment, here)) return { moment, source };
  }
  return undefined;
}

function momentOf({ wall, offset }: EmbeddedTime, { offsetAt }: Here): Moment {
  return offset === undefined ? momentShowing(wall, offsetAt) : { wall, offset };
}

function momentNamed({ tells, wall }: NamedDate, image: VaultImage, here: Here): Moment {
  if (tells === "day") return timeOfDay(wall, image, here);
  return (tells === "utc" ? momentAt : momentShowing)(wall, here.offsetAt);
}

/** The file's own time where it lies on that day, else noon, which is the same day almost everywhere. */
function timeOfDay(day: WallTime, image: VaultImage, here: Here): Moment {
  const onTheDay = fileTimes(image, here).find((moment) => startOfDay(moment.wall) === day);
  if (onTheDay) return onTheDay;
  const noon = momentShowing(day + DAY / 2, here.offsetAt);
  return instantOf(noon) <= here.now ? noon : momentShowing(day, here.offsetAt);
}

/** The file's times that make sense, the earlier first. Some systems give 0 for a time they do not keep. */
function fileTimes(image: VaultImage, here: Here): readonly Moment[] {
  return [image.ctime, image.mtime]
    .sort((one, other) => one - other)
    .map((time) => momentAt(time, here.offsetAt))
    .filter((moment) => isSensible(moment, here));
}

function isSensible(moment: Moment, here: Here): boolean {
  return moment.wall >= FIRST_YEAR && instantOf(moment) <= here.now;
}

/** Whether a day in a name may be one: not before our time, and begun somewhere here. */
function acceptsDay(wall: WallTime, here: Here): boolean {
  return isSensible(momentShowing(startOfDay(wall), here.offsetAt), here);
}

function startOfDay(wall: WallTime): WallTime {
  return Math.floor(wall / DAY) * DAY;
}
