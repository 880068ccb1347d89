/** A file of an export whose bytes are a text. */
export function exported(content: string, name = "from an export.png"): File {
  return new File([content], name);
}
