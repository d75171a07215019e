/** How files that are decoded begin; bytes written as Latin-1 letters. */
export const jpegSignature = '\xff\xd8';
export const pngSignature = '\x89PNG\r\n\x1a\n';
