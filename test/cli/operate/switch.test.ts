import { beforeEach, describe, expect, it } from 'vitest';
import type { StackFile } from '../../../cli/operate/stack-file.ts';
import { switchOff } from '../../../cli/operate/switch-off.ts';
import { switchOn } from '../../../cli/operate/switch-on.ts';
import { fileInMemory } from './file-in-memory.ts';
import { FunctionInMemory } from './function-in-memory.ts';

const queue = { id: 'q1', source: 'arn:aws:sqs:eu-west-1:123456789012:photos', isEnabled: true };
const stopped = { id: 'q2', source: 'arn:aws:sqs:eu-west-1:123456789012:old', isEnabled: false };
let lens: FunctionInMemory;
let settings: Record<string, string>;
let file: StackFile;

beforeEach(() => {
  lens = new FunctionInMemory();
  lens.sources = [queue, stopped];
  settings = { maximumConcurrency: '5' };
  file = fileInMemory(settings);
});

describe('off', () => {
  it('stops the queues first, then every call, and has the stack say so', async () => {
    lens.reserved = 5;

    const lines = await switchOff(lens, file);

    expect(lens.calls).toEqual(['disable q1', 'reserve 0']);
    expect(settings).toMatchObject({ maximumConcurrency: '0' });
    expect(lines.join('\n')).toMatch(
      /^Off: .*\nStopped reading .*photos.*\nPulumi\.test\.yaml says maximumConcurrency 0/,
    );
  });

  it('does nothing, and forgets nothing, when it is off', async () => {
    lens.reserved = 5;
    await switchOff(lens, file);
    const before = { ...settings };

    await switchOff(lens, file);

    expect(settings).toEqual(before);
    expect(lens.calls).toHaveLength(2);
  });

  it('tells what was where no file remembers it', async () => {
    lens.reserved = 7;

    expect((await switchOff(lens, undefined)).at(-1)).toContain('limited to 7');
  });
});

describe('on', () => {
  it('puts back what the stack says, where another hand turned it off', async () => {
    lens.reserved = 0;

    const lines = await switchOn(lens, file, undefined);

    expect(lens.reserved).toBe(5);
    expect(settings).toEqual({ maximumConcurrency: '5' });
    expect(lines).toEqual(['On: at most 5 instances at a time.']);
  });

  it.each([
    ['a limit that differs from the setting', 7, '5'],
    ['no limit and no setting', undefined, undefined],
  ])('puts back %s, and only the queues that off had stopped', async (_case, reserved, setting) => {
    lens.reserved = reserved;
    if (setting === undefined) delete settings.maximumConcurrency;
    const before = { ...settings };
    await switchOff(lens, file);

    await switchOn(lens, file, undefined);

    expect(lens.reserved).toBe(reserved);
    expect(lens.sources).toEqual([queue, stopped]);
    expect(settings).toEqual(before);
  });

  it('takes another limit where one is told', async () => {
    await switchOff(lens, file);

    const lines = await switchOn(lens, file, 2);

    expect(lens.reserved).toBe(2);
    expect(settings).toEqual({ maximumConcurrency: '2' });
    expect(lines[0]).toBe('On: at most 2 instances at a time.');
  });

  it('ends an off that was set by hand, without a limit', async () => {
    lens.reserved = 0;
    settings.maximumConcurrency = '0';

    await switchOn(lens, file, undefined);

    expect(lens.reserved).toBeUndefined();
    expect(settings).toEqual({});
  });

  it('does nothing when it is on', async () => {
    expect(await switchOn(lens, file, undefined)).toEqual(['It is on already.']);
    expect(lens.calls).toEqual([]);
  });
});
