/** Whether an `accept` header (RFC 9110 §12.5.1) ranks JSON before HTML; without one, or with both alike, it does not. */
export function prefersJson(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const ranges = accept.split(',').map(readRange);
  return quality(ranges, 'application', 'json') > quality(ranges, 'text', 'html');
}

interface MediaRange {
  readonly type: string;
  readonly quality: number;
}

function readRange(text: string): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, quality: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
}

/** That of the most specific range that fits. */
function quality(ranges: readonly MediaRange[], type: string, subtype: string): number {
  const fitting = [`${type}/${subtype}`, `${type}/*`, '*/*'].map((name) => ranges.find((range) => range.type === name));
  return fitting.find((range) => range !== undefined)?.quality ?? 0;
}
