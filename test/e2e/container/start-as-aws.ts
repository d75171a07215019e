import { docker } from './docker.ts';

/** What the handler of an image on the Lambda base image answers an event, isolated as Lambda isolates it. */
export async function callAsAws(image: string, event: unknown): Promise<{ answer?: object; errorType?: string }> {
  const isolation = [
    ...['--rm', '--interactive', '--read-only', '--network', 'none'],
    ...['--user', '993:990', '--memory', '512m'],
  ];
  const program = ['--entrypoint', '/usr/local/bin/node', image, '/test/e2e/container/call-as-aws.ts'];
  const output = await docker(['run', ...isolation, ...program], Buffer.from(JSON.stringify(event)));
  return JSON.parse(output.split('\n').at(-1) ?? '');
}
