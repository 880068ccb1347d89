// Two minifiers behind the bundler's own: Terser writes what is asked for once in its place, and names variables by where
// they stand, so that functions of one shape read alike; UglifyJS says in fewer words what is chosen and what is declared.
// Names of properties stay, but for private ones (docs/decisions/0009-what-the-bundle-leaves-out.md).
import { minify } from "terser";
import uglify from "uglify-js";
import { withNamedTexts } from "./name-texts.mjs";

const STRICT = '"use strict"';

/**
 * Makes a bundle that is minified already smaller. The same code gives the same bytes.
 *
 * @param {string} code  a CommonJS module
 * @returns {Promise<string>}
 * @throws {Error} where it is no JavaScript
 */
export async function minifiedAgain(code) {
  const programs = programsIn(code);
  const { code: small } = await minify(withUndefined(withNamedTexts(code, programs), programs), {
    ecma: 2020,
    toplevel: true,
    // Comparisons stay as they are written: turned round, they repeat less of what stands before.
    compress: { passes: 2, lhs_constants: false, unsafe_arrows: true, unsafe_undefined: true },
    format: { comments: false },
  });
  // It would take an outer "use strict" for one that a module has anyway. What it writes in place of calls is shorter, and
  // packs a little worse.
  const options = { module: false, toplevel: true, compress: { inline: 3 } };
  const { code: smaller, error } = uglify.minify(small, options);
  if (error) throw error;
  if (smaller.startsWith(STRICT) !== code.startsWith(STRICT)) throw new Error("main.js lost its strictness");
  return smaller;
}

/** The names of functions whose text becomes another program, which none may escape: it would lack what it asks for. */
function programsIn(code) {
  const found = [...code.matchAll(/\$\{([\w$]+)\}\)\(\)\.serve\(/g)].map(([, name]) => name);
  if (found.length < code.split(".serve(self)").length - 1)
    throw new Error("a worker's program was not found");
  return found;
}

/**
 * Gives a bundle a variable that stands for `undefined` and gets a short name: what is said 500 times is 2 kB. It is the
 * last one, so that it takes nobody's shorter name; a function whose text becomes another program has one of its own.
 */
function withUndefined(code, programs) {
  const heads = programs.map((name) => `function ${name}(){`);
  const own = heads.reduce((before, head) => {
    if (!before.includes(head)) throw new Error(`main.js has no ${head}`);
    return before.replace(head, () => `${head}var undefined;`);
  }, code);
  return `${own};var undefined;`;
}
