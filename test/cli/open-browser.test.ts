import { expect, it } from 'vitest';
import { browserCommand } from '../../cli/open-browser.ts';

it.each([
  ['linux', ['xdg-open', 'http://localhost:8080']],
  ['darwin', ['open', 'http://localhost:8080']],
  ['win32', ['rundll32', 'url.dll,FileProtocolHandler', 'http://localhost:8080']],
] as const)('on %s the browser is opened by %j', (platform, line) => {
  expect(browserCommand(platform, 'http://localhost:8080')).toEqual(line);
});
