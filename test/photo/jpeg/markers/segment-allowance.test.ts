import { describe, expect, it } from 'vitest';
import { SegmentAllowance } from '../../../../photo/jpeg/markers/segment-allowance.ts';
import { photoErrorOf } from '../../../helpers/photo-error.ts';

describe('SegmentAllowance', () => {
  it('lets 10,000 segments through, and not one more', async () => {
    const allowance = new SegmentAllowance();

    allowance.spend(9_999);
    allowance.spend(1);
    const error = await photoErrorOf(async () => allowance.spend(1));

    expect(error.kind).toBe('corrupt');
  });

  it('goes on from what was spent before', async () => {
    const allowance = new SegmentAllowance(9_998);

    allowance.spend(2);
    const error = await photoErrorOf(async () => allowance.spend(1));

    expect(allowance.spent).toBe(10_001);
    expect(error.kind).toBe('corrupt');
  });
});
