/** As an attribute or an element; the prefix is fixed by XMP part 1, section 7.3 for all practical purposes. */
const orientationProperty = /tiff:Orientation\s*(?:=\s*["']|>)\s*([1-8])\s*["'<]/;

/**
 * The orientation that an XMP packet gives a photo, 1–8 as in EXIF; undefined where it gives none. Lightroom and exiftool
 * write it into PNG, which had no place for EXIF until 2017.
 */
export function readXmpOrientation(packet: Uint8Array): number | undefined {
  const text = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength).toString('latin1');
  const found = orientationProperty.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}
