import { statusByCode } from '../facts/error-codes.ts';
import { megabytesInGigabyte } from '../facts/lambda.ts';
import { type MetricName, metricDimension, metricNamespace } from '../facts/metrics.ts';
import { type Architecture, northVirginia } from '../facts/prices.ts';

export interface DashboardFacts {
  readonly region: string;
  readonly functionName: string;
  readonly logGroup: string;
  readonly architecture: Architecture;
  readonly memoryInMb: number;
}

type Widget = Readonly<Record<string, unknown>>;

const [columns, widgetWidth, widgetHeight] = [24, 12, 6];

/** The body of a CloudWatch dashboard: traffic, errors by code, times by stage, cold starts, verdicts, this month's cost. */
export function dashboardBody(facts: DashboardFacts): string {
  const { region, functionName, logGroup } = facts;
  const of = { [metricDimension]: functionName };
  const aws = (name: string, options: object) => ['AWS/Lambda', name, ...Object.entries(of).flat(), options];
  const own = (name: MetricName, options: object) => [metricNamespace, name, ...Object.entries(of).flat(), options];
  const stages = ['SourceMs', 'DecodeMs', 'ModelMs'] as const;
  const percentiles = ['p50', 'p95', 'p99'] as const;
  const chart = (title: string, metrics: readonly unknown[], more: object = {}): Widget => ({
    type: 'metric',
    properties: { title, region, metrics, view: 'timeSeries', period: 300, ...more },
  });
  const share = (name: MetricName, label: string) => own(name, { stat: 'Average', label });
  return placed([
    chart('Traffic', [
      aws('Invocations', { stat: 'Sum', label: 'requests' }),
      own('Unfamiliar', { stat: 'SampleCount', label: 'answered photos' }),
      aws('Throttles', { stat: 'Sum', label: 'turned away' }),
    ]),
    chart('Errors', [
      aws('Errors', { stat: 'Sum', label: 'invocations that failed' }),
      own('Failed', { stat: 'Sum', label: 'answers of 500 and more' }),
      own('Refused', { stat: 'Sum', label: 'answers of 400 to 499' }),
    ]),
    {
      type: 'log',
      properties: {
        title: 'Errors by code',
        region,
        view: 'table',
        query: `SOURCE '${logGroup}' | filter message = "request" and code in ${JSON.stringify(Object.keys(statusByCode))} | stats count(*) as requests by code | sort requests desc`,
      },
    },
    ...percentiles.map((stat) =>
      chart(
        `Milliseconds, ${stat}`,
        [
          ...stages.map((name) => own(name, { stat, label: name.replace('Ms', '').toLowerCase() })),
          aws('Duration', { stat, label: 'whole invocation' }),
        ],
        { yAxis: { left: { min: 0 } } },
      ),
    ),
    chart(
      'Share of cold starts, and of verdicts',
      [share('ColdStart', 'cold starts'), share('Unsure', 'unsure'), share('Unfamiliar', 'unfamiliar')],
      { yAxis: { left: { min: 0, max: 1 } } },
    ),
    chart('Instances and memory', [
      aws('ConcurrentExecutions', { stat: 'Maximum', label: 'instances' }),
      own('MemoryMb', { stat: 'Maximum', label: 'MB, the most of one', yAxis: 'right' }),
    ]),
    {
      type: 'metric',
      properties: {
        title: `Lambda in the last 30 days, in dollars of ${northVirginia.region}, without the free tier`,
        region,
        view: 'singleValue',
        stat: 'Sum',
        start: '-P30D',
        setPeriodToTimeRange: true,
        metrics: [
          [{ expression: dollarsExpression(facts), label: 'dollars', id: 'dollars' }],
          aws('Duration', { id: 'duration', visible: false }),
          aws('Invocations', { id: 'invocations', visible: false }),
        ],
      },
    },
  ]);
}

/** The bill of a period from the sums of `duration` in milliseconds and of `invocations`. */
export function dollarsExpression({
  architecture,
  memoryInMb,
}: Pick<DashboardFacts, 'architecture' | 'memoryInMb'>): string {
  const perMillisecond = (memoryInMb / megabytesInGigabyte / 1_000) * northVirginia.gbSecond[architecture];
  return `duration * ${perMillisecond} + invocations * ${northVirginia.millionInvocations / 1e6}`;
}

function placed(widgets: readonly Widget[]): string {
  const perRow = columns / widgetWidth;
  return JSON.stringify({
    widgets: widgets.map((widget, index) => ({
      x: (index % perRow) * widgetWidth,
      y: Math.floor(index / perRow) * widgetHeight,
      width: widgetWidth,
      height: widgetHeight,
      ...widget,
    })),
  });
}
