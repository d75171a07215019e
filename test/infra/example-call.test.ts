import { expect, test } from 'vitest';
import { exampleCall } from '../../infra/example-call.ts';

const closed = { functionName: 'lens', apiUrl: undefined, functionUrl: undefined, isFunctionUrlPublic: false };
const functionUrl = 'https://abc.lambda-url.eu-west-1.on.aws/';

test.each([
  ['the API', { apiUrl: 'https://api.example/' }, 'curl --data-binary @photo.jpg https://api.example/predict'],
  ['a public URL', { functionUrl, isFunctionUrlPublic: true }, `curl --data-binary @photo.jpg ${functionUrl}predict`],
  ['a signed URL', { functionUrl }, expect.stringMatching(/^curl --aws-sigv4 aws:amz:eu-west-1:lambda .*predict$/)],
  ['no door', {}, expect.stringMatching(/^aws lambda invoke --function-name lens --qualifier live /)],
])('sends a photo by %s', (_what, doors, call) => {
  expect(exampleCall({ ...closed, ...doors })).toEqual(call);
});
