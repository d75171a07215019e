import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { drawDeployerPolicy } from './deployer-policy.ts';
import { drawPermissionsBoundary } from './permissions-boundary.ts';

// `npm run policies` makes both, `npm run policies -- --buckets my-photos,shop/in/` lets the function read photos there.
const { values } = parseArgs({ options: { buckets: { type: 'string', default: '' } } });
const places = values.buckets.split(',').filter((place) => place !== '');
const infra = join(import.meta.dirname, '..');
for (const [name, policy] of [
  ['deployer-policy.json', drawDeployerPolicy()],
  ['permissions-boundary.json', drawPermissionsBoundary(places)],
] as const) {
  writeFileSync(join(infra, name), `${JSON.stringify(policy, undefined, 2)}\n`);
}
