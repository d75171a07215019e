import { expect, it } from 'vitest';
import { type LogFields, logFrom, openRecord } from '../../../function/invocation/request-log.ts';
import { ServiceError } from '../../../function/invocation/service-error.ts';

function lineOf(failure?: ServiceError): LogFields {
  const lines: LogFields[] = [];
  const record = openRecord((line) => lines.push(line), 'id-1');
  record.note({ door: 'http' });
  record.note({ status: 200 });
  if (failure !== undefined) record.fail(failure);
  record.write();
  expect(lines).toHaveLength(1);
  return lines[0] as LogFields;
}

it('writes one line with what was noted', () => {
  expect(lineOf()).toMatchObject({ level: 'info', requestId: 'id-1', door: 'http', status: 200 });
});

it("names the caller's mistake without a stack", () => {
  const line = lineOf(new ServiceError('corrupt_photo', 'It ends early.', 'Send it again.', { cause: new Error('x') }));

  expect(line).toMatchObject({ level: 'warn', code: 'corrupt_photo', error: 'It ends early.' });
  expect(line).not.toHaveProperty('causes');
});

it('keeps all that led to a fault of the service', () => {
  const cause = new Error('outer', { cause: new TypeError('inner', { cause: 'a text' }) });
  const line = lineOf(new ServiceError('internal_error', 'It failed.', 'Try again.', { cause }));

  expect(line.level).toBe('error');
  expect(line.causes).toEqual([expect.stringMatching(/outer[\s\S]+at /), expect.stringContaining('inner'), 'a text']);
});

it('ends with causes that go in a circle', () => {
  const cause = new Error('again');
  cause.cause = cause;

  expect(lineOf(new ServiceError('internal_error', 'It failed.', 'Try again.', { cause })).causes).toHaveLength(5);
});

it.each([
  ['info', ['info', 'warn', 'error', undefined]],
  ['warn', ['warn', 'error', undefined]],
  ['error', ['error', undefined]],
])('writes from the level %s on', (level, written) => {
  const seen: unknown[] = [];
  const log = logFrom(level, (entry) => seen.push(entry.level));

  for (const own of ['info', 'warn', 'error', undefined]) log({ level: own });

  expect(seen).toEqual(written);
});
