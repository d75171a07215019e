// Plain JavaScript on purpose, and without imports of fs: see find-entry.mjs.
import { fileURLToPath } from 'node:url';
import { project } from './find-entry.mjs';

const { lstatSync, mkdirSync } = process.getBuiltinModule('node:fs');
const { join } = process.getBuiltinModule('node:path');

/**
 * Where Node.js may keep the code that it has compiled: in the project or, where that is another's, in the cache folder of
 * this user. Whoever can write there can make this user run what they like, so it is a folder of this user's own that nobody
 * else may enter; undefined where there is none, as in Node.js's own choice below the system's folder for temporary files.
 */
export function findCodeCache(root = project, environment = process.env) {
  const { XDG_CACHE_HOME: caches, HOME: home } = environment;
  const ofUser = caches ?? (home && join(home, '.cache'));
  const folders = [
    join(fileURLToPath(root), 'node_modules', '.cache', 'lambda-lens-code'),
    ...(ofUser ? [join(ofUser, 'lambda-lens')] : []),
  ];
  return folders.find(isPrivateFolder);
}

function isPrivateFolder(path) {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const { uid, mode } = lstatSync(path);
    const isFolder = (mode & 0o170000) === 0o040000;
    // Windows has no owners of this kind, and keeps a user's folders to that user.
    const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
    return isFolder && isOwn;
  } catch {
    // Whatever stands in the way of a cache, the command runs without it.
    return false;
  }
}
