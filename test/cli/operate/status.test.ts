import { expect, it } from 'vitest';
import { describeStatus } from '../../../cli/operate/describe-status.ts';
import type { DeployedService } from '../../../cli/operate/find-service.ts';
import type { LogEvent } from '../../../cli/operate/log-group.ts';
import { readStatus } from '../../../cli/operate/read-status.ts';
import { fileInMemory } from './file-in-memory.ts';
import { FunctionInMemory } from './function-in-memory.ts';

const apiUrl = 'https://api1.execute-api.eu-west-1.amazonaws.com/';

function statusOf(settings: Record<string, string>, change: (lens: FunctionInMemory) => void, events?: LogEvent[]) {
  const lens = new FunctionInMemory();
  change(lens);
  const service: DeployedService = {
    functionName: 'lambda-lens-1',
    connection: { region: 'eu-west-1', profile: undefined },
    outputs: { functionName: 'lambda-lens-1', apiUrl },
    stack: 'dev',
    file: fileInMemory(settings),
  };
  const log = {
    async *read() {
      if (events === undefined) throw new Error('denied');
      yield* events;
    },
  };
  return readStatus({ service, control: lens, log, now: new Date('2026-11-26T12:00:00Z') });
}

it('tells what is live, since when, through which doors, and that nothing went wrong', async () => {
  const status = await statusOf({}, () => undefined, []);

  expect(describeStatus(status).split('\n')).toEqual([
    'lambda-lens-1 in eu-west-1, stack dev',
    'live    version 3, model clothing c, published 2026-11-03 12:00 UTC',
    `        123456789012.dkr.ecr.eu-west-1.amazonaws.com/lens@sha256:${'c'.repeat(64)}`,
    'calls   on, without a limit of its own',
    `doors   ${apiUrl}  (API)`,
    'errors  none in the last 24 hours',
  ]);
});

it('tells of a version that is held, of off, and of the last errors', async () => {
  const failure = { id: '1', time: new Date('2026-11-26T11:00:00Z'), message: 'it broke' };
  const status = await statusOf({ liveVersion: '1' }, (lens) => Object.assign(lens, { live: '1', reserved: 0 }), [
    failure,
  ]);

  const text = describeStatus(status);

  expect(text).toContain('held there by liveVersion 1; the newest is 3');
  expect(text).toContain('calls   OFF');
  expect(text).toMatch(/errors {2}1 in the last 24 hours, the last:\n {8}2026-11-26T11:00:00.000Z it broke$/);
});

it('tells of a version that has a share of the requests', async () => {
  const status = await statusOf({}, (lens) => Object.assign(lens, { canary: { version: '4', share: 0.1 } }), []);

  expect(describeStatus(status)).toContain('version 4 gets 10 % of the requests');
});

it('says that it does not know of errors where the log may not be read', async () => {
  const status = await statusOf({}, () => undefined);

  expect(describeStatus(status)).toContain('errors  unknown');
});
