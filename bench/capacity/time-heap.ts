/** Points in time, of which the earliest is taken first: a binary heap. */
export class TimeHeap {
  readonly #times: number[] = [];

  get size(): number {
    return this.#times.length;
  }

  /** Infinity where there is none. */
  get earliest(): number {
    return this.#times[0] ?? Number.POSITIVE_INFINITY;
  }

  add(time: number): void {
    const times = this.#times;
    let at = times.push(time) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((times[parent] as number) <= time) break;
      times[at] = times[parent] as number;
      at = parent;
    }
    times[at] = time;
  }

  take(): number {
    const times = this.#times;
    const first = this.earliest;
    const last = times.pop();
    if (last === undefined || times.length === 0) return first;
    let at = 0;
    for (let child = 1; child < times.length; child = 2 * at + 1) {
      if (child + 1 < times.length && (times[child + 1] as number) < (times[child] as number)) child++;
      if ((times[child] as number) >= last) break;
      times[at] = times[child] as number;
      at = child;
    }
    times[at] = last;
    return first;
  }
}
