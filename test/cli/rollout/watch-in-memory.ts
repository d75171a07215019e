import type { Reading } from '../../../cli/rollout/judge-reading.ts';
import type { VersionWatch } from '../../../cli/rollout/version-watch.ts';

const good: Reading = { requests: 20, errors: 0, failures: 0, slowestInMilliseconds: 400 };

/** A version that is watched, whose clock moves by a minute at each pause. */
export class WatchInMemory implements VersionWatch {
  /** What is read, one after the other; the last again and again. An error is thrown. */
  readings: (Partial<Reading> | Error)[] = [{}];
  minutes = 0;
  /** Called at each pause. */
  onPause: () => unknown = () => undefined;

  async read(): Promise<Reading> {
    const next = this.readings.length > 1 ? this.readings.shift() : this.readings[0];
    if (next instanceof Error) throw next;
    return { ...good, ...next };
  }
  readonly now = () => new Date(Date.UTC(2026, 10, 27, 12, this.minutes));
  readonly pause = async () => {
    this.minutes++;
    await this.onPause();
  };
}
