// A second minifier behind the bundler's: it writes what is asked for once in its place, and names variables by where
// they stand, so that functions of one shape read alike. Names of properties stay, and nothing is packed
// (docs/decisions/0009-what-the-bundle-leaves-out.md).
import { minify } from "terser";

/**
 * Makes a bundle that is minified already smaller. The same code gives the same bytes.
 *
 * @param {string} code  a CommonJS module
 * @returns {Promise<string>}
 * @throws {Error} where it is no JavaScript
 */
export async function minifiedAgain(code) {
  const { code: smaller } = await minify(withUndefined(code), {
    ecma: 2020,
    toplevel: true,
    // Comparisons stay as they are written: turned round, they repeat less of what stands before.
    compress: { passes: 2, lhs_constants: false, unsafe_arrows: true, unsafe_undefined: true },
    // The licences of what is bundled.
    format: { comments: "some" },
  });
  return smaller;
}

/**
 * Gives a bundle a variable that stands for `undefined` and gets a short name: what is said 500 times is 2 kB. It is the
 * last one, so that it takes nobody's shorter name; a function whose text becomes another program has one of its own.
 */
function withUndefined(code) {
  const programs = [...code.matchAll(/\$\{(\w+)\}\)\(\)\.serve\(/g)].map(([, name]) => `function ${name}(){`);
  const own = programs.reduce((before, head) => before.replace(head, () => `${head}var undefined;`), code);
  return `${own};var undefined;`;
}
