const auth = "https://www.googleapis.com/auth/";

/** The scopes of the Library API that are alive since April 2025 (fact sheet §2). */
export const scope = {
  append: `${auth}photoslibrary.appendonly`,
  read: `${auth}photoslibrary.readonly.appcreateddata`,
  edit: `${auth}photoslibrary.edit.appcreateddata`,
  email: `${auth}userinfo.email`,
  profile: `${auth}userinfo.profile`,
  openid: "openid",
} as const;

/** What the consent screen says beside each box. */
export const scopeSentences: Record<string, string> = {
  [scope.append]: "Add to your Google Photos library",
  [scope.read]: "See photos, videos and albums that this app has created",
  [scope.edit]: "Edit the info of photos, videos and albums that this app has created",
  [`${auth}photospicker.mediaitems.readonly`]: "See the photos and videos you choose",
  [`${auth}photoslibrary`]: "See, upload and organize items in your Google Photos library (removed)",
  [`${auth}photoslibrary.readonly`]: "View your Google Photos library (removed)",
  [`${auth}photoslibrary.sharing`]: "Manage and add to shared albums (removed)",
};

/** Scopes that only tell who signed in; they come without a box (fact sheet §1.8). */
export const isSignInScope = (name: string): boolean =>
  name === scope.openid ||
  name === scope.email ||
  name === scope.profile ||
  name === "email" ||
  name === "profile";

export const isPhotosScope = (name: string): boolean => name.startsWith(`${auth}photoslibrary`);
export const isDriveScope = (name: string): boolean => name.startsWith(`${auth}drive`);

/** The names under which asked-for scopes are granted: `email` becomes its full name and brings `openid`. */
export function grantedNames(asked: readonly string[], naming: "full-name" | "as-asked"): string[] {
  if (naming === "as-asked") return [...new Set(asked)];
  const full = asked.map((name) =>
    name === "email" ? scope.email : name === "profile" ? scope.profile : name,
  );
  const signsIn = full.some((name) => isSignInScope(name));
  return [...new Set(signsIn ? [...full, scope.openid] : full)];
}
