/** What a calendar and a clock on the wall show. */
export interface WallTime {
  readonly year: number;
  /** From 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** A wall time and how many minutes its clock is ahead of UTC. */
export interface Moment extends WallTime {
  readonly offset: number;
}

/** How many minutes the clocks here are ahead of UTC at an instant, given in milliseconds since 1970. */
export type OffsetAt = (instant: number) => number;

/** The offset of the device's own time zone. */
export const deviceOffsetAt: OffsetAt = (instant) => -new Date(instant).getTimezoneOffset();

const MINUTE = 60_000;

/** Milliseconds since 1970 of a wall time whose clock shows UTC. */
function asUtc({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Milliseconds since 1970. */
export function instantOf(moment: Moment): number {
  return asUtc(moment) - moment.offset * MINUTE;
}

/** What the clocks here showed at an instant. Parts of a second are cut off. */
export function momentAt(instant: number, offsetAt: OffsetAt): Moment {
  const offset = offsetAt(instant);
  const shown = new Date(instant + offset * MINUTE);
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
    offset,
  };
}

/** The moment at which the clocks here showed this time. Of an hour that was shown twice, either is right. */
export function momentShowing(wall: WallTime, offsetAt: OffsetAt): Moment {
  const near = asUtc(wall) - offsetAt(asUtc(wall)) * MINUTE;
  return { ...wall, offset: offsetAt(near) };
}

/** Whether there is such a day and such a time of day. */
export function isReal({ year, month, day, hour, minute, second }: WallTime): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** As ISO 8601 writes it, without an offset. */
function isoWall(wall: WallTime): string {
  return new Date(asUtc(wall)).toISOString().slice(0, 19);
}

/** As EXIF writes it: `2024:08:18 09:17:44`. */
export function exifTime(wall: WallTime): string {
  return isoWall(wall).replaceAll("-", ":").replace("T", " ");
}

const two = (value: number): string => String(value).padStart(2, "0");

/** As EXIF and ISO 8601 write it: `+02:00`. */
export function writtenOffset(offset: number): string {
  const minutes = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** As ISO 8601 writes it: `2024-08-18T09:17:44+02:00`. */
export function isoTime(moment: Moment): string {
  return isoWall(moment) + writtenOffset(moment.offset);
}

const WRITTEN = /^(\d{4})[:-](\d\d)[:-](\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?/;

/** Reads a time as EXIF or ISO 8601 write it; `undefined` for blanks, zeros and days that were not. */
export function readTime(text: string | undefined): WallTime | undefined {
  const found = WRITTEN.exec(text ?? "");
  if (found === null) return undefined;
  const parts: readonly (string | undefined)[] = found.slice(1);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  );
  const wall = { year, month, day, hour, minute, second };
  return isReal(wall) ? wall : undefined;
}

/** Reads `+02:00` or `Z` at the end of a text; `undefined` where there is none. */
export function readOffset(text: string | undefined): number | undefined {
  const found = /(?:(Z)|([+-])(\d\d):?(\d\d))$/.exec(text?.trim() ?? "");
  if (found === null) return undefined;
  if (found[1] !== undefined) return 0;
  const minutes = Number(found[3]) * 60 + Number(found[4]);
  return found[2] === "-" ? -minutes : minutes;
}
