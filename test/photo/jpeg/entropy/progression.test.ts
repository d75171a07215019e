import { describe, expect, it } from 'vitest';
import { neededScans, Progression } from '../../../../photo/jpeg/entropy/progression.ts';
import type { ScanHeader } from '../../../../photo/jpeg/markers/scan-header.ts';
import { photoErrorOf } from '../../../helpers/photo-error.ts';

/** '0,1: 1-63, 2>1' is a scan of components 0 and 1, coefficients 1 to 63, from bit 2 to bit 1. */
function scan(text: string): ScanHeader {
  const [components = '', band = '', bits = '0>0'] = text.split(/: |, /);
  const [spectralStart = 0, spectralEnd = 0] = band.split('-').map(Number);
  const [approximationHigh = 0, approximationLow = 0] = bits.split('>').map(Number);
  const ofIndex = (index: string) => ({ index: Number(index), dcTable: 0, acTable: 0 });
  return {
    components: components.split('+').map(ofIndex),
    ...{ spectralStart, spectralEnd, approximationHigh, approximationLow },
  };
}

function follow(...scans: readonly string[]): Progression {
  const progression = new Progression(2);
  for (const one of scans) progression.add(scan(one));
  return progression;
}

describe('Progression', () => {
  it.each<[string, string[], isComplete: boolean]>([
    ['all at once', ['0+1: 0-0', '0: 1-63', '1: 1-63'], true],
    ['one coefficient alone', ['0+1: 0-0', '0: 63-63', '0: 1-62', '1: 1-63'], true],
    ['from the highest bit that may be', ['0+1: 0-0, 0>13', '0+1: 0-0, 13>12'], false],
    ['to the last bit', ['0+1: 0-0, 0>1', '0: 1-63', '1: 1-63', '0+1: 0-0, 1>0'], true],
    ['not to the last bit', ['0+1: 0-0', '0: 1-63', '1: 1-63, 0>1'], false],
    ['without the last coefficient', ['0+1: 0-0', '0: 1-63', '1: 1-62'], false],
  ])('allows scans %s', (_, scans, isComplete) => {
    expect(follow(...scans).isComplete).toBe(isComplete);
  });

  it.each<[string, string[], message: string]>([
    ['a coefficient beyond the last', ['0: 0-0', '0: 1-64'], 'coefficients 1 to 64'],
    ['a band of two components', ['0+1: 0-0', '0+1: 1-63'], 'coefficients 1 to 63'],
    ['a mean with details', ['0: 0-1'], 'coefficients 0 to 1'],
    ['a bit too high', ['0: 0-0, 0>14'], 'from bit 0 to bit 14'],
    ['a bit left out', ['0: 0-0, 0>2', '0: 0-0, 2>0'], 'from bit 2 to bit 0'],
    ['a bit that is no lower', ['0: 0-0, 0>2', '0: 0-0, 2>2'], 'from bit 2 to bit 2'],
    ['a bit that was not reached', ['0: 0-0, 0>2', '0: 0-0, 2>1', '0: 0-0, 2>1'], 'out of order'],
    ['a coefficient twice', ['0: 0-0', '0: 1-5', '0: 5-9'], 'out of order'],
    ['a last coefficient twice', ['0: 0-0', '0: 63-63', '0: 62-63'], 'out of order'],
    ['details without a mean', ['0: 0-0', '1: 1-5'], 'before its base'],
  ])('refuses %s', async (_, scans, message) => {
    expect((await photoErrorOf(() => follow(...scans))).message).toContain(message);
  });

  it('allows a hundred scans', async () => {
    const single = Array.from({ length: 63 }, (_, at) => `0: ${at + 1}-${at + 1}`);
    const more = Array.from({ length: 36 }, (_, at) => `1: ${at + 1}-${at + 1}`);

    expect(follow('0+1: 0-0', ...single, ...more).isComplete).toBe(false);
    expect((await photoErrorOf(() => follow('0+1: 0-0', ...single, ...more, '1: 37-37'))).message).toContain(
      'more than 100 scans',
    );
  });
});

describe('neededScans', () => {
  it.each<[string, string[], lastNeeded: number[], string]>([
    ['means alone', ['0+1: 0-0', '0: 1-5', '1: 1-63'], [0, 0], '100'],
    ['the first five of one', ['0+1: 0-0', '0: 1-5', '0: 6-63', '1: 1-63'], [5, 0], '1100'],
    ['six of one, one of the other', ['0+1: 0-0', '0: 1-5', '0: 6-63', '1: 1-63'], [6, 1], '1111'],
    ['what a refinement refers to', ['0+1: 0-0', '0: 1-5, 0>1', '0: 6-63, 0>1', '0: 1-63, 1>0'], [2, 0], '1111'],
    ['no more than that', ['0+1: 0-0', '0: 1-5, 0>1', '0: 6-63', '0: 1-5, 1>0'], [2, 0], '1101'],
    ['nothing for a first scan that is wide', ['0+1: 0-0', '0: 6-63', '0: 1-5'], [1, 0], '101'],
    ['both of two components', ['0+1: 0-0, 0>1', '0+1: 0-0, 1>0'], [0, 0], '11'],
  ])('are, for %s', (_, scans, lastNeeded, expected) => {
    expect(neededScans(scans.map(scan), lastNeeded).map(Number).join('')).toBe(expected);
  });
});
