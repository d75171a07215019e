import { spawn } from 'node:child_process';

/** The program that opens an address in the browser that its owner prefers, and its words. */
export function browserCommand(platform: NodeJS.Platform, url: string): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open', url];
  // Without a shell in between, which would read an ampersand as its own.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}

/** Opens an address in the browser; calls `onFailure` where there is no program for that, and never throws. */
export function openBrowser(url: string, onFailure: () => void): void {
  const [program, ...words] = browserCommand(process.platform, url);
  const child = spawn(program, words, { stdio: 'ignore', detached: true });
  child.once('error', onFailure);
  child.once('exit', (code) => {
    if (code !== 0) onFailure();
  });
  child.unref();
}
