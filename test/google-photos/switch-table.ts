/** One way in which the service can behave, with what is known of the real one. */
export interface Switch<T> {
  readonly default: T;
  readonly values?: readonly string[];
  /** What it does and what its values mean, in one or two sentences. */
  readonly says: string;
  /** Where the behaviour comes from: fact sheet section, and line of its checklist. */
  readonly source: string;
}

const flag = (value: boolean, says: string, source: string): Switch<boolean> => ({
  default: value,
  says,
  source,
});
const amount = (value: number, says: string, source: string): Switch<number> => ({
  default: value,
  says,
  source,
});
const words = (value: string, says: string, source: string): Switch<string> => ({
  default: value,
  says,
  source,
});
const choice = <const V extends string>(
  values: readonly V[],
  value: NoInfer<V>,
  says: string,
  source: string,
): Switch<V> => ({ default: value, values, says, source });

/** Every switch of the emulator: the one table that the types, `--help` and the README come from. */
export const switchTable = {
  // Sign-in
  secretRequired: flag(
    true,
    "The token endpoint refuses a Desktop client that sends no client secret.",
    "§1.4, line 1",
  ),
  strictCodeExchange: flag(
    true,
    "A code is good once, with its own redirect URI and PKCE verifier only.",
    "§1.4, line 2",
  ),
  boxes: choice(
    ["ticked", "unticked"],
    "ticked",
    "Whether the consent screen's boxes start ticked; the granted scopes are the ticked ones.",
    "§1.8, line 3",
  ),
  publishing: choice(
    ["production", "testing", "unverified"],
    "production",
    "The project's publishing status: `testing` warns on the consent screen and ends a sign-in after 7 days; `unverified` only warns.",
    "§1.5, line 4",
  ),
  idleDays: amount(180, "A refresh token dies when not used for so many days; 0 = never.", "§1.5, line 4"),
  refreshTokenLimit: amount(
    100,
    "Live refresh tokens per account and client; one more ends the oldest. 0 = no limit.",
    "§1.5, line 4",
  ),
  sessionControl: flag(
    false,
    "An administrator ended the session: refreshing answers invalid_grant with invalid_rapt.",
    "§1.5",
  ),
  refreshRotates: flag(
    false,
    "A refresh answers a new refresh token as well and ends the old one (Google does not).",
    "§1.4, line 3",
  ),
  emailScope: choice(
    ["full-name", "as-asked"],
    "full-name",
    "`email` is granted as `…/auth/userinfo.email` together with `openid`, or under the name that was asked for.",
    "§1.9; unconfirmed",
  ),
  accounts: words(
    "you@example.com",
    "Accounts to choose from on the consent screen, separated by commas.",
    "§1.9",
  ),
  consentPage: choice(
    [
      "ask",
      "access_denied_testing",
      "admin_policy_enforced",
      "org_internal",
      "deleted_client",
      "disallowed_useragent",
      "rate_limit_exceeded",
    ],
    "ask",
    "What the consent address shows: the form, or one of the error pages that never lead back to the app.",
    "§1.2",
  ),
  accessTokenSeconds: amount(3599, "Life of an access token in seconds.", "§1.4"),
  revokeDelayMs: amount(0, "A revoked sign-in goes on working for so many milliseconds.", "§1.4"),

  // Who may do what
  checkScopes: flag(
    true,
    "A call without its scope is refused: 403 envelope, on uploads 401 with a bare body.",
    "§2, line 5",
  ),
  apiDisabled: choice(
    ["no", "project", "user"],
    "no",
    "The Library API is not enabled in the project, or Google Photos is off for the user: 403.",
    "§7.4, §4.1",
  ),
  onlyOwnItems: flag(true, "Reading shows only what this client id has made.", "§2, §4.2, line 14"),
  albumOwnership: flag(
    true,
    "Only an album made by this client id takes items; others answer 400.",
    "§4.1, line 13",
  ),

  // Byte upload
  emptyUpload: choice(
    ["refuse", "accept"],
    "refuse",
    "An upload without bytes answers 400 with a bare body.",
    "§3.1, line 6",
  ),
  utf8FileName: choice(
    ["accept", "html-400", "mojibake"],
    "accept",
    "A non-ASCII X-Goog-Upload-File-Name is read as UTF-8, refused with an HTML page, or garbled.",
    "§3.1",
  ),
  granularity: amount(
    262_144,
    "Every chunk but the last must be a multiple of so many bytes; 0 = no such rule.",
    "§3.2, line 7",
  ),
  replayFinal: flag(
    false,
    "`query` or a second `finalize` of a finished session gives the upload token again.",
    "§3.2; unconfirmed",
  ),
  sessionNeedsBearer: flag(
    true,
    "Calls to an upload session's address need the bearer header.",
    "§3.2; unconfirmed",
  ),
  sessionHours: amount(24, "Life of an upload session in hours; 0 = without end.", "§3.3; unconfirmed"),
  uploadTokenHours: amount(24, "Life of an upload token in hours; 0 = without end.", "§3.3, line 8"),
  badToken: choice(
    ["fails-call", "fails-item"],
    "fails-call",
    "A bad or expired upload token fails the whole create with 400, or its own item with code 3.",
    "§4.1, line 8",
  ),
  usedToken: choice(
    ["same-item", "refused"],
    "same-item",
    "An upload token used in an earlier create answers the same item, or is refused as not valid.",
    "§3.3; unconfirmed",
  ),
  oversize: choice(
    ["item-3", "413"],
    "item-3",
    "A photo over 200 MB passes the upload and fails as an item, or the upload answers 413.",
    "§6, §3.2",
  ),

  // Creating
  batchLimit: amount(50, "The most items that one create takes.", "§4.1, line 9"),
  successCode: choice(
    ["absent", "zero"],
    "absent",
    "Whether a successful item's status leaves `code` out or says 0.",
    "§4.1, line 9",
  ),
  successMessage: choice(["Success", "OK"], "Success", "The message of a successful item.", "§4.1"),
  partialStatus: choice(
    ["200", "207"],
    "200",
    "HTTP status of a create of which some items failed.",
    "§4.1, line 9",
  ),
  resultOrder: choice(["as-sent", "shuffled"], "as-sent", "The order of a create's results.", "§4.1, line 9"),
  allFailed: choice(
    ["results", "empty"],
    "results",
    "Whether a create of which every item failed lists its results.",
    "§4.1",
  ),
  sameBytes: choice(
    ["same-item", "new-item"],
    "same-item",
    "Bytes that the user has already answer the item that is there (first name kept; code 6 within one call), or make another.",
    "§4.4, line 10",
  ),
  laterDescription: choice(
    ["ignored", "replaces", "fills-empty"],
    "ignored",
    "What a description sent with known bytes does to the item.",
    "§4.4; unconfirmed",
  ),
  checkBytes: flag(
    true,
    "Bytes that are no readable photo or video fail as an item with code 3.",
    "§4.1, §6, line 11",
  ),
  overlap: choice(
    ["serialise", "429", "409", "500"],
    "serialise",
    "Creates of one user that overlap are served one after another, or the later one is refused. Either way the log marks them.",
    "§4.1, §7, line 12",
  ),
  creationTime: choice(
    ["exif", "upload"],
    "exif",
    "An item's date: EXIF capture date, else the upload's; or always the upload's.",
    "§9.4, line 16",
  ),
  baseUrlOnCreate: flag(false, "A create's answer carries baseUrl.", "§4.1; unconfirmed"),
  preexisting: choice(
    ["counted", "hidden", "visible"],
    "counted",
    "An item the user had from elsewhere, put into an album by a create: counts in the album but cannot be read; does not count; can be read.",
    "§4.3; unconfirmed",
  ),

  // Reading
  listLagMs: amount(
    0,
    "A new item appears in lists and searches only after so many milliseconds.",
    "§4.4, §9.6",
  ),
  countLagMs: amount(
    0,
    "A new item counts in its album's mediaItemsCount only after so many milliseconds.",
    "§9.6",
  ),
  shortPages: choice(
    ["never", "half", "empty-first"],
    "never",
    "Pages shorter than asked for though more follows: half of it, or an empty one first.",
    "§4.2",
  ),
  bigPage: choice(
    ["refuse", "cap"],
    "refuse",
    "A pageSize over the limit is refused with 400, or cut to it.",
    "§4.2; unconfirmed",
  ),
  unknownItem: choice(
    ["404", "400"],
    "404",
    "What `get` answers for an id that does not exist.",
    "§7.4; unconfirmed",
  ),
  albumAdd: choice(
    ["all-or-nothing", "lenient"],
    "all-or-nothing",
    "One unknown or repeated id fails the whole batchAdd, or is passed over.",
    "§4.3, line 13",
  ),

  // The trash
  binnedGet: choice(
    ["not-found", "found"],
    "not-found",
    "What `get` and `batchGet` say of an item in the trash.",
    "§4.4; unconfirmed",
  ),
  binnedList: choice(
    ["hidden", "listed"],
    "hidden",
    "Whether lists and searches show an item in the trash.",
    "§4.4; unconfirmed",
  ),
  binnedReupload: choice(
    ["stays-binned", "restored", "new-item"],
    "stays-binned",
    "Bytes of an item in the trash sent again: success with its id while it stays there; it comes back; a new item.",
    "§4.4; unconfirmed",
  ),
  deletedReupload: choice(
    ["new-item", "stays-deleted"],
    "new-item",
    "Bytes of an item deleted for good sent again: a new item, or success with the old id and nothing to be seen.",
    "§4.4; unconfirmed",
  ),
  binDays: amount(
    60,
    "An item in the trash is deleted for good after so many days; 0 = never.",
    "unconfirmed",
  ),

  // Downloads
  baseUrlMinutes: amount(60, "Life of a baseUrl in minutes; 0 = without end.", "§5, line 15"),
  baseUrlSuffix: choice(
    ["required", "optional"],
    "required",
    "A baseUrl without `=d`, `=w…-h…` or the like answers 400.",
    "§5, line 15",
  ),
  gpsInDownloads: flag(false, "`=d` keeps the GPS position.", "§5, line 15"),
  recompressed: flag(false, "`=d` answers a JPEG compressed anew instead of the same bytes.", "§5"),
  downloadNeedsBearer: flag(false, "A download needs the bearer header.", "§5; unconfirmed"),

  // Quotas and storage
  dailyRequests: amount(
    0,
    "Library API requests per project and Pacific day, then 429 (Google: 10000); 0 = no limit.",
    "§7.1, line 17",
  ),
  dailyDownloads: amount(
    0,
    "Media-byte requests per project and Pacific day (Google: 75000); 0 = no limit.",
    "§7.1",
  ),
  writesPerMinute: amount(
    0,
    "Creates and album writes per user and minute, then 429; 0 = no limit.",
    "§7.2, line 17",
  ),
  uploadsPerMinute: amount(
    0,
    "Byte uploads per user and minute, then the 400 that hides a rate limit; 0 = no limit.",
    "§3.1, line 17",
  ),
  retryAfterSeconds: amount(0, "Retry-After of the per-minute 429; 0 = no such header.", "§7.3"),
  storageFull: flag(false, "The account's storage is full: creates answer 400.", "§4.1, line 17"),
  storageBytes: amount(
    0,
    "Storage of an account in bytes; a create beyond it answers 400. 0 = no limit.",
    "§6, line 17",
  ),
  uploadWhenFull: choice(
    ["accept", "refuse"],
    "accept",
    "Whether the byte upload, too, is refused when storage is full.",
    "§6; unconfirmed",
  ),

  // Wire
  deleteMethods: choice(
    ["404", "405"],
    "404",
    "The service deletes nothing: what DELETE answers.",
    "§4.2, line 18",
  ),
  cors: choice(
    ["open", "none"],
    "open",
    "Whether pages of other origins may call: origin and headers reflected, or no CORS at all.",
    "§8, line 19",
  ),
} as const satisfies Record<string, Switch<boolean> | Switch<number> | Switch<string>>;
