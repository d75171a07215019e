import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { findService, parseCount } from '../../../cli/operate/find-service.ts';

// No stack of the project's own has such a name, so that nothing but what the test says is known of it.
const stack = 'of-the-test';
const nobody = async () => undefined;

beforeEach(() => {
  vi.stubEnv('AWS_REGION', '');
  vi.stubEnv('AWS_DEFAULT_REGION', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

it('finds a function by its name, of which no stack is known', async () => {
  const found = await findService({ stack, region: 'eu-west-1', functionName: 'lens' }, nobody);

  expect(found).toEqual({
    functionName: 'lens',
    connection: { region: 'eu-west-1', profile: undefined },
    outputs: { functionName: 'lens' },
    stack: undefined,
    file: undefined,
  });
});

it.each([
  ['the option', { region: 'eu-west-1' }, 'eu-central-1', 'us-east-1', 'eu-west-1'],
  ['AWS_REGION', {}, 'eu-central-1', 'us-east-1', 'eu-central-1'],
  ['AWS_DEFAULT_REGION', {}, '', 'us-east-1', 'us-east-1'],
])('takes the region from %s', async (_what, options, region, usual, expected) => {
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('AWS_DEFAULT_REGION', usual);

  const { connection } = await findService({ stack, functionName: 'lens', ...options }, nobody);

  expect(connection.region).toBe(expected);
});

it('says what is missing', async () => {
  await expect(findService({ stack, functionName: 'lens' }, nobody)).rejects.toThrow('No AWS region is set.');
  await expect(findService({ stack, region: 'eu-west-1' }, nobody)).rejects.toThrow('There is no function to be found');
});

it('reads a count', () => {
  expect(['0', '12', '999999'].map(parseCount)).toEqual([0, 12, 999_999]);
  for (const text of ['', '-1', '1.5', '1000000', 'x']) expect(() => parseCount(text)).toThrow('a whole number');
});
