import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { writeTinyModel } from '../helpers/tiny-model.ts';
import { callCli } from './call-cli.ts';
import { spawnCli } from './run-cli.ts';

it('finds a running service in order, and an address where there is none not', async () => {
  const service = spawnCli(['serve', '--port', '0', '--model', writeTinyModel()]);
  try {
    const [ready] = (await once(createInterface(service.stdout), 'line')) as [string];
    const url = `http://127.0.0.1:${/localhost:(\d+)/.exec(ready)?.[1]}`;
    const { output, code } = await callCli(['doctor', '--url', url, 'http://127.0.0.1:1', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(output)).toEqual({
      ok: false,
      findings: [
        expect.objectContaining({ status: 'ok', phase: 'after', detail: expect.stringContaining('drawn photo') }),
        expect.objectContaining({ status: 'failed', fix: expect.any(String) }),
      ],
    });
    const plain = await callCli(['doctor', '--url', url]);
    expect(plain).toMatchObject({ code: 0, output: expect.stringMatching(/^ok .*\nNothing stands in the way\.\n$/) });
  } finally {
    service.kill();
  }
});
