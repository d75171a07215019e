import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listObjects } from '../../function/s3/list-objects.ts';
import { createS3Client } from '../../function/s3/s3-client.ts';
import { runCli } from '../cli/run-cli.ts';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { findChromium, findPython } from './find-tools.ts';
import { servePage } from './opened-page.ts';
import { type StartedMoto, startMoto } from './started-moto.ts';

const [python, executablePath] = [findPython(), findChromium()];
const secret = 'a-long-secret';
/** After the end of a JPEG anything may follow: no request takes so much. */
const large = Buffer.concat([drawnJpeg(1_200, 900, 3), Buffer.alloc(6_000_000)]);

describe.skipIf(python === undefined || executablePath === undefined)(
  'photos too large for a request, by way of an S3 that moto simulates',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'uploads-'));
    const served = servePage(executablePath);
    let moto: StartedMoto;
    let address: string;

    const stored = async (): Promise<number[]> => {
      const { environment } = moto;
      const send = createS3Client({ environment, timeoutInMilliseconds: 5_000, connections: 1 });
      const { signal } = new AbortController();
      const sizes: number[] = [];
      for await (const { sizeInBytes } of listObjects(send, { bucket: 'shop-uploads', prefix: 'uploads/', signal }))
        sizes.push(sizeInBytes);
      return sizes;
    };

    beforeAll(async () => {
      moto = await startMoto(python ?? '', join(folder, 'python'));
      await moto.createBucket('shop-uploads');
      address = await served.start({ ...moto.environment, UPLOAD_BUCKET: 'shop-uploads', API_SECRET: secret });
    });
    afterAll(async () => {
      try {
        await served.stop();
      } finally {
        // Undefined where it never answered.
        (moto as StartedMoto | undefined)?.stop();
        rmSync(folder, { recursive: true });
      }
    });

    it('the page puts them there as they are, without the secret, and asks twice about one', async () => {
      const { page, faults, asked } = await served.open({ viewport: { width: 1280, height: 900 } });
      const puts: (string | undefined)[] = [];
      page.on('request', (request) => {
        if (request.method() === 'PUT') puts.push(request.headers().authorization);
      });
      await page.setInputFiles('#file', { name: 'large.jpg', mimeType: 'image/jpeg', buffer: large });
      await page.fill('#key', secret);
      await page.getByRole('button', { name: 'Use it' }).click();
      const card = page.locator('.card', { hasText: 'large.jpg' });
      await card.locator('.bars li').nth(2).waitFor();

      const answer = page.waitForResponse(/predict/);
      await card.getByRole('button', { name: 'Show why' }).click();
      const { photo } = (await (await answer).json()) as { photo: object };

      expect(photo).toMatchObject({ width: 1_200, height: 900 });
      expect(puts).toEqual([undefined]);
      expect(await stored()).toEqual([large.length]);
      expect(faults).toEqual([]);
      expect([...asked].sort()).toEqual([new URL(address).origin, moto.endpoint].sort());
      expect(await page.getByText('a large one lies in its storage meanwhile').count()).toBe(1);

      await page.context().close();
    });

    it('the page makes one smaller where the storage takes none', async () => {
      const { page } = await served.open({ viewport: { width: 1280, height: 900 } });
      await page.route(`${moto.endpoint}/**`, (route) => route.abort());
      await page.setInputFiles('#file', { name: 'large.jpg', mimeType: 'image/jpeg', buffer: large });
      await page.fill('#key', secret);

      await page.getByRole('button', { name: 'Use it' }).click();

      await page.locator('.card', { hasText: 'large.jpg' }).locator('.bars li').nth(2).waitFor();
      await page.context().close();
    });

    it('classify --url does the same', async () => {
      const file = join(folder, 'large.jpg');
      writeFileSync(file, large);
      const before = (await stored()).length;

      const { output, code } = await runCli(['classify', '--url', address, '--json', file], { API_SECRET: secret });

      expect(JSON.parse(output)).toMatchObject({ file, sizeInBytes: large.length, photo: { width: 1_200 } });
      expect(await stored()).toHaveLength(before + 1);
      expect(code).toBe(0);
    });
  },
);
