/**
 * Path of the Chromium that browser tests start.
 *
 * @throws Error where none is installed, with what to do next
 */
export function chromiumPath(): string;

/**
 * Path of an installed Chromium (or Chrome, or Edge), undefined where there is none.
 *
 * @throws Error where `CHROMIUM_PATH` names no file
 */
export function findChromium(): string | undefined;
