/** The largest files the service takes, in bytes: photos of 200 MB, videos of 20 GB (fact sheet §6). */
export const sizeLimit = { photo: 200 * 1024 * 1024, video: 20 * 1024 ** 3 };
