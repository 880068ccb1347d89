/** The values of one run; set once while the page starts, as Obsidian's are. */
export const Platform = {
  isDesktop: true,
  isMobile: false,
  isDesktopApp: true,
  isMobileApp: false,
  isIosApp: false,
  isAndroidApp: false,
  isPhone: false,
  isTablet: false,
  isMacOS: false,
  isWin: false,
  isLinux: true,
  isSafari: false,
  resourcePathPrefix: "",
};

export function setPlatform(mode: "desktop" | "phone"): void {
  const phone = mode === "phone";
  const agent = navigator.userAgent;
  Object.assign(Platform, {
    isDesktop: !phone,
    isDesktopApp: !phone,
    isMobile: phone,
    isMobileApp: phone,
    isAndroidApp: phone,
    isPhone: phone,
    isMacOS: !phone && agent.includes("Mac OS"),
    isWin: !phone && agent.includes("Windows"),
    isLinux: !phone && agent.includes("Linux"),
    resourcePathPrefix: `${location.origin}/vault/`,
  });
}

export const apiVersion = "1.13.1";

export function requireApiVersion(version: string): boolean {
  const wanted = version.split(".").map(Number);
  const have = apiVersion.split(".").map(Number);
  for (const [i, part] of wanted.entries()) {
    const own = have[i] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

let language = "en";

export function setLanguage(code: string): void {
  language = code;
}

export function getLanguage(): string {
  return language;
}
