import { isSensible, momentShowing, startOfDay, wallTime, type WallTime } from "./moment";

/** What a file's name tells of when the picture was made. */
export interface NamedDate {
  /** A time that the clocks here showed, or those of UTC, or a day without one. */
  readonly tells: "time" | "utc" | "day";
  readonly wall: WallTime;
}

/** `2024-08-18`, `2024.08.18`, `2024_08_18` or `20240818`, by the marks that may stand in it and what may not before it. */
const day = (mark: string, before: string): string =>
  String.raw`(?:^|[^${before}])(?<year>[12][0-9]{3})(?<mark>${mark})(?<month>[0-9]{2})\k<mark>(?<day>[0-9]{2})`;

/** What stands between day and time: " at ", " um ", " à ", "_", "T", " 上午" and the like, but no digit. */
const BETWEEN = String.raw`(?<between>[^0-9]{0,12}?)`;

/** `09.17.44`, `9:17:44`, `09-17-44`, `091744`, with milliseconds or without; seconds may be missing. */
const TIME = String.raw`(?<hour>[0-9]{1,2})(?<dot>[-.:_ h∶：]?)(?<minute>[0-9]{2})(?:\k<dot>(?<second>[0-9]{2})(?:[._]?[0-9]{3})?)?(?![0-9])`;

/** Half of the day, behind the time. Newer Macs put a narrow blank before it, which counts as a blank here. */
const HALF = String.raw`(?:\s?(?<half>[AaPp]\.?\s?[Mm])\b)?`;

const DAY_AND_TIME = new RegExp(day("[-._ ]?", "0-9") + BETWEEN + TIME + HALF, "gu");

const dayAlone = (mark: string, around: string): RegExp =>
  new RegExp(`${day(mark, around)}(?![${around}])`, "gu");

/** A day alone; without marks between its parts only where nothing but a sign stands around it: such numbers abound. */
const DAY_ALONE = dayAlone("[-._]", "0-9");
const DAY_ALONE_PLAIN = dayAlone("", String.raw`0-9\p{L}`);

/** Milliseconds since 1970, as some apps name what they save; other numbers of 13 digits are no times. */
const MILLISECONDS = /^(?:FB_IMG_|mmexport|wx_camera_|IMG_)?(1[0-9]{12})(?![0-9])/u;

const SECOND_HALF = /p\.?\s?m$|下午|午後|오후/iu;
const FIRST_HALF = /a\.?\s?m$|上午|午前|오전/iu;

/**
 * Finds the day and time in a file's name as cameras, phones, messengers, desktops and Obsidian write them: "Pasted image
 * 20240818091744", "Screenshot 2024-08-18 at 09.17.44", "IMG_20240818_091744", "signal-2024-08-18-09-17-44" and so on.
 * Times are the device's local ones, but for Google's camera (`PXL_`), which writes UTC. Of several days in a name the first
 * is taken that makes sense and has begun here.
 *
 * @param stem  the name without its extension
 */
export function dateInName(stem: string): NamedDate | undefined {
  const instant = MILLISECONDS.exec(stem)?.[1];
  if (instant !== undefined) return { tells: "utc", wall: Number(instant) };
  const patterns = [
    [DAY_AND_TIME, stem.startsWith("PXL_") ? "utc" : "time"],
    [DAY_ALONE, "day"],
    [DAY_ALONE_PLAIN, "day"],
  ] as const;
  for (const [pattern, tells] of patterns) {
    for (const { groups } of stem.matchAll(pattern)) {
      const wall = groups && wallTimeOf(groups);
      if (wall !== undefined && isSensible(momentShowing(startOfDay(wall)))) return { tells, wall };
    }
  }
  return undefined;
}

function wallTimeOf(groups: Readonly<Record<string, string | undefined>>): WallTime | undefined {
  const between = groups["between"] ?? "";
  // Four digits without a mark are a time only right behind the day; elsewhere they are a running number.
  if (groups["hour"] && !groups["second"] && !groups["dot"] && between.length > 1) return undefined;
  const part = (name: string): number => Number(groups[name] ?? 0);
  const half = between + (groups["half"] ?? "");
  let hour = part("hour");
  // An hour that contradicts its half of the day is taken as it is.
  if (hour < 12 && SECOND_HALF.test(half)) hour += 12;
  else if (hour === 12 && FIRST_HALF.test(half)) hour = 0;
  return wallTime([part("year"), part("month"), part("day"), hour, part("minute"), part("second")]);
}
