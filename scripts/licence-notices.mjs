// The licences of what is bundled, as main.js carries them: MIT and Apache 2.0 want to be in every copy, and what people
// install is three files. No minifier is left to find them: packages have them in files beside the code.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/**
 * Makes the comment that ends main.js: our own licence, then each package with the copyright lines of its bundled files
 * and its licence, whole.
 *
 * @param {string} root  folder of the project
 * @param {string[]} files  what is bundled, relative to it; our own files count for nothing here
 * @returns {Promise<string>}
 * @throws {Error} where a package brings no licence
 */
export async function licenceNotices(root, files) {
  const packages = new Map();
  for (const file of files.toSorted()) {
    const [, folder, name] = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(file) ?? [];
    if (name !== undefined)
      packages.set(name, { folder, files: [...(packages.get(name)?.files ?? []), file] });
  }
  const notices = [...packages].map(async ([name, { folder, files: bundled }]) => {
    const texts = await Promise.all(bundled.map((file) => readFile(path.join(root, file), "utf8")));
    const holders = texts.flatMap((text) =>
      [...text.matchAll(/^\W*(Copyright .*)$/gm)].map(([, line]) => line),
    );
    return [
      `${name}, of which a part is here, changed:`,
      ...new Set(holders),
      await licenceIn(path.join(root, folder)),
    ];
  });
  const own = ["Vault Image Backup", await licenceIn(root)];
  const text = [own, ...(await Promise.all(notices))]
    .map((lines) => lines.join("\n\n"))
    .join(`\n\n${RULE}\n\n`);
  if (text.includes("*/")) throw new Error("a licence holds what ends a comment");
  return `\n/*!\n${text}\n*/\n`;
}

const RULE = "-".repeat(40);

async function licenceIn(folder) {
  const file = (await readdir(folder)).find((name) => /^licen[cs]e(?:\.|$)/i.test(name));
  if (file === undefined) throw new Error(`${folder} brings no licence`);
  return (await readFile(path.join(folder, file), "utf8")).trim();
}
