import { expect, it } from 'vitest';
import { describeLogEvent } from '../../../cli/operate/describe-log-event.ts';
import { followLog } from '../../../cli/operate/follow-log.ts';
import type { LogEvent } from '../../../cli/operate/log-group.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 26, 12, 0, second));
const event = (id: string, second: number, message = id): LogEvent => ({ id, time: at(second), message });

it.each([
  ['a plain line', 'RuntimeError', '12:00:05  RuntimeError'],
  [
    'a request',
    '{"time":"2026-11-26T12:00:05Z","level":"info","message":"request","path":"/predict","status":200}',
    '12:00:05  info   request  path=/predict  status=200',
  ],
  [
    'what Lambda writes itself',
    '{"time":"…","type":"platform.report","record":{"requestId":"r1","metrics":{"durationMs":3}}}',
    '12:00:05  platform.report  requestId=r1  metrics={"durationMs":3}',
  ],
])('shows %s on one line', (_case, message, line) => {
  expect(describeLogEvent(event('1', 5, message))).toBe(line);
});

it('follows a log: every event once, those of another instance that come late too', async () => {
  const stop = new AbortController();
  const pages = [[event('a', 1), event('b', 5)], [event('a', 1), event('late', 3), event('b', 5)], [event('c', 9)]];
  const asked: number[] = [];
  const group = {
    async *read(since: Date, filter?: string) {
      expect(filter).toBe('ERROR');
      asked.push(since.getTime());
      yield* pages.shift() ?? [];
      if (pages.length === 0) stop.abort();
    },
  };

  const seen: string[] = [];
  const options = { since: at(0), pauseInMilliseconds: 0, signal: stop.signal, filter: 'ERROR' };
  for await (const { id } of followLog(group, options)) seen.push(id);

  expect(seen).toEqual(['a', 'b', 'late', 'c']);
  expect(asked).toHaveLength(3);
});
