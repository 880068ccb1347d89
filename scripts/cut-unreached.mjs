// Takes out of packages what this plugin never reaches. A bundler cannot: it is members of a class that is used, and
// branches whose conditions only we know. See docs/decisions/0009.
import { transformSync } from "esbuild";
import ts from "typescript";

const AUTH = "google-auth-library/build/src/auth/";

/**
 * What is known of each file:
 *
 * - `reached`: the members that other files ask for, ours and the package's own. What these need stays; the rest goes.
 * - `known`: every place of a text, or of what a pattern finds, and what stands there instead: an expression by its value
 *   here, by which whole branches go, or nothing for what has no effect here.
 */
const CUTS = {
  [`${AUTH}authclient.js`]: {
    reached: ["setCredentials", "credentials", "transporter", "eagerRefreshThresholdMillis"],
    known: [
      // Ours is false.
      ["options.get('useAuthRequestParameters') !== false", "false"],
      // Google Cloud's, of which we have none, and what is given later, by `setCredentials`.
      [/this\.\w+ = options\.get[^;]*;/g],
      ["const options = (0, util_1.originalOrCamelOptions)(opts);"],
      // Ours brings its own, and says how early.
      [" ?? new gaxios_1.Gaxios(opts.transporterOptions)"],
      [" = exports.DEFAULT_EAGER_REFRESH_THRESHOLD_MILLIS;", ";"],
      ["if (opts.eagerRefreshThresholdMillis)", "if (true)"],
      // Nobody listens to it.
      [" extends events_1.EventEmitter"],
      ["super();"],
    ],
  },
  [`${AUTH}oauth2client.js`]: {
    reached: ["getToken", "getAccessToken"],
    known: [
      // No member of the enumerations is named.
      [/var \w+;\n.*?\n\}\)\([^;]*;/gs],
      // Ours is told what it needs by options, each by the first of its names.
      ["typeof options === 'object'", "true"],
      ["typeof options !== 'object'", "false"],
      [" || options.client_id;", ";"],
      [" || options.client_secret;", ";"],
      // Our transporter knows the one address, and how it is asked.
      [/const url = this\.endpoints\.oauth2TokenUrl\.toString\(\);/g],
      [/method: 'POST',\s*url,/g],
      // Our client has a secret and sends it with the form.
      ["this.clientAuthentication === ClientAuthentication.ClientSecretBasic", "false"],
      ["this.clientAuthentication === ClientAuthentication.ClientSecretPost", "true"],
      // Each code brings all that belongs to it.
      [" || this.redirectUri"],
      ["options.client_id || "],
      // We wait for promises, and listen to nothing.
      [/getToken\(codeOrOptions,.*?async getTokenAsync\(/gs, "async getToken("],
      [/getAccessToken\(callback\).*?async getAccessTokenAsync\(/gs, "async getAccessToken("],
      // What is kept of an answer may say more than is asked for.
      ["delete tokens.expires_in;"],
      ["this.emit('tokens', tokens);"],
      // Ours are given no field without a value.
      [/\(0, util_1\.removeUndefinedValuesInObject\)\((\w+)\)/g, "$1"],
      // Our transporter repeats nothing and logs nothing; its errors are its own.
      ["const headers = new Headers();"],
      [/(data: .*),\s*headers,/g, "$1"],
      ["...OAuth2Client.RETRY_CONFIG,"],
      [/authclient_1\.AuthClient\.setMethodName\([^;]*;/g],
      [/catch \(e\) \{\s*if \(e instanceof gaxios_1\.GaxiosError.*?throw e;\s*\}/gs, "finally {}"],
      // There is a refresh token wherever it is asked for an access token, and what comes has one (src/google/wire.ts).
      ["!refreshToken", "false"],
      ["!this.credentials.refresh_token", "false"],
      ["!r.credentials || (r.credentials && !r.credentials.access_token)", "false"],
      ["res.data && res.data.expires_in", "res.data.expires_in"],
      // Nobody asks for the whole answer.
      ["{ tokens, res }", "{ tokens }"],
      [", res: r.res }", " }"],
    ],
  },
  "p-queue/dist/index.js": {
    reached: ["add", "concurrency"],
    known: [
      // Nobody listens to it, nor asks what runs.
      [" extends EventEmitter"],
      ["super();"],
      [/if \(this\.#pending === 0\) \{(?:[^{}]|\{[^}]*\})*\}/g],
      [/this\.emit\([^;]*;/g],
      ["const taskSymbol = Symbol(`task-${options.id}`);"],
      [/this\.#runningTasks\.(?:set|delete)\([^;]*;/g],
      // Our tasks come at no intervals, have no names and no time limit, wait for no start and cannot be called off.
      [/options = \{\s*(?:carryover|timeout: this).*?(?=this\.#queue = |return new Promise)/gs],
      [/this\.#(?:setupRateLimitTracking|initializeIntervalIfNeeded|clear\w+Timer)\(\);/g],
      ["this.#isIntervalPausedAt(now)", "false"],
      ["const now = Date.now();"],
      ["this.#isIntervalIgnored", "true"],
      ["this.#doesIntervalAllowAnother", "true"],
      ["this.#isPaused", "false"],
      ["options.timeout", "undefined"],
      ["{ signal: options.signal }"],
      ["options.signal", "undefined"],
      [/(?:let cleanupQueueAbortHandler = .*|cleanupQueueAbortHandler\(\)|let eventListener);/g],
      ["if (eventListener)", "if (false)"],
      [/const removeQueuedTask = .*?\n {12}\};/gs],
      // Its width is a number from 1 up, and it has the queue it comes with.
      ["typeof newConcurrency === 'number' && newConcurrency >= 1", "true"],
      ["options.queueClass", "PriorityQueue"],
    ],
  },
  "p-queue/dist/priority-queue.js": {
    reached: ["enqueue", "dequeue", "size"],
    known: [[/\bid,/g], ["options ?? {}", "options"]],
  },
  "@preact/signals-core/dist/signals-core.module.js": {
    reached: [],
    known: [
      // Nobody turns a signal itself into text, names one, tells it from other things, or asks whether it is watched.
      [/l\.prototype\.(?:brand|valueOf|toString|toJSON)=(?:i|function\(\)\{[^}]*\});/g],
      [/this\.name=null==t\?void 0:t\.name/g],
      [/this\.[WZ]=null==t\?void 0:t\.\w+;/g],
      [/(?:else|if\(void 0===n\)) ?f\(function\(\)\{var i;null==\(i=t\.[WZ]\)\|\|i\.call\(t\)\}\)/g],
      [',{name:"sub"}'],
      // Effects are ended by what `effect` answers, leave nothing to be cleaned up, and are no part of a model.
      ["m.prototype.dispose=function(){this.d()};"],
      ["n[Symbol.dispose]=n;"],
      ["if(n)n.push(this)"],
      ['if("function"==typeof t)this.j=t'],
      ["this.j=void 0;"],
      // Nothing is set to another value and back while followers wait.
      [/!function\(\)\{var i=c;.*?\}\(\);/g],
      [/!function\(i\)\{if\(0!==v&&0===s\).*?\}\(this\);/g],
      [/this\.l=0;/g],
      // No value of ours asks for itself; a set that never ends is stopped where it is made.
      ['if(1&this.f)throw new Error("Cycle detected");'],
      ['if(o!==this)throw new Error("Out-of-order effect");'],
      [/p\((?:i|this)\);?(?!\{)/g],
      [/function p\(i\)\{.*?(?=function g)/g],
    ],
  },
  "lean-qr/nano.mjs": {
    reached: [],
    known: [
      // We draw it ourselves (src/ui/account/qr-code.ts).
      [/,u\(o,\{on:.*?(?=\}\),s=\[)/g],
      // A text, with as little correction as there is, in as few modules as it needs.
      [
        '(t=n(1),{minCorrectionLevel:r=0,minVersion:l=1}={})=>{"string"!=typeof t&&n(5),',
        "t=>{const r=0,l=1;",
      ],
      // Obsidian's start does not wait for its polynomials: each is made when it is asked for.
      [
        ",u=[[0],[0,0]];for(let t=1;t<30;++t)u.push(i(u[t],[0,t]));const _=",
        ",u=t=>t>0?i(u(t-1),[0,t-1]):[0],_=",
      ],
      ["u[o.l]", "u(o.l)"],
      // Of its tables only what the least correction needs.
      ["t=[.2,3/8,5/9,2/3],", ""],
      ["l*t[e]", "l*.2"],
      ["=>e=>{const n=4*o+e-4", "=>{const n=o-1"],
      ["n>8", "n>2"],
      [/"\*-04[^"]*"/g, (table) => JSON.stringify(JSON.parse(table).replace(/(.).{0,3}/g, "$1"))],
      [">>3)(r)", ">>3)"],
      // One mask in place of the best of eight: what is drawn looks like chance anyway, since it is enciphered.
      [/s=\[(.*?),\(t,o\)=>1&o.*?\],(?=l=e)/g, "s=$1,"],
      [/s\.map\(.*?\)\[0\]/g, "y(a,s,0,r),a"],
      [/,E=\(.*?(?=,h=\[\])/g],
      // Ours are never too long for it.
      [/n=t=>\{const o=new Error.*?\},/g],
      ["}}n(4)}", "}}}"],
    ],
  },
};

/** The files that are cut, for a bundler's filter. */
export const CUT_FILES = /node_modules[\\/]((?:@preact|google-auth-library|lean-qr|p-queue)[\\/].*)$/;

/**
 * @param {string} file  path below node_modules, with slashes
 * @param {string} text
 * @returns {string | undefined}  the text without what is never reached; `undefined` for a file that stays whole
 * @throws Error where the package has changed: what is known of it is not in it
 */
export function cutUnreached(file, text) {
  const cut = CUTS[file];
  if (cut === undefined) return undefined;
  let rest = text;
  for (const [found, instead = ""] of cut.known) {
    const after = rest.replaceAll(typeof found === "string" ? readingOf(found) : found, instead);
    if (after === rest) throw new Error(`${file} has changed: ${found} is not in it`);
    rest = after;
  }
  const { code } = transformSync(asModule(file, rest), { minifySyntax: true, target: "es2022" });
  const reached = withoutUnreached(file, code, cut.reached);
  const [foreign] = /\b(?!authclient_1\b)\w+_1\.\w+/.exec(reached) ?? [];
  if (foreign !== undefined) throw new Error(`${file} has changed: it asks for ${foreign}, which is cut`);
  return reached;
}

/** Finds a text as a whole, but not where something else is written into it. */
function readingOf(text) {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(/\w$/.test(text) ? `${escaped}\\b(?! = )` : escaped, "g");
}

/** Drops the members that nothing which stays asks for, and with them what is only written. */
function withoutUnreached(file, text, reached) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const names = new Set(reached);
  const members = new Set();
  let cuts;
  let known;
  do {
    known = names.size;
    cuts = [];
    ts.forEachChild(source, function visit(node) {
      const isMember = ts.isClassElement(node) && node.name !== undefined;
      const name = isMember ? node.name.getText() : writtenBy(node);
      if (isMember) members.add(name);
      if (name !== undefined && !names.has(name)) {
        cuts.push({ from: node.getFullStart(), to: node.getEnd(), instead: isMember ? "" : "0" });
        return;
      }
      if (ts.isPropertyAccessExpression(node) && OWN.test(node.expression.getText()))
        names.add(node.name.getText());
      if (ts.isBindingElement(node)) names.add((node.propertyName ?? node.name).getText());
      ts.forEachChild(node, visit);
    });
  } while (names.size > known);
  const missing = reached.filter((name) => !members.has(name));
  if (missing.length > 0) throw new Error(`${file} has changed: it has no ${missing.join(", ")}`);
  return cuts.reduceRight(
    (rest, { from, to, instead }) => rest.slice(0, from) + instead + rest.slice(to),
    text,
  );
}

/** What members are asked for of: the object itself or a class. */
const OWN = /(?:^|\.)(?:this|super|[A-Z]\w*)$/;

/** The member that a statement, or a part of one between commas, does nothing with but write it. */
function writtenBy(node) {
  if (!ts.isAssignmentExpression(node, true) || !ts.isPropertyAccessExpression(node.left)) return undefined;
  if (node.left.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  let { parent } = node;
  while (isComma(parent)) parent = parent.parent;
  return ts.isExpressionStatement(parent) ? node.left.name.getText() : undefined;
}

const isComma = (node) => ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken;

/** Google's file, written for Node's `require`, as a module that a bundler joins with others without a wrapper. */
function asModule(file, text) {
  const module = text
    .replace(/^Object\.defineProperty\(exports, "__esModule".*$/m, "")
    .replace(/^exports\.\w+ = .*void 0;$/m, "")
    .replace(/^const (\w+) = require\((.*)\);$/gm, "import * as $1 from $2;")
    .replace(/^exports\.(\w+) = \1;$/gm, "export { $1 };")
    .replace(/^exports\.(\w+) = /gm, "export const $1 = ")
    .replace(/\bexports\./g, "");
  if (/\brequire\(|\bexports\b/.test(module)) throw new Error(`${file} has changed: it asks in another way`);
  return module;
}
