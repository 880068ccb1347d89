/** What the changelog says of a version: the text between its heading and the next; `undefined` where it is nothing. */
export function releaseNotes(changelog: string, version: string): string | undefined {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/\s/, 1)[0] === version);
  const notes = section?.slice(section.indexOf("\n") + 1).trim();
  return notes === "" ? undefined : notes;
}
