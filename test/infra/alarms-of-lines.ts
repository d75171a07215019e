import { type AlarmFacts, type AlarmName, alarmDefinitions, alarmNames } from '../../infra/alarm-definitions.ts';

type Line = Readonly<Record<string, unknown>>;

/** The time of each invocation, which Lambda counts, in milliseconds. */
type Durations = readonly number[];

/**
 * Which alarms of a minute go off by the lines that were written in it, as CloudWatch would take them in: what stands in them
 * as an embedded metric, and of AWS's own metrics the duration. The one that compares an hour with its week is left out.
 */
export function alarmsOfLines(lines: readonly Line[], durations: Durations, facts: AlarmFacts): readonly AlarmName[] {
  const definitions = alarmDefinitions(facts);
  return alarmNames.filter((name) => {
    const { metrics, expression, threshold } = definitions[name];
    if (name === 'unfamiliar') return false;
    const values = metrics.map(({ id, name: metric, stat }) => {
      const points = metric === 'Duration' ? durations : pointsOf(lines, metric);
      return [id, statisticOf(points, stat)] as const;
    });
    // A metric that nobody wrote is missing data, which is no fault.
    if (values.some(([, value]) => value === undefined)) return false;
    const evaluate = new Function(...values.map(([id]) => id), `return ${expression}`);
    return evaluate(...values.map(([, value]) => value)) > threshold;
  });
}

function pointsOf(lines: readonly Line[], metric: string): readonly number[] {
  return lines.filter((line) => '_aws' in line).flatMap((line) => (line[metric] ?? []) as number | number[]);
}

function statisticOf(points: readonly number[], stat: string): number | undefined {
  if (points.length === 0) return undefined;
  const sum = points.reduce((total, point) => total + point, 0);
  if (stat === 'Sum') return sum;
  if (stat === 'Average') return sum / points.length;
  // Of few calls the slowest hundredth is the slowest.
  return Math.max(...points);
}
