import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { metrics } from '../../facts/metrics.ts';
import { runStack } from './run-stack.ts';

vi.mock('../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

const [alarm, dashboard, topic, subscription] = [
  'aws:cloudwatch/metricAlarm:MetricAlarm',
  'aws:cloudwatch/dashboard:Dashboard',
  'aws:sns/topic:Topic',
  'aws:sns/topicSubscription:TopicSubscription',
];
/** What CloudWatch gives free for ever: https://aws.amazon.com/cloudwatch/pricing/ */
const freeAlarms = 10;

describe('monitoring', () => {
  it('is on unless told otherwise, and the function writes its metrics', async () => {
    const stack = await runStack();

    expect(new Set(stack.all(alarm).map(({ name }) => name))).toEqual(
      new Set(['errors', 'failures', 'throttles', 'slow', 'memory', 'unfamiliar'].map((name) => `lambda-lens-${name}`)),
    );
    expect(stack.one('aws:lambda/function:Function').inputs.environment.variables).toMatchObject({ MONITORING: 'on' });
    expect(stack.all(topic)).toEqual([]);
  });

  it('leaves nothing behind where it is off', async () => {
    const stack = await runStack({ monitoring: false, alarmEmail: 'owner@shop.example' });

    for (const type of [alarm, dashboard, topic, subscription]) expect(stack.all(type)).toEqual([]);
    expect(stack.one('aws:lambda/function:Function').inputs.environment.variables).toMatchObject({ MONITORING: 'off' });
  });

  it('tells the owner by e-mail when an alarm goes off and when it is over', async () => {
    const stack = await runStack({ alarmEmail: 'owner@shop.example' });
    const [topicArn] = stack.all(topic).map(({ name }) => `arn:${name}`);

    expect(stack.one(subscription).inputs).toMatchObject({ protocol: 'email', endpoint: 'owner@shop.example' });
    for (const { inputs } of stack.all(alarm)) {
      expect(inputs.alarmActions).toHaveLength(1);
      expect(inputs.okActions).toEqual(inputs.alarmActions);
    }
    expect(topicArn).toBeDefined();
  });

  it('watches what is reserved where something is, and stays within what is free', async () => {
    const stack = await runStack({ maximumConcurrency: 10, memoryInMb: 1_000, timeoutInSeconds: 20 });
    const thresholds = Object.fromEntries(stack.all(alarm).map(({ name, inputs }) => [name, inputs.threshold]));

    expect(thresholds).toEqual({
      'lambda-lens-errors': 1,
      'lambda-lens-failures': 1,
      'lambda-lens-throttles': 0,
      'lambda-lens-slow': 16_000,
      'lambda-lens-concurrency': 8,
      'lambda-lens-memory': 900,
      'lambda-lens-unfamiliar': 2,
    });
    expect(stack.all(alarm).length).toBeLessThanOrEqual(freeAlarms);
    expect(Object.keys(metrics)).toHaveLength(10);
  });

  it('takes thresholds of the owner', async () => {
    const stack = await runStack({ alarmErrorPercent: 5, alarmUnfamiliarTimes: 3 });
    const thresholds = Object.fromEntries(stack.all(alarm).map(({ name, inputs }) => [name, inputs.threshold]));

    expect(thresholds).toMatchObject({
      'lambda-lens-errors': 5,
      'lambda-lens-failures': 5,
      'lambda-lens-unfamiliar': 3,
    });
  });

  it('alarms at two of three minutes, never for want of calls, by one expression over what it reads', async () => {
    const stack = await runStack({ maximumConcurrency: 10 });

    for (const { name, inputs } of stack.all(alarm)) {
      const { metricQueries, evaluationPeriods, datapointsToAlarm, treatMissingData } = inputs;
      const returned = metricQueries.filter(({ returnData }: { returnData?: boolean }) => returnData);
      const [{ expression }] = returned;
      const read = metricQueries.filter(({ metric }: { metric?: object }) => metric !== undefined);

      expect(treatMissingData, name).toBe('notBreaching');
      expect(returned, name).toHaveLength(1);
      for (const { id, metric } of read) {
        expect(expression).toContain(id);
        expect(metric.dimensions).toEqual({ FunctionName: 'lambda-lens' });
      }
      // An hour's share of unfamiliar photos is held against the week's.
      const expected = name.endsWith('unfamiliar') ? [168, 1, 3_600] : [3, 2, 60];
      expect([evaluationPeriods, datapointsToAlarm, read[0].metric.period], name).toEqual(expected);
    }
  });

  it('sends whoever reads an alarm to its entry in the runbook', async () => {
    const stack = await runStack({ maximumConcurrency: 10 });
    const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');

    for (const { inputs } of stack.all(alarm)) {
      const [, anchor] = /docs\/runbook\.md#(\w+)$/.exec(inputs.alarmDescription) ?? [];

      expect(runbook).toMatch(new RegExp(`^## ${anchor}$`, 'm'));
    }
  });

  it('shows in the dashboard what the function writes, and no metric that nobody writes', async () => {
    const stack = await runStack();
    const { widgets } = JSON.parse(stack.one(dashboard).inputs.dashboardBody);
    const shown = widgets.flatMap(
      ({ properties }: { properties: { metrics?: unknown[][] } }) => properties.metrics ?? [],
    );
    const own = shown
      .filter(([namespace]: unknown[]) => namespace === 'lambda-lens')
      .map(([, name]: unknown[]) => name);

    expect(own.filter((name: string) => !(name in metrics))).toEqual([]);
    expect(new Set(own).size).toBeGreaterThanOrEqual(9);
    // No two of them at one place.
    expect(new Set(widgets.map(({ x, y }: { x: number; y: number }) => `${x} ${y}`)).size).toBe(widgets.length);
  });
});
