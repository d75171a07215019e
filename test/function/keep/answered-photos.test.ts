import { describe, expect, it } from 'vitest';
import type { LogFields } from '../../../function/invocation/request-log.ts';
import { type AnsweredPhoto, createAnsweredPhotos } from '../../../function/keep/answered-photos.ts';
import type { Prediction } from '../../../function/prediction/predict.ts';

const prediction = {} as Prediction;
const soon = () => Date.now() + 60_000;

function gather() {
  const kept: (readonly AnsweredPhoto[])[] = [];
  const lines: LogFields[] = [];
  const keepAll = async (photos: readonly AnsweredPhoto[]) => void kept.push(photos);
  return { kept, lines, answered: createAnsweredPhotos(keepAll, (line) => lines.push(line)) };
}

describe('answered photos', () => {
  it('are kept once, all that were noted so far', async () => {
    const { kept, answered } = gather();
    answered.note(new Uint8Array(1), prediction);
    answered.note(new Uint8Array(2), prediction);

    await answered.keep(soon());

    expect(kept.map((photos) => photos.map(({ bytes }) => bytes.length))).toEqual([[1, 2]]);
    expect(answered.hasNoted()).toBe(false);
  });

  it('are copies, since a caller lets its bytes go with the answer', async () => {
    const { kept, answered } = gather();
    const bytes = new Uint8Array([1, 2]);
    answered.note(bytes, prediction);
    bytes.buffer.transfer();

    await answered.keep(soon());

    expect(kept.flat().map((photo) => [...photo.bytes])).toEqual([[1, 2]]);
  });

  it('are held up to 64 MB, and again once those are seen to', async () => {
    const { kept, lines, answered } = gather();
    const large = new Uint8Array(32_000_000);
    for (const bytes of [large, large, new Uint8Array(1)]) answered.note(bytes, prediction);

    await answered.keep(soon());
    answered.note(new Uint8Array(1), prediction);
    await answered.keep(soon());

    expect(kept.map(({ length }) => length)).toEqual([2, 1]);
    expect(lines).toMatchObject([{ level: 'warn', details: '1, for want of time or memory' }]);
  });

  it('are let go where the runtime is about to give up', async () => {
    const { kept, lines, answered } = gather();
    answered.note(new Uint8Array(1), prediction);

    await answered.keep(Date.now() + 400);

    expect(kept).toEqual([]);
    expect(lines).toMatchObject([{ message: 'photos were let go', details: '1, for want of time or memory' }]);
    expect(answered.hasNoted()).toBe(false);
  });

  it('fail nobody', async () => {
    const lines: LogFields[] = [];
    const fail = async () => Promise.reject(new Error('no such bucket'));
    const answered = createAnsweredPhotos(fail, (line) => lines.push(line));
    answered.note(new Uint8Array(1), prediction);

    await answered.keep(soon());

    expect(lines).toMatchObject([{ level: 'error', message: 'photos were not kept', details: 'no such bucket' }]);
  });
});
