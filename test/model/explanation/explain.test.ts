import { describe, expect, it } from 'vitest';
import { loadTiny } from '../../helpers/load-tiny.ts';
import { matrix } from '../../helpers/matrix.ts';

describe('explain', () => {
  // The left half red, the right half green, and a little more of red.
  const halves = {
    width: 4,
    height: 4,
    data: Uint8Array.from({ length: 48 }, (_, at) => ((at % 12 < 6 ? at % 3 === 0 : at % 3 === 1) ? 200 : 0)),
  };

  it('shows where the evidence for the first label lies, and the runner-up', async () => {
    const classifier = await loadTiny({ kernel: matrix('5 0, 0 4, 0 0') });
    const { explanation } = classifier.classify(halves, { explain: true });

    expect(classifier.canExplain).toBe(true);
    expect(explanation?.label).toBe('red');
    expect(explanation?.grid).toEqual(Array.from({ length: 4 }, () => [1, 1, 0, 0]));
    expect(explanation?.runnerUp.label).toBe('green');
    expect(explanation?.runnerUp.margin).toBeCloseTo((200 / 255) * 0.5, 5);
  });

  it('leaves the explanation out unless asked', async () => {
    expect((await loadTiny()).classify(halves)).not.toHaveProperty('explanation');
  });

  it('explains a single sigmoid unit for either label', async () => {
    const kernel = [[5], [-6], [0]];

    const classifier = await loadTiny({ kernel, final: 'Sigmoid', card: { output: 'sigmoid' } });

    expect(classifier.classify(halves, { explain: true }).explanation).toMatchObject({
      label: 'red',
      grid: Array.from({ length: 4 }, () => [0, 0, 1, 1]),
      runnerUp: { label: 'green' },
    });
  });

  it('says why it cannot for a model without a map', async () => {
    const classifier = await loadTiny({ outputs: ['score', 'features'] });

    expect(classifier.canExplain).toBe(false);
    expect(() => classifier.classify(halves, { explain: true })).toThrow("output 'map'");
  });
});
