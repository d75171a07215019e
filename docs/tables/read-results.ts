import { readFileSync } from 'node:fs';
import type { Results } from '../../bench/results.ts';

/** What the last published run of the benches found. */
export function readResults(): Results {
  return JSON.parse(readFileSync(new URL('../../bench/results/results.json', import.meta.url), 'utf8'));
}
