// Texts that the code says often, such as the name of a state, get a variable each, and so do functions and
// classes of the language's own, such as `Math.min`: two bytes instead of ten. Zipped that makes no difference
// (docs/decisions/0009-what-the-bundle-leaves-out.md).
import { parse } from "acorn";

/** Of these, functions may be called by themselves. */
const NAMESPACES = new Set(["Array", "JSON", "Math", "Number", "Object", "String", "Symbol"]);

/** Classes of the language and the browser whose names are long; what makes one names them. */
const CLASSES = new Set(["AbortController", "Promise", "TypeError", "Uint8Array"]);

/** What is said gets a variable where it is said so often, and is so long. */
const OFTEN = 3;
const LONG = 6;

/**
 * Gives what is said often in a bundle a variable.
 *
 * @param {string} code  a script
 * @param {readonly string[]} programs  functions whose text becomes another program, which does not know the variables
 * @returns {string}
 */
export function withNamedTexts(code, programs) {
  const tree = parse(code, { ecmaVersion: "latest", allowReturnOutsideFunction: true });
  /** @type {Map<string, { start: number; end: number }[]>} */
  const places = new Map();
  for (const { said, start, end } of saidIn(tree, programs)) {
    if (said.length >= LONG) places.set(said, [...(places.get(said) ?? []), { start, end }]);
  }
  const named = [...places]
    .filter(([, all]) => all.length >= OFTEN)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const said = named.flatMap(([, all], at) => all.map((place) => ({ ...place, name: nameOf(at) })));
  said.sort((one, other) => other.start - one.start);
  // A word may stand right before.
  const told = said.reduce(
    (before, { start, end, name }) => `${before.slice(0, start)} ${name} ${before.slice(end)}`,
    code,
  );
  const declared = named.map(([what], at) => `${nameOf(at)}=${what}`).join();
  const behind = tree.body.find(({ directive }) => directive === undefined)?.start ?? 0;
  // Positions up to there are those of before: directives say nothing that gets a name.
  return named.length === 0 ? code : `${told.slice(0, behind)}var ${declared};${told.slice(behind)}`;
}

/** Not a name that minified code has; it gets a short one later. */
const nameOf = (at) => `$text${at}`;

/** What in a tree may as well be variables, as it is written: texts but names of properties and directives, and functions. */
function* saidIn(node, programs) {
  const { type, start, end, value, object, property, computed, callee } = node;
  if (type === "Literal") {
    if (typeof value === "string") yield { said: JSON.stringify(value), start, end };
    return;
  }
  if (type === "MemberExpression" && !computed && NAMESPACES.has(object.name)) {
    yield { said: `${object.name}.${property.name}`, start, end };
    return;
  }
  if (type === "NewExpression" && CLASSES.has(callee.name))
    yield { said: callee.name, start: callee.start, end: callee.end };
  if (type === "FunctionDeclaration" && programs.includes(node.id?.name)) return;
  for (const [key, child] of Object.entries(node)) {
    if (key === "directive" || (key === "expression" && node.directive !== undefined)) continue;
    if (key === "key" && !node.computed) continue;
    for (const one of Array.isArray(child) ? child : [child]) {
      if (typeof one?.type === "string") yield* saidIn(one, programs);
    }
  }
}
