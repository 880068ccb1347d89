// Takes out of packages the methods that this plugin never reaches; a bundler cannot, since they are members of a class
// that is used. See docs/decisions/0009.
import ts from "typescript";

const AUTH = "google-auth-library/build/src/";

/** Members never reached from ours, by file. */
const UNREACHED = {
  [`${AUTH}auth/oauth2client.js`]: [
    "GOOGLE_TOKEN_INFO_URL",
    "CLOCK_SKEW_SECS_",
    "DEFAULT_MAX_TOKEN_LIFETIME_SECS_",
    "generateCodeVerifier",
    "getRequestHeaders",
    "getRequestMetadataAsync",
    "getRevokeTokenUrl",
    "getRevokeTokenURL",
    "revokeToken",
    "revokeCredentials",
    "revokeCredentialsAsync",
    "request",
    "requestAsync",
    "verifyIdToken",
    "verifyIdTokenAsync",
    "getTokenInfo",
    "getFederatedSignonCerts",
    "getFederatedSignonCertsAsync",
    "getIapPublicKeys",
    "getIapPublicKeysAsync",
    "verifySignedJwtWithCerts",
    "verifySignedJwtWithCertsAsync",
    "processAndValidateRefreshHandler",
    "refreshHandler",
    "certificateCache",
    "certificateExpiry",
    "certificateCacheFormat",
    "issuers",
    "clientAuthentication",
  ],
  [`${AUTH}auth/authclient.js`]: [
    "fetch",
    "addSharedMetadataHeaders",
    "addUserProjectAndAuthHeaders",
    "log",
    "DEFAULT_REQUEST_INTERCEPTOR",
    "DEFAULT_RESPONSE_INTERCEPTOR",
    "RequestMethodNameSymbol",
    "RequestLogIdSymbol",
    "setMethodName",
    "RETRY_CONFIG",
    "forceRefreshOnFailure",
    "apiKey",
    "projectId",
    "quotaProjectId",
    "universeDomain",
  ],
  "p-queue/dist/index.js": [
    "setPriority",
    "addAll",
    "start",
    "pause",
    "clear",
    "onEmpty",
    "onSizeLessThan",
    "onIdle",
    "onPendingZero",
    "onRateLimit",
    "onRateLimitCleared",
    "onError",
    "#onEvent",
    "size",
    "sizeBy",
    "pending",
    "isPaused",
    "isRateLimited",
    "isSaturated",
    "runningTasks",
  ],
  "p-queue/dist/priority-queue.js": ["setPriority", "filter"],
};

/** What is never reached of members that are: a stretch of text and what stays in its place. */
const NEVER = {
  [`${AUTH}auth/authclient.js`]: [
    // Ours is false.
    [/if \(options\.get\('useAuthRequestParameters'\) !== false\) \{[^}]*\}/],
    // Google Cloud's, of which we have none.
    [/this\.apiKey = [^;]*;/],
    [/this\.projectId = [^;]*;/],
    [/this\.quotaProjectId = [^;]*;/],
    [/this\.forceRefreshOnFailure = [^;]*;/],
    [/this\.universeDomain = options[^;]*;/],
    // Given later, by `setCredentials`.
    [/this\.credentials = options[^;]*;/],
    [/const options = \(0, util_1\.originalOrCamelOptions\)\(opts\);/],
    // Ours brings its own.
    [/ \?\? new gaxios_1\.Gaxios\(opts\.transporterOptions\)/],
  ],
  [`${AUTH}auth/oauth2client.js`]: [
    [/var CertificateFormat;\n.*?\n\}\)\([^;]*;/s],
    // Ours are given as options, and are all that it needs.
    [/if \(typeof options !== 'object'\) \{.*?\};\s*\}/s],
    [/tokenInfoUrl: '[^']*',/],
    [/oauth2RevokeUrl: '[^']*',\s*(?:oauth2(?:Fed|Iap)\w+: '[^']*',\s*){3}/],
    [/this\.issuers = [^;]*;/],
    // Our client has a secret and sends it with the form.
    [/if \(this\.clientAuthentication === ClientAuthentication\.ClientSecretBasic\) \{.*?\);\n {8}\}/s],
    [/if \(this\.clientAuthentication === ClientAuthentication\.ClientSecretPost\) \{([^}]*)\}/, "$1"],
    [/this\.clientAuthentication =\s[^;]*;/],
    [/var ClientAuthentication;\n.*?\n\}\)\([^;]*;/s],
    // We wait for promises, and listen to nothing.
    [/if \(callback\) \{[^}]*\}\s*else \{([^}]*)\}/, "$1"],
    [/if \(callback\) \{[^}]*\}\s*else \{([^}]*)\}/, "$1"],
    [/if \(callback\) \{[^}]*\}\s*else \{([^}]*)\}/, "$1"],
    [/this\.emit\('tokens', tokens\);/],
    [/this\.emit\('tokens', tokens\);/],
    // The transporter's own: ours repeats nothing and logs nothing.
    [/\.\.\.OAuth2Client\.RETRY_CONFIG,/],
    [/\.\.\.OAuth2Client\.RETRY_CONFIG,/],
    [/authclient_1\.AuthClient\.setMethodName\([^;]*;/],
    [/authclient_1\.AuthClient\.setMethodName\([^;]*;/],
    [/if \(e instanceof gaxios_1\.GaxiosError.*?\{\s*e\.message = [^;]*;\s*\}/s],
    // There is a refresh token wherever it is asked for an access token.
    [/if \(this\.refreshHandler\) \{.*?\}\s*\}\s*else (\{[^}]*\})/s, "$1"],
  ],
  // Runs only where tasks have a time limit or come at intervals, and ours do not.
  "p-queue/dist/index.js": [
    [/if \(options\.timeout !== undefined\) \{\s*operation = pTimeout[^;]*;\s*\}/],
    [/if \(options\.strict && options\.interval === 0\) \{[^}]*\}/],
    [/if \(options\.strict && options\.intervalCap === [^{]*\{[^}]*\}/],
  ],
};

/** The files that are cut, for a bundler's filter. */
export const CUT_FILES = /node_modules[\\/]((?:google-auth-library|p-queue)[\\/].*)$/;

/**
 * @param {string} file  path below node_modules, with slashes
 * @param {string} text
 * @returns {string | undefined}  the text without what is never reached; `undefined` for a file that stays whole
 * @throws Error where the package has changed: a member is gone, or something that stays refers to one
 */
export function cutUnreached(file, text) {
  const names = UNREACHED[file];
  if (names === undefined) return undefined;
  let rest = text;
  for (const [pattern, instead = ""] of NEVER[file] ?? []) {
    if (!pattern.test(rest)) throw new Error(`${file} has changed: ${pattern} is not in it`);
    rest = rest.replace(pattern, instead);
  }
  const missing = new Set(names);
  const source = ts.createSourceFile(file, rest, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const cuts = source.statements
    .filter(ts.isClassDeclaration)
    .flatMap(({ members }) => [...members])
    .filter(({ name }) => name !== undefined && names.includes(name.getText(source)));
  for (const { name } of cuts) missing.delete(name.getText(source));
  if (missing.size > 0) throw new Error(`${file} has changed: it has no ${[...missing].join(", ")}`);
  for (const cut of cuts.reverse()) rest = rest.slice(0, cut.getFullStart()) + rest.slice(cut.getEnd());
  const stillUsed = names.find((name) =>
    new RegExp(`\\b(?:this|super|OAuth2Client|AuthClient)\\.${name}\\b`).test(rest),
  );
  if (stillUsed !== undefined) throw new Error(`${file} has changed: what stays refers to ${stillUsed}`);
  return asModule(file, rest);
}

/** Google's file, written for Node's `require`, as a module that a bundler joins with others without a wrapper. */
function asModule(file, text) {
  const module = text
    .replace(/^Object\.defineProperty\(exports, "__esModule".*$/m, "")
    .replace(/^exports\.\w+ = .*void 0;$/m, "")
    .replace(/^const (\w+) = require\((.*)\);$/gm, "import * as $1 from $2;")
    .replace(/^exports\.(\w+) = \1;$/gm, "export { $1 };")
    .replace(/^exports\.(\w+) = /gm, "export const $1 = ")
    .replace(/^var (\w+);$(?=\n\(function \(\1)/gm, "export var $1;")
    .replace(/\bexports\.(\w+) = \1 = \{\}/g, "$1 = {}")
    .replace(/\bexports\./g, "");
  if (/\brequire\(|\bexports\b/.test(module)) throw new Error(`${file} has changed: it asks in another way`);
  return module;
}
