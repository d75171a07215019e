import { readFileSync } from 'node:fs';
import type { CapacityResults } from '../../bench/capacity/capacity-results.ts';
import type { Results } from '../../bench/results.ts';

/** What the last published run of the benches found. */
export function readResults(): Results {
  return JSON.parse(readFileSync(new URL('../../bench/results/results.json', import.meta.url), 'utf8'));
}

/** What the last published run of the simulation found. */
export function readCapacity(): CapacityResults {
  return JSON.parse(readFileSync(new URL('../../bench/results/capacity.json', import.meta.url), 'utf8'));
}
