/** Stands in for modules that Google's auth client names in branches which are never taken here. */
export {};
