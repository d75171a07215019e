import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeUnmeasured } from '../../../cli/calibration/write-unmeasured.ts';
import type { Card } from '../../../model/card/card.ts';
import { readModelDirectory } from '../../../model/read-model-directory.ts';
import { writeTinyModel } from '../../helpers/tiny-model.ts';

const calibration = { temperature: 2, unsureBelow: 0.8, fitted: { photos: 24 } };
const readCard = (model: string): Card => JSON.parse(readFileSync(join(model, 'card.json'), 'utf8'));

describe('a README.md in a model directory that is calibrated anew', () => {
  it('loses the figures of the version before, and keeps what stands above them', async () => {
    const model = writeTinyModel();
    const path = join(model, 'README.md');
    writeFileSync(path, '# hats\n\nOf my shop.\n\n## Measured\nVersion `0123456789ab`, through …\n\n23 of 24\n');

    const written = await writeUnmeasured(model, { ...readCard(model), calibration });

    expect(written).toBe(path);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(
      `# hats\n\nOf my shop.\n\n## Measured\nVersion \`${readModelDirectory(model).version}\`: not since it was calibrated.`,
    );
    expect(text).toContain('Logits are divided by 2; a first label below 0.8 is `unsure`.');
    expect(text).toContain('- photos: 24');
    expect(text).not.toContain('23 of 24');
  });

  it('is left as it is where "evaluate" has not written it', async () => {
    const model = writeTinyModel();
    writeFileSync(join(model, 'README.md'), 'Mine.\n');

    expect(await writeUnmeasured(model, readCard(model))).toBeUndefined();
    expect(readFileSync(join(model, 'README.md'), 'utf8')).toBe('Mine.\n');
  });

  it('is not made', async () => {
    const model = writeTinyModel();

    expect(await writeUnmeasured(model, readCard(model))).toBeUndefined();
    expect(existsSync(join(model, 'README.md'))).toBe(false);
  });
});
