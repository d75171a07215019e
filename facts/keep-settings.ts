import type { SettingTable } from './setting.ts';
import { placeInS3, share } from './setting-kinds.ts';

/** Which photos are kept for labelling, if any: read by every function of the image where `KEEP_BUCKET` is set. */
export const keepSettings = {
  keepBucket: {
    ...placeInS3(),
    default: undefined,
    defaultInWords: 'nowhere: nothing is kept',
    sentence: 'where some photos are copied to with their answers, for labelling and the next training',
  },
  keepUnsureShare: {
    ...share(),
    default: 1,
    sentence: 'with `keepBucket`, what share of the photos answered `unsure` or `unfamiliar` is copied',
  },
  keepRandomShare: {
    ...share(),
    default: 0.001,
    sentence: 'with `keepBucket`, what share of all answered photos is copied, whatever the verdict',
  },
} as const satisfies SettingTable;
