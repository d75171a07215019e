import { describe, expect, it } from 'vitest';
import { billOf, type Usage } from '../../../cli/cost/bill.ts';
import { compareServers } from '../../../cli/cost/compare-servers.ts';
import { northVirginia } from '../../../facts/prices.ts';

const usage: Usage = {
  photos: 1,
  photoSizeInKilobytes: 200,
  memoryInMb: 1769,
  architecture: 'arm64',
  door: 'http-api',
  warmMilliseconds: 100,
  coldMilliseconds: 800,
  coldShare: 0.01,
  imageSizeInMegabytes: 50,
};

describe('machines that stay on', () => {
  it('break even where a month of photos costs on Lambda what the machine does', () => {
    for (const { dollars, breakEvenPhotosADay } of compareServers(usage, northVirginia)) {
      const photos = breakEvenPhotosADay * 30;
      const { lines } = billOf({ ...usage, photos }, northVirginia, { isFreeTierUsed: false });
      const withoutImage = lines
        .filter(({ title }) => title !== 'registry')
        .reduce((sum, line) => sum + line.dollars, 0);

      expect(withoutImage).toBeCloseTo(dollars, 6);
    }
  });

  it('compute so many photos a day as their processors have time for, where all of it is theirs', () => {
    const most = compareServers(usage, northVirginia).map(({ mostPhotosADay }) => mostPhotosADay);

    expect(most).toEqual([undefined, 864_000, 1_728_000]);
  });

  it('count whole photos', () => {
    const most = compareServers({ ...usage, warmMilliseconds: 130 }, northVirginia).map(
      ({ mostPhotosADay }) => mostPhotosADay,
    );

    expect(most).toEqual([undefined, 664_615, 1_329_230]);
  });
});
