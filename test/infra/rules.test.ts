import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type RecordedResource, type RecordedStack, runStack } from './run-stack.ts';

vi.mock('../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

// Between them, every resource that the stack can have.
const variants = [
  {},
  { functionUrl: 'public', maximumConcurrency: 5, photoBuckets: ['my-photos', 'shop/in/'], timeoutInSeconds: 3 },
  { functionUrl: 'off', httpApi: false, architecture: 'x86_64' },
  { stream: true, bulk: true, keepUnsure: 'on', uploads: true },
  { imageUri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/lens@sha256:${'a'.repeat(64)}` },
] as const;

describe.each(variants)('with %o', (args) => {
  let stack: RecordedStack;
  let fromAws: readonly RecordedResource[];

  beforeAll(async () => {
    stack = await runStack(args);
    fromAws = stack.resources.filter(({ type }) => /^awsx?:/.test(type));
  });

  it('tags everything that can be tagged', () => {
    const tagged = fromAws.filter(({ type }) => isTaggable(type));

    expect(tagged.length).toBeGreaterThanOrEqual(3);

    for (const { name, inputs } of tagged) {
      expect(inputs.tags, name).toEqual({ project: 'lambda-lens', stack: 'test', service: 'lambda-lens' });
    }
  });

  it('keeps every log for a limited time', () => {
    for (const { name, inputs } of stack.all('aws:cloudwatch/logGroup:LogGroup')) {
      expect(inputs.retentionInDays, name).toBe(14);
    }
    for (const { inputs } of stack.all('aws:lambda/function:Function')) {
      const groups = stack.all('aws:cloudwatch/logGroup:LogGroup').map(({ name }) => name);

      expect(groups).toContain(inputs.loggingConfig.logGroup);
    }
  });

  it('grants no wildcard action and no wildcard resource', () => {
    const policies = fromAws.filter(({ inputs }) => typeof inputs.policy === 'string');

    expect(policies.length).toBeGreaterThanOrEqual(1);

    for (const { name, inputs } of policies) {
      const allowed = JSON.parse(inputs.policy).Statement.filter(
        ({ Effect }: { Effect: string }) => Effect === 'Allow',
      );
      for (const { Action, Resource } of allowed) {
        expect([Action].flat().join(), name).not.toContain('*');
        expect([Resource].flat(), name).not.toContain('*');
      }
    }
  });

  it('lets anyone in by the function URL alone, and only where it is public', () => {
    const open = stack.all('aws:lambda/permission:Permission').filter(({ inputs }) => inputs.principal === '*');

    expect(open).toHaveLength('functionUrl' in args && args.functionUrl === 'public' ? 2 : 0);

    for (const { inputs } of open) {
      expect(inputs.functionUrlAuthType === 'NONE' || inputs.invokedViaFunctionUrl === true).toBe(true);
    }

    const buckets = stack.all('aws:s3/bucket:Bucket').map(({ name }) => name);
    const closed = stack.all('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock').map(({ name }) => name);

    expect(closed).toEqual(buckets);
  });

  it('ends before API Gateway gives up', () => {
    const doors = stack.all('aws:lambda/function:Function').find(({ name }) => name === 'lambda-lens');

    expect(doors?.inputs.timeout).toBeLessThan(29);
  });

  it('puts out nothing secret', () => {
    expect(JSON.stringify(stack.outputs)).not.toMatch(/password|secret|AKIA/i);
    // The example call names variables of the shell, never their values.
    expect(String(stack.outputs.curl)).not.toMatch(/--user "?[^"$]/);
  });

  it('says the same at every run', async () => {
    const again = await runStack(args);

    expect(sorted(again)).toEqual(sorted(stack));
    expect(again.outputs).toEqual(stack.outputs);
  });
});

function sorted({ resources }: RecordedStack): readonly string[] {
  return resources.map((resource) => JSON.stringify(resource)).sort();
}

/** As the installed SDK declares the type's arguments. */
function isTaggable(type: string): boolean {
  const [sdk, path = '', name] = type.split(':');
  const module = sdk === 'awsx' ? `${path}/${name?.toLowerCase()}` : path;
  const declaration = readFileSync(
    new URL(`../../node_modules/@pulumi/${sdk}/${module}.d.ts`, import.meta.url),
    'utf8',
  );
  const args = declaration.slice(declaration.indexOf(`export interface ${name}Args`));
  return /^ {4}tags\?:/m.test(args);
}
