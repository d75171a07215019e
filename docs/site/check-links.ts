// npm --prefix docs/site run check: fails for a link or an anchor of the built site that leads nowhere.
import { join } from 'node:path';
import { findBrokenLinks } from './find-broken-links.ts';

const broken = findBrokenLinks(join(import.meta.dirname, 'dist', 'html'));
console.log(broken.length === 0 ? 'every link leads somewhere' : `broken links:\n${broken.join('\n')}`);
if (broken.length > 0) process.exitCode = 1;
