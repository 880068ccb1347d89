// A second minifier behind the bundler's: it writes what is asked for once in its place, and names variables by where
// they stand, so that functions of one shape read alike. Names of properties stay, but for private ones
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
  const { code: smaller } = await minify(code, {
    ecma: 2020,
    toplevel: true,
    // Comparisons stay as they are written: turned round, they repeat less of what stands before.
    compress: { passes: 2, lhs_constants: false, unsafe_arrows: true },
    format: { comments: false },
  });
  return smaller;
}
