import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exampleCall } from '../../infra/example-call.ts';

const closed = { functionName: 'lens', apiUrl: undefined, functionUrl: undefined, isFunctionUrlPublic: false };
const functionUrl = 'https://abc.lambda-url.eu-west-1.on.aws/';

it.each([
  ['the API', { apiUrl: 'https://api.example/' }, 'curl --data-binary @photo.jpg https://api.example/predict'],
  ['a public URL', { functionUrl, isFunctionUrlPublic: true }, `curl --data-binary @photo.jpg ${functionUrl}predict`],
  ['a signed URL', { functionUrl }, expect.stringMatching(/^curl --aws-sigv4 aws:amz:eu-west-1:lambda .*predict$/)],
  ['no door', {}, expect.stringContaining('aws lambda invoke --function-name lens --qualifier live ')],
])('sends a photo by %s', (_what, doors, call) => {
  expect(exampleCall({ ...closed, ...doors })).toEqual(call);
});

it('writes an event for a direct invocation that is JSON around the photo', () => {
  const [writeEvent] = exampleCall(closed).split(' && ');
  const directory = mkdtempSync(join(tmpdir(), 'lambda-lens-call-'));
  writeFileSync(join(directory, 'photo.jpg'), Buffer.alloc(200, 'photo'));
  execFileSync('sh', ['-c', writeEvent ?? ''], { cwd: directory });
  const { image } = JSON.parse(readFileSync(join(directory, 'event.json'), 'utf8'));

  expect(Buffer.from(image, 'base64')).toEqual(Buffer.alloc(200, 'photo'));

  rmSync(directory, { recursive: true });
});
