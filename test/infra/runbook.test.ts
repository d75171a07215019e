import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { drawnPhoto } from '../../cli/drawn-photo.ts';
import type { LogFields } from '../../function/invocation/request-log.ts';
import { toEmbeddedMetrics } from '../../function/invocation/request-metrics.ts';
import { readLimits } from '../../function/settings/limits.ts';
import { createTestService } from '../helpers/test-service.ts';
import { alarmsOfLines } from './alarms-of-lines.ts';

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const facts = {
  ...{ functionName: 'lens', timeoutInSeconds: 28, memoryInMb: 10_240, maximumConcurrency: undefined },
  ...{ alarmErrorPercent: 1, alarmDurationPercent: 80, alarmConcurrencyPercent: 80, alarmMemoryPercent: 90 },
  alarmUnfamiliarTimes: 2,
};
const photo = drawnPhoto(60, 80).toString('base64');
const toMetrics = (fields: LogFields, code: Parameters<typeof toEmbeddedMetrics>[1]) =>
  toEmbeddedMetrics(fields, code, 'lens');

/** What a fault leaves behind: the line of a request, and the alarms that go off. */
async function cause(
  changes: Parameters<typeof createTestService>[0],
  body: object = { image: photo },
  more: Partial<typeof facts> = {},
  durationInMilliseconds = 100,
) {
  const service = createTestService({ toMetrics, ...changes });
  const event = {
    ...{ version: '2.0', rawPath: '/predict', headers: { 'content-type': 'application/json' } },
    ...{ requestContext: { http: { method: 'POST' } }, body: JSON.stringify(body) },
  };
  await service.handler(event, { requestId: 'request-1', deadlineAt: Date.now() + 20_000 });
  const alarms = alarmsOfLines(service.lines, [durationInMilliseconds], { ...facts, ...more });
  return { line: service.lines.at(-1) ?? {}, alarms };
}

/** What the runbook says under a heading. */
function entry(heading: string): string {
  return new RegExp(`^## ${heading}\\n([^]*?)(?=^## |$(?![^]))`, 'm').exec(runbook)?.[1] ?? '';
}

it('wakes nobody for a photo that is answered', async () => {
  const { line, alarms } = await cause({});

  expect(line).toMatchObject({ status: 200 });
  expect(alarms).toEqual([]);
});

it('leads from complaints to a server that is slow, by its code', async () => {
  const limits = readLimits({});
  const fetchPhoto = async () => {
    throw new (await import('../../function/invocation/service-error.ts')).ServiceError(
      'fetch_failed',
      "The photo's server did not deliver the photo within 8 seconds.",
      'Try again.',
    );
  };
  const { line, alarms } = await cause({ fetchPhoto, limits }, { url: 'https://slow.example/a.jpg' });

  expect(line).toMatchObject({ code: 'fetch_failed', error: expect.stringContaining('within 8 seconds') });
  expect(alarms).toEqual([]);
  expect(entry('Complaints, and no alarm')).toContain('| `fetch_failed` |');
});

it('wakes by failures where the time runs out, and names the code in that entry', async () => {
  const limits = { ...readLimits({}), deadlineMarginInMilliseconds: 19_990 };
  const fetchPhoto = () => new Promise<never>(() => undefined);
  const { line, alarms } = await cause({ fetchPhoto, limits }, { url: 'https://slow.example/a.jpg' }, {}, 26_000);

  expect(line).toMatchObject({ code: 'too_slow', status: 504 });
  expect(alarms).toEqual(['failures', 'slow']);
  for (const name of alarms) expect(entry(name)).toContain('too_slow');
});

it('wakes by memory where an instance is nearly full, and the line tells which photo it was', async () => {
  const { line, alarms } = await cause({}, { image: photo }, { memoryInMb: 10 });

  expect(line).toMatchObject({ MemoryMb: expect.any(Number), photo: { width: 60, height: 80 } });
  expect(alarms).toEqual(['memory']);
  expect(entry('memory')).toContain('`photo` in the lines');
});

it('wakes by failures where the model is at fault, and the line has what led to it', async () => {
  const classifier = () => Promise.reject(new Error('weights.bin is another model’s'));
  const { line, alarms } = await cause({ classifier });

  expect(line).toMatchObject({ level: 'error', code: 'internal_error', causes: [expect.stringContaining('another')] });
  expect(alarms).toEqual(['failures']);
  expect(entry('failures')).toContain('`causes`');
});
