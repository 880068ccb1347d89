import { stemOf } from "../../model";
import type { Say, Surroundings } from "../surroundings";
import { reportRows, type ReportRow } from "./rows";

type Cells = readonly string[];

/** The report as comma-separated values (RFC 4180), with a mark by which spreadsheets know that it is UTF-8. */
export async function csvReport(around: Surroundings): Promise<string> {
  const { say } = around;
  const line = (all: Cells): string => all.map(csvCell).join(",");
  const lines = [line(titles(say)), ...(await reportRows(around, (row) => line(cells(say, row))))];
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/** The report as a Markdown table. Images are no links: a note that shows them all would count as one of theirs. */
export async function markdownReport(around: Surroundings): Promise<string> {
  const { say } = around;
  const line = (all: Cells): string => `| ${all.join(" | ")} |`;
  const heads = titles(say);
  const lines = await reportRows(around, (row) =>
    line(cells(say, row).map((cell, at) => markdownCell(cell, at === heads.length - 1))),
  );
  return [line(heads), line(heads.map(() => "---")), ...lines, ""].join("\n");
}

function titles(say: Say): Cells {
  return [
    say("report.image"),
    say("report.state"),
    say("report.since"),
    say("settings.quality"),
    say("report.notes"),
    say("report.address"),
  ];
}

function cells(say: Say, { image, said, since, quality, notes, address }: ReportRow): Cells {
  return [
    image,
    said,
    since ?? "",
    quality === undefined ? "" : say(`settings.quality.${quality}`),
    notes.map((note) => stemOf(note)).join(", "),
    address ?? "",
  ];
}

/** A cell that begins like a formula would be run by spreadsheets: a file's name is not to do that. */
function csvCell(cell: string): string {
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function markdownCell(cell: string, isAddress: boolean): string {
  if (isAddress) return cell === "" ? "" : `<${cell}>`;
  return cell.replace(/[\\|[\]*_`<>#]/g, String.raw`\$&`).replace(/\s+/g, " ");
}
