import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { docker } from './docker.ts';

const triplets: Readonly<Record<string, string>> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };

/**
 * Makes an image in the layout of Debian's Node.js image (Node.js, its libraries, /lib as a link into /usr) from this
 * very Node.js and this machine's libraries, with the test's own scripts in /test: nothing is pulled.
 */
export async function makeBaseImage(tag: string): Promise<void> {
  await importImage(tag, (root) => {
    const libraries = join(root, 'usr', 'lib', triplets[process.arch] ?? '');
    mkdirSync(libraries, { recursive: true });
    for (const path of librariesOf(process.execPath)) copyWithLink(path, libraries);
    symlinkSync('usr/lib', join(root, 'lib'));
    // Where a program looks for its loader, a link as in Debian.
    const loader = librariesOf(process.execPath).find((path) => basename(path).startsWith('ld-linux')) ?? '';
    if (dirname(loader) === '/lib64') {
      mkdirSync(join(root, 'usr', 'lib64'));
      symlinkSync('usr/lib64', join(root, 'lib64'));
      symlinkSync(`/lib/${triplets[process.arch]}/${basename(loader)}`, join(root, 'usr', 'lib64', basename(loader)));
    } else {
      symlinkSync(`${triplets[process.arch]}/${basename(loader)}`, join(root, 'usr', 'lib', basename(loader)));
    }
    mkdirSync(join(root, 'usr', 'local', 'bin'), { recursive: true });
    cpSync(process.execPath, join(root, 'usr', 'local', 'bin', 'node'));
    const tests = join(import.meta.dirname, '..', '..');
    for (const script of ['e2e/container/invoke-emulator.ts', 'e2e/container/call-as-aws.ts']) {
      cpSync(join(tests, script), join(root, 'test', script));
    }
  });
}

/** The seven files that `ldd` names, the loader among them. */
function librariesOf(program: string): readonly string[] {
  const lines = execFileSync('ldd', [program], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => /(?:=> )?(\/\S+) \(0x/.exec(line)?.[1] ?? []);
}

// libstdc++.so.6 is a link in Debian, and a build that copied the link alone would leave it dangling.
function copyWithLink(path: string, directory: string): void {
  const target = `real-${basename(path)}`;
  copyFileSync(path, join(directory, target));
  symlinkSync(target, join(directory, basename(path)));
}

/** An image of the other architecture, as far as a build that runs nothing of it can tell: a fake program and libraries. */
export async function makeForeignImage(
  tag: string,
  platform: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  const context = mkdtempSync(join(tmpdir(), 'lambda-lens-foreign-'));
  try {
    for (const [path, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(context, 'root', path)), { recursive: true });
      writeFileSync(join(context, 'root', path), bytes, { mode: 0o755 });
    }
    writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nCOPY root/ /\n');
    await docker(['build', '--quiet', '--platform', platform, '--tag', tag, context]);
  } finally {
    rmSync(context, { recursive: true });
  }
}

async function importImage(tag: string, fill: (root: string) => void): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'lambda-lens-base-'));
  try {
    fill(root);
    const archive = execFileSync('tar', ['-C', root, '-c', '.'], { maxBuffer: 1 << 30 });
    await docker(['import', '-', tag], archive);
  } finally {
    rmSync(root, { recursive: true });
  }
}
