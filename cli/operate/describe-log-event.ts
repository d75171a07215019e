import { isJsonObject } from '../../facts/json-object.ts';
import type { LogEvent } from './log-group.ts';

/** What every line repeats, or the time in front says. */
const left = new Set(['time', 'timestamp', 'level', 'message', 'type']);

/** An event as a line for a terminal: the time, then what it says; JSON as its fields. */
export function describeLogEvent({ time, message }: LogEvent): string {
  const clock = time.toISOString().slice(11, 19);
  const entry = parse(message);
  if (entry === undefined) return `${clock}  ${message}`;
  const { level, message: text, type, record, ...others } = entry;
  const fields = Object.entries({ ...others, ...(typeof record === 'object' ? record : {}) })
    .filter(([name]) => !left.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [clock, String(level ?? type ?? '').padEnd(5), text, ...fields]
    .filter((part) => part !== undefined)
    .join('  ');
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
