import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTestService, request } from '../../helpers/test-service.ts';

const sentence = 'A photo goes to this service and nowhere else; nothing is stored.';
const source = readFileSync(new URL('../../../function/page/client/index.html', import.meta.url), 'utf8');
const page = `<script>x</script>${source}`;
const upload = {
  place: { bucket: 'shop-uploads', prefix: 'lens/' },
  maximumPhotoSizeInBytes: 20_000_000,
  environment: { AWS_REGION: 'eu-west-1' },
};

async function open(changes = {}) {
  const service = createTestService({ readPage: async () => page, ...changes });
  const { text, headers } = await request(service, { path: '/' });
  const policy = String(headers['content-security-policy']);
  return { text, connect: /connect-src ([^;]*)/.exec(policy)?.[1] };
}

describe('GET /', () => {
  it('lets the page ask its own service alone', async () => {
    const { text, connect } = await open();

    expect(connect).toBe("'self'");
    expect(text).toContain(sentence);
  });

  it('lets it put photos where large ones go, and says that they lie there', async () => {
    const { text, connect } = await open({ upload });

    expect(connect).toBe("'self' https://shop-uploads.s3.eu-west-1.amazonaws.com/lens/uploads/");
    expect(text).not.toContain('nothing is stored');
    expect(text).toContain('lies in its storage meanwhile');
  });

  it.each([
    [
      'a stand-in for S3',
      { prefix: '' },
      { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:5000' },
      'http://127.0.0.1:5000/shop-uploads/uploads/',
    ],
    [
      'a prefix that would end the policy',
      { prefix: 'a;b,c/' },
      {},
      'https://shop-uploads.s3.eu-west-1.amazonaws.com/a%3Bb%2Cc/uploads/',
    ],
  ])('names the folder of %s', async (_case, place, environment, folder) => {
    const { connect } = await open({
      upload: {
        ...upload,
        place: { ...upload.place, ...place },
        environment: { ...upload.environment, ...environment },
      },
    });

    expect(connect).toBe(`'self' ${folder}`);
  });

  it('names none where no region is known, so that nothing could be signed', async () => {
    const { connect } = await open({ upload: { ...upload, environment: {} } });

    expect(connect).toBe("'self'");
  });
});
