const longestInBytes = 120;
// Device names of Windows, with any ending: docs of Win32's file names.
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$/i;
// What some system's file names may not hold, what separates folders, what is not to be seen.
const forbidden = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\ufeff/\\<>:"|?*]/u;

/**
 * Why no folder can bear a label's name on every system, as the end of a sentence; undefined where one can. Names that begin with a
 * dot are hidden, and a training passes them over.
 */
export function explainFolderName(name: string): string | undefined {
  if (name.trim() === '') return 'it is empty';
  if (name !== name.trim()) return 'it begins or ends with a space';
  if (name.startsWith('.')) return 'it begins with a dot, as hidden folders do';
  if (name.endsWith('.')) return 'it ends with a dot';
  if (forbidden.test(name)) return 'it holds one of / \\ < > : " | ? * or a character that is not to be seen';
  if (deviceName.test(name)) return 'Windows keeps it for a device';
  return Buffer.byteLength(name) > longestInBytes ? `it is longer than ${longestInBytes} bytes` : undefined;
}

/** The same for two names that one folder would bear on some system: letters of either case, composed or not. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
