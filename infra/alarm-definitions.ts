import { type MetricName, metricDimension, metricNamespace } from '../facts/metrics.ts';

export const alarmNames = ['errors', 'failures', 'throttles', 'slow', 'concurrency', 'memory', 'unfamiliar'] as const;
export type AlarmName = (typeof alarmNames)[number];

/** A metric that an alarm's expression reads, under a name of its own. */
export interface AlarmMetric {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly stat: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** An alarm as CloudWatch takes it: when `expression` is above `threshold`. */
export interface AlarmDefinition {
  readonly sentence: string;
  readonly metrics: readonly AlarmMetric[];
  readonly expression: string;
  readonly threshold: number;
  readonly periodInSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
}

export interface AlarmFacts {
  readonly functionName: string;
  readonly timeoutInSeconds: number;
  readonly memoryInMb: number;
  /** Undefined where nothing is reserved; the alarm on it has no threshold then. */
  readonly maximumConcurrency: number | undefined;
  readonly alarmErrorPercent: number;
  readonly alarmDurationPercent: number;
  readonly alarmConcurrencyPercent: number;
  readonly alarmMemoryPercent: number;
  readonly alarmUnfamiliarTimes: number;
}

const [minute, hour] = [60, 3_600];
const hoursInWeek = 7 * 24;
/** Fewer photos in an hour say nothing of their kind. */
const photosThatCount = 100;

// Two of three points, so that one bad minute wakes nobody.
const soon = { periodInSeconds: minute, evaluationPeriods: 3, datapointsToAlarm: 2 };

/** What watches the function, each under the name of its entry in docs/runbook.md. */
export function alarmDefinitions(facts: AlarmFacts): Readonly<Record<AlarmName, AlarmDefinition>> {
  const { functionName, timeoutInSeconds, memoryInMb, maximumConcurrency } = facts;
  const aws = (id: string, name: string, stat: string): AlarmMetric => ({
    ...{ id, name, stat, namespace: 'AWS/Lambda' },
    dimensions: { FunctionName: functionName },
  });
  const own = (id: string, name: MetricName, stat: string): AlarmMetric => ({
    ...{ id, name, stat, namespace: metricNamespace },
    dimensions: { [metricDimension]: functionName },
  });
  const slowestInMilliseconds = (timeoutInSeconds * 1_000 * facts.alarmDurationPercent) / 100;
  return {
    errors: {
      sentence: `more than ${facts.alarmErrorPercent} % of the invocations end in an error or a crash`,
      metrics: [aws('errors', 'Errors', 'Sum'), aws('invocations', 'Invocations', 'Sum')],
      expression: '100 * errors / invocations',
      threshold: facts.alarmErrorPercent,
      ...soon,
    },
    failures: {
      sentence: `more than ${facts.alarmErrorPercent} % of the photos are answered by a status of 500 or more`,
      metrics: [own('failed', 'Failed', 'Average')],
      expression: '100 * failed',
      threshold: facts.alarmErrorPercent,
      ...soon,
    },
    throttles: {
      sentence: 'calls are turned away because no instance is left for them',
      metrics: [aws('throttles', 'Throttles', 'Sum')],
      expression: 'throttles',
      threshold: 0,
      ...soon,
    },
    slow: {
      sentence: `the slowest hundredth takes more than ${facts.alarmDurationPercent} % of the timeout`,
      metrics: [aws('duration', 'Duration', 'p99')],
      expression: 'duration',
      threshold: slowestInMilliseconds,
      ...soon,
    },
    concurrency: {
      sentence: `more than ${facts.alarmConcurrencyPercent} % of the reserved instances are in use`,
      metrics: [aws('instances', 'ConcurrentExecutions', 'Maximum')],
      expression: 'instances',
      threshold: ((maximumConcurrency ?? Number.NaN) * facts.alarmConcurrencyPercent) / 100,
      ...soon,
    },
    memory: {
      sentence: `an instance holds more than ${facts.alarmMemoryPercent} % of its memory`,
      metrics: [own('memory', 'MemoryMb', 'Maximum')],
      expression: 'memory',
      threshold: (memoryInMb * facts.alarmMemoryPercent) / 100,
      ...soon,
    },
    unfamiliar: {
      sentence: `the share of unfamiliar photos is more than ${facts.alarmUnfamiliarTimes} times that of its week`,
      metrics: [own('unfamiliar', 'Unfamiliar', 'Average'), own('photos', 'Unfamiliar', 'SampleCount')],
      // Of the week that is looked at, the last two hours alone may alarm: an hour that was over days ago is no news.
      expression:
        `IF(EPOCH(unfamiliar) > MAX(EPOCH(unfamiliar)) - ${2 * hour} AND photos >= ${photosThatCount}, ` +
        `unfamiliar / AVG(unfamiliar), 0)`,
      threshold: facts.alarmUnfamiliarTimes,
      periodInSeconds: hour,
      evaluationPeriods: hoursInWeek,
      datapointsToAlarm: 1,
    },
  };
}
