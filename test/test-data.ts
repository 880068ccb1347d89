/**
 * Folder with real vaults and real photos that are no part of the project, where the environment names one. Tests that
 * need it are skipped, and counted as skipped, where it does not.
 */
export const TEST_DATA: string | undefined = process.env["TEST_DATA"];
