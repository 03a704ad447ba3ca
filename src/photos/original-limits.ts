/** Most bytes of an original. */
export const maxOriginalBytes = 25 * 1024 * 1024;

/** What is said of one that has more. */
export const tooManyBytes = `The picture file is larger than ${maxOriginalBytes / 1024 / 1024} MB; ask the desk for a smaller one`;
