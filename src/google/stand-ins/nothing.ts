/** Stands in for modules that packages name where they never come to here. */
export {};
