// npm --prefix docs/site run build: the whole site into dist/html, with every link and anchor looked up.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import './stage-site.ts';

const vitepress = join(import.meta.dirname, 'node_modules', 'vitepress', 'bin', 'vitepress.js');
const { status } = spawnSync(process.execPath, [vitepress, 'build'], { cwd: import.meta.dirname, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
await import('./check-links.ts');
