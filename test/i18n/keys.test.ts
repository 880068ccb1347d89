import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { english } from "../../src/i18n/english";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const READ_AS_STRING = ts.TypeFlags.String | ts.TypeFlags.Any | ts.TypeFlags.Unknown;
const COMPARING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.PlusToken,
]);
const KEYS: ReadonlySet<string> = new Set(Object.keys(english).filter((key) => key.includes(".")));

/** The places where a key is more than the name of a text, by file and line. */
function otherUses(): readonly string[] {
  const { config } = ts.readConfigFile(path.join(ROOT, "tsconfig.json"), ts.sys.readFile) as {
    config: object;
  };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const program = ts.createProgram(fileNames, options);
  const types = program.getTypeChecker();
  const isKey = (node: ts.Expression): boolean => {
    const type = types.getTypeAtLocation(node);
    return (type.isUnion() ? type.types : [type]).some((one) => one.isStringLiteral() && KEYS.has(one.value));
  };
  const takesAnyString = (type: ts.Type | undefined): boolean => {
    const wanted = type && (types.getBaseConstraintOfType(type) ?? type);
    const all = wanted?.isUnion() ? wanted.types : wanted ? [wanted] : [];
    return all.some(({ flags }) => (flags & READ_AS_STRING) !== 0);
  };
  const isOtherUse = (node: ts.Node): boolean => {
    if (ts.isStringLiteral(node) && KEYS.has(node.text) && ts.isExpression(node)) {
      return takesAnyString(types.getContextualType(node));
    }
    if (ts.isTemplateSpan(node)) return isKey(node.expression);
    if (ts.isPropertyAccessExpression(node))
      return node.name.text in String.prototype && isKey(node.expression);
    if (!ts.isBinaryExpression(node) || !COMPARING.has(node.operatorToken.kind)) return false;
    const sides = [node.left, node.right];
    return sides.some(isKey) && sides.some((side) => takesAnyString(types.getTypeAtLocation(side)));
  };
  const found: string[] = [];
  for (const file of program.getSourceFiles()) {
    const name = path.relative(ROOT, file.fileName);
    if (!/^src[\\/](?:main|ui[\\/].*)\.ts$/.test(name)) continue;
    const visit = (node: ts.Node): void => {
      const { line } = file.getLineAndCharacterOfPosition(node.pos);
      if (isOtherUse(node)) found.push(`${name}:${line + 1}: ${node.getText(file)}`);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

/** It runs the compiler over the whole program, which takes seconds, and more where other tests run beside it. */
const TIMEOUT = 120_000;

describe("a key, for which main.js has the place of its text", () => {
  it("is handed on whole, and never used as a string", { timeout: TIMEOUT }, () => {
    expect(otherUses()).toEqual([]);
  });
});
