import type { Answer } from '../../facts/answers.ts';
import { type ErrorCode, statusByCode } from '../../facts/error-codes.ts';
import { type MetricName, metricDimension, metricNamespace, metrics } from '../../facts/metrics.ts';
import type { LogFields } from './request-log.ts';

/** What was noted of one photo: of an answered one all, of a failed one its code. */
interface NotedPhoto {
  readonly code?: ErrorCode;
  readonly sizeInBytes?: number;
  readonly verdict?: string;
  readonly timing?: Answer['timing'];
}

/** CloudWatch reads so many values of a metric in one line. */
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
const mostValues = 100;

const bytesInMegabyte = 1e6;

/**
 * A request's metrics in CloudWatch's embedded format, to stand in the request's own line: CloudWatch makes metrics of them
 * when it takes the line in, so nothing is sent and nothing waits. Each photo of `items` counts, up to a hundred.
 * @param fields what was noted of the request
 * @param code what it was answered by instead of a prediction
 * @param functionName the one dimension's value
 */
export function toEmbeddedMetrics(fields: LogFields, code: ErrorCode | undefined, functionName: string): LogFields {
  const photos = photosOf(fields, code);
  const answered = photos.filter(({ timing }) => timing !== undefined);
  const share = (condition: boolean) => (condition ? 1 : 0);
  const asked =
    photos.length > 0 ? photos.map((photo) => statusOf(photo.code)) : [Number(fields.status ?? statusOf(code))];
  const values: Readonly<Record<MetricName, readonly number[]>> = {
    Refused: asked.map((status) => share(status >= 400 && status < 500)),
    Failed: asked.map((status) => share(status >= 500)),
    ColdStart: [share(fields.coldStart === true)],
    Unsure: answered.map(({ verdict }) => share(verdict === 'unsure')),
    Unfamiliar: answered.map(({ verdict }) => share(verdict === 'unfamiliar')),
    Bytes: answered.map(({ sizeInBytes = 0 }) => sizeInBytes),
    SourceMs: answered.map(({ timing }) => timing?.sourceMs ?? 0),
    DecodeMs: answered.map(({ timing }) => (timing?.decodeMs ?? 0) + (timing?.fitMs ?? 0)),
    ModelMs: answered.map(({ timing }) => timing?.modelMs ?? 0),
    MemoryMb: [Math.round(process.memoryUsage.rss() / bytesInMegabyte)],
  };
  const present = Object.entries(values).filter(([, list]) => list.length > 0) as [MetricName, readonly number[]][];
  return {
    [metricDimension]: functionName,
    ...Object.fromEntries(
      present.map(([name, list]) => [name, list.length === 1 ? list[0] : list.slice(0, mostValues)]),
    ),
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace,
          Dimensions: [[metricDimension]],
          Metrics: present.map(([name]) => ({ Name: name, Unit: metrics[name].unit })),
        },
      ],
    },
  };
}

/** Those of `items`, or the one that was answered; none where there was no photo, or it could not be answered. */
function photosOf(fields: LogFields, code: ErrorCode | undefined): readonly NotedPhoto[] {
  if (Array.isArray(fields.photos)) return fields.photos;
  return fields.verdict === undefined || code !== undefined ? [] : [fields];
}

function statusOf(code: ErrorCode | undefined): number {
  return code === undefined ? 200 : statusByCode[code];
}
