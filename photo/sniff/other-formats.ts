/** A file format that is recognised so that its refusal can name it. */
interface OtherFormat {
  readonly name: string;
  /** What the file holds at `offset`, one of these; bytes written as Latin-1 letters. */
  readonly begins: readonly string[];
  readonly offset?: number;
  /** What it begins with as well where `offset` is not 0. */
  readonly alsoBegins?: string;
  readonly hint?: string;
}

const heicHint =
  'Send JPEG: on an iPhone choose Settings, Camera, Formats, Most Compatible, or export the photo as JPEG.';

/** The brands of an ISO media file (ISO/IEC 14496-12, section 4.3) lie behind its first eight bytes. */
function mediaFile(name: string, brands: readonly string[], hint?: string): OtherFormat {
  const begins = brands.map((brand) => `ftyp${brand}`);
  return hint === undefined ? { name, offset: 4, begins } : { name, offset: 4, begins, hint };
}

/** In the order in which they are tried. */
const otherFormats: readonly OtherFormat[] = [
  { name: 'a GIF', begins: ['GIF87a', 'GIF89a'] },
  mediaFile('an AVIF', ['avif', 'avis']),
  mediaFile('a HEIC photo', ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'], heicHint),
  mediaFile('a HEIF photo (HEIC or AVIF)', ['mif1', 'msf1'], heicHint),
  { name: 'a JPEG 2000', begins: ['\0\0\0\x0cjP  ', '\xff\x4f\xff\x51'] },
  { name: 'a JPEG XL', begins: ['\0\0\0\x0cJXL ', '\xff\x0a'] },
  { name: 'a JPEG XR', begins: ['II\xbc'] },
  mediaFile('a video or another ISO media file', ['']),
  { name: "a TIFF or a camera's raw file", begins: ['II*\0', 'MM\0*', 'II+\0', 'MM\0+', 'IIRO', 'IIRS', 'IIU\0'] },
  { name: "a camera's raw file", begins: ['FUJIFILMCCD-RAW', 'FOVb'] },
  // Two of its header's fields, whose only allowed value is zero, keep a text that begins with BM apart.
  { name: 'a BMP', offset: 6, begins: ['\0\0\0\0'], alsoBegins: 'BM' },
  // Without pictures in it neither is one, and TGA begins alike.
  {
    name: 'a TGA',
    begins: [
      '\0\0\x02\0\0\0\0\0',
      '\0\0\x03\0\0\0\0\0',
      '\0\0\x0a\0\0\0\0\0',
      '\0\0\x0b\0\0\0\0\0',
      '\0\x01\x01\0',
      '\0\x01\x09\0',
    ],
  },
  { name: 'an ICO or CUR', begins: ['\0\0\x01\0', '\0\0\x02\0'] },
  { name: 'a Photoshop document', begins: ['8BPS'] },
  { name: 'an ICNS', begins: ['icns'] },
  { name: 'an MNG or JNG', begins: ['\x8aMNG', '\x8bJNG'] },
  { name: 'a QOI', begins: ['qoif'] },
  { name: 'a DDS', begins: ['DDS '] },
  { name: 'an OpenEXR', begins: ['v/1\x01'] },
  { name: 'a Radiance HDR', begins: ['#?RADIANCE', '#?RGBE'] },
  { name: 'a PNM', begins: Array.from('1234567fF').flatMap((kind) => [`P${kind}\n`, `P${kind} `, `P${kind}\r`]) },
  { name: 'a PDF', begins: ['%PDF-'] },
  { name: 'a PostScript file', begins: ['%!PS', '\xc5\xd0\xd3\xc6'] },
  { name: 'a ZIP archive or an office document', begins: ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'] },
  {
    name: 'a compressed archive',
    begins: ['\x1f\x8b', 'BZh', '\xfd7zXZ\0', '7z\xbc\xaf', 'Rar!', '\x28\xb5\x2f\xfd'],
  },
  { name: 'a WebM or Matroska video', begins: ['\x1a\x45\xdf\xa3'] },
  { name: 'a RIFF file, but no WebP', begins: ['RIFF'] },
];

/** The name of the format that these bytes begin as, with its article, and what to send instead where that is special. */
export function recogniseOtherFormat(bytes: Uint8Array): { readonly name: string; readonly hint?: string } | undefined {
  const beginning = Buffer.from(bytes.subarray(0, 32)).toString('latin1');
  return otherFormats.find(
    ({ begins, offset = 0, alsoBegins = '' }) =>
      beginning.startsWith(alsoBegins) && begins.some((signature) => beginning.startsWith(signature, offset)),
  );
}
