/** What a calendar and a clock on the wall show, as milliseconds since 1970 of a clock that shows UTC. */
export type WallTime = number;

/** A wall time and how many minutes its clock is ahead of UTC. */
export interface Moment {
  readonly wall: WallTime;
  readonly offset: number;
}

/** How many minutes the device's clocks are ahead of UTC at an instant, given in milliseconds since 1970. */
const offsetAt = (instant: number): number => -new Date(instant).getTimezoneOffset();

const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** Before this year nobody's computer took a picture of a note; what says so counts something else. */
const FIRST_YEAR = Date.UTC(1990);

/** Milliseconds since 1970. */
export function instantOf({ wall, offset }: Moment): number {
  return wall - offset * MINUTE;
}

/** What the clocks here showed at an instant. Parts of a second are cut off. */
export function momentAt(instant: number): Moment {
  const offset = offsetAt(instant);
  return { wall: Math.floor(instant / 1000) * 1000 + offset * MINUTE, offset };
}

/** The moment at which the clocks here showed this time. Of an hour that was shown twice, either is right. */
export function momentShowing(wall: WallTime): Moment {
  return { wall, offset: offsetAt(wall - offsetAt(wall) * MINUTE) };
}

/** Whether a picture may be of then: not before our time, and not to come. */
export function isSensible(moment: Moment): boolean {
  return moment.wall >= FIRST_YEAR && instantOf(moment) <= Date.now();
}

export function startOfDay(wall: WallTime): WallTime {
  return Math.floor(wall / DAY) * DAY;
}

/** A wall time by its numbers, the month from 1 to 12; `undefined` where there is no such day or time of day. */
export function wallTime(numbers: readonly number[]): WallTime | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers;
  // The years below 100 are meant as they stand, which `Date.UTC` would take for those of 1900.
  const wall = new Date(Date.UTC(2000, 0, 1, hour, minute, second)).setUTCFullYear(year, month - 1, day);
  // What is no day or no time of day has come out as another one.
  const shown = isoWall(wall).split(/\D/).map(Number);
  return year > 0 && shown.join() === [year, month, day, hour, minute, second].join() ? wall : undefined;
}

/** As ISO 8601 writes it, without an offset. */
function isoWall(wall: WallTime): string {
  return new Date(wall).toISOString().slice(0, 19);
}

/** As EXIF writes it: `2024:08:18 09:17:44`. */
export function exifTime(wall: WallTime): string {
  return isoWall(wall).replaceAll("-", ":").replace("T", " ");
}

/** As EXIF and ISO 8601 write it: `+02:00`. */
export function writtenOffset(offset: number): string {
  return (offset < 0 ? "-" : "+") + isoWall(Math.abs(offset) * MINUTE).slice(11, 16);
}

/** As ISO 8601 writes it: `2024-08-18T09:17:44+02:00`. */
export function isoTime({ wall, offset }: Moment): string {
  return isoWall(wall) + writtenOffset(offset);
}

const WRITTEN = /^(\d{4})[:-](\d\d)[:-](\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?/;

/** Reads a time as EXIF or ISO 8601 write it; `undefined` for blanks, zeros and days that were not. */
export function readTime(text: string | undefined): WallTime | undefined {
  const found: readonly (string | undefined)[] = WRITTEN.exec(text ?? "") ?? [];
  return wallTime(found.slice(1).map((part) => Number(part ?? 0)));
}

/** Reads `+02:00` or `Z` at the end of a text; `undefined` where there is none. */
export function readOffset(text: string | undefined): number | undefined {
  const found = /(?:Z|([+-])(\d\d):?(\d\d))$/.exec(text?.trim() ?? "");
  if (found === null) return undefined;
  const [, sign, hours = 0, minutes = 0] = found;
  const offset = Number(hours) * 60 + Number(minutes);
  return sign === "-" ? -offset : offset;
}
