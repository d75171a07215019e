import { afterAll, beforeAll, expect, it } from 'vitest';
import { CliError } from '../../../cli/cli-error.ts';
import type { StepRecord } from '../../../cli/verify/verification.ts';
import { requireNoStack, verify } from '../../../cli/verify/verify.ts';
import { openDoor, World } from './stand-ins.ts';

let door: Awaited<ReturnType<typeof openDoor>>;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const goingOn = () => ({ onRecord: () => undefined, stopped: new AbortController().signal });
const statuses = (records: readonly StepRecord[]) => records.map(({ name, status }) => `${name}: ${status}`);
const seenIn = (records: readonly StepRecord[], step: string) =>
  records.find(({ name }) => name === step)?.seen.join('\n');

it('goes through every step, and takes the stack away', async () => {
  const world = new World(door.url);
  // Only the fifth look finds enough requests.
  world.watch.readings = [...Array.from({ length: 4 }, () => ({ requests: 1 })), {}];
  const askedAfter = new Map<string, number>();
  const onRecord = ({ name }: StepRecord) => askedAfter.set(name, door.asked.length);

  const records = await verify(world.parts(), { ...goingOn(), onRecord });

  expect(records.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(records.map(({ name }) => name)).toEqual([
    'stack',
    'doctor, before',
    'deploy',
    'doctor, after, and each door',
    "the course's direct event",
    'rollout of a canary',
    'rollout of a version that refuses photos',
    'update of a setting',
    'roll-back, which a deploy leaves alone',
    'off',
    'on',
    'destroy',
    'nothing is left',
    'forget the stack',
  ]);
  expect(world.commands.slice(-2)).toEqual(['destroy --yes --skip-preview', 'stack rm --yes']);
  expect(world.lambda.calls).toEqual(['live 1, 0.5 to 2', 'live 2', 'live 1', 'reserve 0', 'reserve undefined']);
  expect(seenIn(records, 'rollout of a version that refuses photos')).toContain('it answers /predict by 413');
  expect(seenIn(records, 'off')).toContain('call 1 was turned away');
  // Both doors are called at the first look and at the fifth, with a photo and for health.
  const before = askedAfter.get("the course's direct event") ?? 0;
  expect(door.asked.slice(before, askedAfter.get('rollout of a canary'))).toEqual(
    [1, 5].flatMap(() => ['/predict', '/predict', '/health?deep=1', '/predict', '/predict', '/health?deep=1']),
  );
});

it.each([
  ['config set memoryInMb 1792', 'rollout of a canary'],
  ['config set memoryInMb 2048', 'update of a setting'],
  ['up', 'deploy'],
])('goes on to destroy where "pulumi %s" fails', async (failing, step) => {
  const world = new World(door.url);
  world.failing = failing;

  const records = await verify(world.parts(), goingOn());

  expect(statuses(records)).toContain(`${step}: failed`);
  expect(statuses(records)).toContain('on: left out');
  expect(statuses(records).slice(-3)).toEqual(['destroy: ok', 'nothing is left: ok', 'forget the stack: ok']);
  expect(seenIn(records, step)).toContain('the bucket is on fire');
});

it('fails where the course gets no scores', async () => {
  const world = new World(door.url);
  world.payload = '{"error":{"code":"bad_request"}}';

  const records = await verify(world.parts(), goingOn());

  expect(seenIn(records, "the course's direct event")).toContain('bad_request');
  expect(statuses(records)).toContain('destroy: ok');
});

it('fails where a function answers that is off', async () => {
  const world = new World(door.url);
  world.ignoresOff = true;

  const records = await verify(world.parts(), goingOn());

  expect(statuses(records)).toContain('off: failed');
  expect(statuses(records)).toContain('destroy: ok');
});

it('fails where a version is released that refuses photos', async () => {
  const world = new World(door.url);
  world.releasesAll = true;

  const records = await verify(world.parts(), goingOn());

  expect(statuses(records)).toContain('rollout of a version that refuses photos: failed');
  expect(statuses(records)).toContain('destroy: ok');
});

it('says what is left, where the stack cannot be destroyed', async () => {
  const world = new World(door.url);
  world.failing = 'destroy';
  world.left = [['arn:aws:lambda:eu-west-1:123456789012:function:lens']];

  const records = await verify(world.parts(), goingOn());

  expect(statuses(records)).toContain('destroy: failed');
  expect(seenIn(records, 'nothing is left')).toContain('function:lens');
});

it('gives the index of tags time to forget', async () => {
  const world = new World(door.url);
  world.left = [['arn:a'], ['arn:a'], []];

  const records = await verify(world.parts(), goingOn());

  expect(statuses(records)).toContain('nothing is left: ok');
});

it('takes everything away when it is stopped', async () => {
  const world = new World(door.url);
  const stop = new AbortController();
  const onRecord = ({ name }: StepRecord) => {
    if (name === 'deploy') stop.abort();
  };

  const records = await verify(world.parts(), { onRecord, stopped: stop.signal });

  expect(statuses(records)).toContain('update of a setting: left out');
  expect(statuses(records)).toContain('destroy: ok');
});

it('leaves a stack of that name alone', async () => {
  const world = new World(door.url);
  world.stacks = ['organization/lambda-lens/verify-aws'];

  await expect(requireNoStack(world.parts())).rejects.toThrow(CliError);
});
