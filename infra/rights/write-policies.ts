import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { drawBulkDeployerPolicy } from './bulk-deployer-policy.ts';
import { drawDeployerPolicy } from './deployer-policy.ts';
import { drawPermissionsBoundary } from './permissions-boundary.ts';

// `npm run policies` makes them; `npm run policies -- --buckets my-photos,shop/in/ --results out/lens/ --keys arn:aws:kms:…` lets
// the roles read photos, write results and use the keys of those buckets.
const option = { type: 'string', default: '' } as const;
const { values } = parseArgs({ options: { buckets: option, results: option, keys: option } });
const split = (text: string) => text.split(',').filter((part) => part !== '');
const photoPlaces = split(values.buckets);
const resultPlaces = split(values.results);
const keys = split(values.keys);
const infra = join(import.meta.dirname, '..');
for (const [name, policy] of [
  ['deployer-policy.json', drawDeployerPolicy()],
  ['bulk-deployer-policy.json', drawBulkDeployerPolicy({ photoPlaces, resultPlaces, keys })],
  ['permissions-boundary.json', drawPermissionsBoundary({ photoPlaces, resultPlaces, keys })],
] as const) {
  writeFileSync(join(infra, name), `${JSON.stringify(policy, undefined, 2)}\n`);
}
