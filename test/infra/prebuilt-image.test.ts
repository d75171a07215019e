import * as pulumi from '@pulumi/pulumi';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { requireRegion, resolvePrebuiltImage } from '../../infra/prebuilt-image.ts';
import { mockPulumi, settle } from './run-stack.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const repository = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/lens';

beforeEach(async () => void (await mockPulumi()));

it.each([
  ['one by digest as it is', `${repository}@${digest}`, `${repository}@${digest}`],
  ['one by tag by its digest', `${repository}:v1.2`, `${repository}@sha256:${'1'.repeat(64)}`],
])('takes %s', async (_case, imageUri, resolved) => {
  expect(await settle(resolvePrebuiltImage(imageUri, {}))).toBe(resolved);
});

it('refuses one in another region, naming the setting and the region', () => {
  const elsewhere = `${repository}@${digest}`.replace('eu-west-1', 'us-east-1');

  expect(() => requireRegion(elsewhere, 'eu-west-1')).toThrow(/^imageUri is .* must be in eu-west-1/);
});

it('takes one of another account, and prints the policy that its repository needs', async () => {
  const info = vi.spyOn(pulumi.log, 'info').mockResolvedValue();
  onTestFinished(() => info.mockRestore());
  const foreign = `${repository}@${digest}`.replace(/^\d+/, '210987654321');

  expect(await settle(resolvePrebuiltImage(foreign, {}))).toBe(foreign);

  const [text = ''] = info.mock.lastCall ?? [];

  expect(text).toMatch(/account 210987654321.*repository team\/lens/);

  const { Statement: statements } = JSON.parse(text.slice(text.indexOf('{')));

  expect(statements).toEqual([
    expect.objectContaining({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } }),
    expect.objectContaining({
      Principal: { Service: 'lambda.amazonaws.com' },
      Condition: { StringLike: { 'aws:sourceArn': 'arn:aws:lambda:eu-west-1:123456789012:function:*' } },
    }),
  ]);
});
