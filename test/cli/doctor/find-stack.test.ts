import { expect, it } from 'vitest';
import { findStack } from '../../../cli/doctor/find-stack.ts';
import { createRunProgram } from '../../../cli/doctor/run-program.ts';

it.each([
  ['the one that is named', 'prod', { code: 0, output: 'shop\n', errors: '' }, 'prod'],
  ['the one selected', undefined, { code: 0, output: 'shop\n', errors: '' }, 'shop'],
  ['the one selected, without a name', '', { code: 0, output: 'shop', errors: '' }, 'shop'],
  ['dev where none is', undefined, { code: 0, output: '\n', errors: '' }, 'dev'],
  ['dev where Pulumi fails', undefined, { code: 1, output: 'error', errors: '' }, 'dev'],
  ['dev where there is no Pulumi', undefined, undefined, 'dev'],
])('takes %s', async (_what, named, result, stack) => {
  expect(await findStack(async () => result, named)).toBe(stack);
});

it('runs a program to its end and says how it ended', async () => {
  const run = createRunProgram('/', { environment: { GREETING: 'hello' } });
  const script = 'console.log(process.cwd(), process.env.GREETING); console.error("no"); process.exit(3)';

  expect(await run(process.execPath, ['-e', script])).toEqual({ code: 3, output: '/ hello\n', errors: 'no\n' });
  expect(await run(process.execPath, ['-e', ''])).toEqual({ code: 0, output: '', errors: '' });
  expect(await run('no-such-program-of-the-test', [])).toBeUndefined();
});

it('ends a program that takes too long, and says that it failed', async () => {
  const run = createRunProgram('/', { timeoutInMilliseconds: 1 });

  expect(await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])).toMatchObject({ code: 1 });
});
