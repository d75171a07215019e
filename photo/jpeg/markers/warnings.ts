/** What may be wrong with a JPEG whose picture is whole, in the words of the answer. */
export const noEndMarker = 'no end marker';
export const strayBytes = 'stray bytes before a marker';
export const sameIds = 'components with one and the same id';
