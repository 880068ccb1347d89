import { stemOf, type VaultImage } from "../../model";
import type { EmbeddedDates, EmbeddedTime } from "./embedded-dates";
import {
  DAY,
  instantOf,
  isSensible,
  momentAt,
  momentShowing,
  startOfDay,
  type Moment,
  type WallTime,
} from "./moment";
import { dateInName, type NamedDate } from "./named-date";

/**
 * The date of a picture without a capture date in EXIF: when it was taken or became a file by its own word elsewhere,
 * else what its name tells, else when it was last changed by its own word, else the earlier of the file's two times. `undefined`
 * where none of them makes sense.
 */
export function bestDate(image: VaultImage, embedded: EmbeddedDates): Moment | undefined {
  const named = dateInName(stemOf(image.path));
  const found = [
    embedded.created && momentOf(embedded.created),
    named && momentNamed(named, image),
    embedded.changed && momentOf(embedded.changed),
    fileTimes(image)[0],
  ];
  return found.find((moment) => moment && isSensible(moment));
}

function momentOf({ wall, offset }: EmbeddedTime): Moment {
  return offset === undefined ? momentShowing(wall) : { wall, offset };
}

function momentNamed({ tells, wall }: NamedDate, image: VaultImage): Moment {
  if (tells === "day") return timeOfDay(wall, image);
  return (tells === "utc" ? momentAt : momentShowing)(wall);
}

/** The file's own time where it lies on that day, else noon, which is the same day almost everywhere. */
function timeOfDay(day: WallTime, image: VaultImage): Moment {
  const onTheDay = fileTimes(image).find((moment) => startOfDay(moment.wall) === day);
  if (onTheDay) return onTheDay;
  const noon = momentShowing(day + DAY / 2);
  return instantOf(noon) <= Date.now() ? noon : momentShowing(day);
}

/** The file's times that make sense, the earlier first. Some systems give 0 for a time they do not keep. */
function fileTimes(image: VaultImage): readonly Moment[] {
  return [image.ctime, image.mtime]
    .sort((one, other) => one - other)
    .map(momentAt)
    .filter(isSensible);
}
