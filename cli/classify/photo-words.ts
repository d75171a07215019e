/** Stands for the photo on standard input; a file of that name is `./-`. */
export const standardInputWord = '-';

/** Whether a word of the line is an address on the web and no file. */
export function isPhotoUrl(word: string): boolean {
  return /^https?:\/\//i.test(word);
}
