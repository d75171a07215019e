import { describe, expect, it } from 'vitest';
import { AnswerSizeError, readAtMost } from '../../cli/read-at-most.ts';

describe('an answer of a server', () => {
  it.each([0, 5, 10])('of %i bytes is read where it may have ten', async (size) => {
    expect(await readAtMost(new Response(new Uint8Array(size)), 10, 'it')).toHaveLength(size);
  });

  it('that has no end is read no further than it may go', async () => {
    let sent = 0;
    let isCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 4;
        controller.enqueue(new Uint8Array(4));
      },
      cancel() {
        isCancelled = true;
      },
    });

    await expect(readAtMost(new Response(endless), 10, 'it')).rejects.toThrow(AnswerSizeError);

    expect(isCancelled).toBe(true);
    expect(sent).toBeLessThan(24);
  });

  it('that breaks off is no answer', async () => {
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(4));
      },
      pull(controller) {
        controller.error(new Error('gone'));
      },
    });

    await expect(readAtMost(new Response(broken), 10, 'it')).rejects.toThrow('broke off after 4 bytes');
  });
});
