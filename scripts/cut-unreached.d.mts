/** A file of a package without what is never reached; `undefined` for one that stays whole. Throws where it has changed. */
export function cutUnreached(file: string, text: string): string | undefined;
