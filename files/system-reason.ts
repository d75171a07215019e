const reasonByCode: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['ENOTDIR', 'a part of its path is not a folder'],
  ['EISDIR', 'it is a folder'],
  ['EEXIST', 'it exists already'],
  ['ENOTEMPTY', 'it is a folder with something in it'],
  ['ELOOP', 'it is a link that leads back to itself'],
  ['EACCES', 'its rights forbid it'],
  ['EPERM', 'its rights forbid it'],
  ['EROFS', 'the disk is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', "the user's share of the disk is used up"],
  ['EFBIG', 'the file would grow past the size that this system allows'],
  ['ENAMETOOLONG', 'its name is too long'],
  // What open() says of a socket.
  ['ENXIO', 'it is a socket, not a file'],
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open'],
  ['EIO', 'the disk fails'],
]);

/** An error of a system call, whose own words are not for people. */
export interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
  /** Of a connection. */
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
}

export function isSystemError(thrown: unknown): thrown is SystemError {
  return thrown instanceof Error && 'syscall' in thrown && 'code' in thrown;
}

/** Why something failed, as a clause without a full stop: of a system call in words for people, of anything else in its own. */
export function describeCause(thrown: unknown): string {
  if (isSystemError(thrown)) return describeSystemError(thrown);
  return (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\.$/, '');
}

/** Why a system call failed, as a clause that begins small and has no full stop. */
export function describeSystemError({ code }: SystemError): string {
  return reasonByCode.get(code) ?? `the system refuses it (${code})`;
}
