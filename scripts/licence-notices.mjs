// The licences of what is bundled, as main.js carries them: they want to be in every copy, and what people install is
// three files. No minifier is left to find them: packages have them in files beside the code.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/**
 * Makes the comment that ends main.js: whose this and the bundled packages are, and under which licence, each said once:
 * MIT by all its words, Apache 2.0 by the notice that it asks for, which its files begin with.
 *
 * @param {string} root  folder of the project
 * @param {string[]} files  what is bundled, relative to it; our own files count for nothing here
 * @returns {Promise<string>}
 * @throws {Error} where a package brings no licence, or another one than these
 */
export async function licenceNotices(root, files) {
  /** The text of each one's licence and of its bundled files, by its name. */
  const texts = new Map([["Vault Image Backup", [await licenceIn(root)]]]);
  for (const file of files.toSorted()) {
    const [, folder, name] = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(file) ?? [];
    if (name === undefined) continue;
    if (!texts.has(name)) texts.set(name, [await licenceIn(path.join(root, folder))]);
    texts.get(name).push(await readFile(path.join(root, file), "utf8"));
  }
  const names = new Map();
  for (const [name, [licence, ...code]] of texts) {
    // Apache's file holds a copyright that is to be filled in.
    const lines = [licence, ...code].flatMap((text) => [...text.matchAll(/^\W*(Copyright (?!\[).*)$/gm)]);
    const holders = new Set(lines.map(([, line]) => line));
    const words = MIT.exec(inOneLine(licence)) ?? APACHE.exec(inOneLine(code.join("\n")));
    if (words === null || holders.size === 0) throw new Error(`${name} brings no licence that is known here`);
    names.set(words[0], [...(names.get(words[0]) ?? []), `${name}: ${[...holders].join("; ")}`]);
  }
  const text = [...names].map(([words, of]) => `${of.join("\n")}\n${words}`).join("\n\n");
  if (text.includes("*/")) throw new Error("a licence holds what ends a comment");
  return `\n/*!\nOf packages, parts are here, changed.\n\n${text}\n*/\n`;
}

const MIT = /Permission is hereby granted.*/;
const APACHE = /Licensed under the Apache License, Version 2\.0.*?limitations under the License\./;

/** Without line breaks, and without what marks a line of a comment. */
const inOneLine = (text) =>
  text
    .replace(/^\s*\/\//gm, " ")
    .replace(/\s+/g, " ")
    .trim();

async function licenceIn(folder) {
  const file = (await readdir(folder)).find((name) => /^licen[cs]e(?:\.|$)/i.test(name));
  if (file === undefined) throw new Error(`${folder} brings no licence`);
  return (await readFile(path.join(folder, file), "utf8")).trim();
}
