import { describe, expect, it } from 'vitest';
import { runUntilDeadline } from '../../../function/fetch/run-until-deadline.ts';

const never = () => new Promise<never>(() => undefined);
const timeoutError = new Error('time is up');

describe('runUntilDeadline', () => {
  it('gives what the work gives', async () => {
    const { signal } = new AbortController();
    await expect(runUntilDeadline({ signal, timeoutInMilliseconds: 1_000, timeoutError }, async () => 7)).resolves.toBe(
      7,
    );
  });

  it('rejects in time though the work never ends', async () => {
    const { signal } = new AbortController();
    await expect(runUntilDeadline({ signal, timeoutInMilliseconds: 5, timeoutError }, never)).rejects.toBe(
      timeoutError,
    );
  });

  it("rejects with the caller's reason, not with the error that its end causes in the work", async () => {
    const controller = new AbortController();
    const reason = new Error('the caller has left');
    const work = (signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('broken off'))));
    const promise = runUntilDeadline({ signal: controller.signal, timeoutInMilliseconds: 1_000, timeoutError }, work);
    controller.abort(reason);
    await expect(promise).rejects.toBe(reason);
  });

  it('does not start the work for a caller that has left already', async () => {
    const reason = new Error('the caller has left');
    let started = false;
    const work = async () => {
      started = true;
    };
    const deadline = { signal: AbortSignal.abort(reason), timeoutInMilliseconds: 1_000, timeoutError };
    await expect(runUntilDeadline(deadline, work)).rejects.toBe(reason);
    expect(started).toBe(false);
  });
});
