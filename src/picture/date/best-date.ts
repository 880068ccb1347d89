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
  const created = embedded.created && sensible(momentOf(embedded.created, here), here);
  if (created) return { moment: created, source: "content" };
  const named = dateInName(stemOf(image.path), (wall) => acceptsDay(wall, here));
  const fromName = named && sensible(momentNamed(named, image, here), here);
  if (fromName) return { moment: fromName, source: "name" };
  const changed = embedded.changed && sensible(momentOf(embedded.changed, here), here);
  if (changed) return { moment: changed, source: "content" };
  const file = fileTimes(image, here)[0];
  return file && { moment: file, source: "file" };
}

function momentOf({ wall, offset }: EmbeddedTime, here: Here): Moment {
  return offset === undefined ? momentShowing(wall, here.offsetAt) : { wall, offset };
}

function momentNamed(named: NamedDate, image: VaultImage, here: Here): Moment {
  switch (named.tells) {
    case "instant":
      return momentAt(named.instant, here.offsetAt);
    case "time":
      return named.clock === "utc"
        ? momentAt(named.wall, here.offsetAt)
        : momentShowing(named.wall, here.offsetAt);
    case "day":
      return timeOfDay(named.wall, image, here);
  }
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
    .filter((time) => Number.isFinite(time))
    .sort((one, other) => one - other)
    .map((time) => sensible(momentAt(time, here.offsetAt), here))
    .filter((moment) => moment !== undefined);
}

function sensible(moment: Moment, here: Here): Moment | undefined {
  return moment.wall >= FIRST_YEAR && instantOf(moment) <= here.now ? moment : undefined;
}

/** Whether a day in a name may be one: not before our time, and begun somewhere here. */
function acceptsDay(wall: WallTime, here: Here): boolean {
  return sensible(momentShowing(startOfDay(wall), here.offsetAt), here) !== undefined;
}

function startOfDay(wall: WallTime): WallTime {
  return Math.floor(wall / DAY) * DAY;
}
