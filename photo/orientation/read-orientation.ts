import { readExifOrientation } from './exif.ts';
import { readXmpOrientation } from './xmp.ts';

/** Where a photo may say how it is turned: the TIFF structure of EXIF and the packet of XMP. */
export interface OrientationSources {
  readonly exif: Uint8Array | undefined;
  readonly xmp: Uint8Array | undefined;
}

/** How a photo is turned, 1–8: EXIF decides where it says anything, then XMP, as in Pillow; 1 where neither does. */
export function readOrientation({ exif, xmp }: OrientationSources): number {
  const byExif = exif === undefined ? undefined : readExifOrientation(exif);
  if (byExif !== undefined) return byExif;
  return (xmp === undefined ? undefined : readXmpOrientation(xmp)) ?? 1;
}
