/** Makes a bundle that is minified already smaller; rejects where it is no JavaScript, or a worker's program is not found. */
export function minifiedAgain(code: string): Promise<string>;
