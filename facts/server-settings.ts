import type { SettingTable } from './setting.ts';
import { text, wholeNumber } from './setting-kinds.ts';

/** Where the local server listens; it heeds the function's settings besides. */
export const serverSettings = {
  port: {
    ...wholeNumber(0, 65_535),
    default: 8080,
    sentence: 'the port that `npm start` listens on; 0 for a free one',
  },
  host: {
    ...text('an address or a name of this machine, without scheme and port', isHost),
    default: '127.0.0.1',
    sentence: 'the address that it listens on: this machine alone, unless set to another such as 0.0.0.0',
  },
  workers: {
    ...wholeNumber(1, 256, 'threads'),
    default: undefined,
    defaultInWords: 'one for each processor, as far as the memory goes',
    sentence: 'threads that decode and classify, each with a model of its own; 1 does it all on one',
  },
} as const satisfies SettingTable;

function isHost(text: string): boolean {
  return /^(?:[\w.-]+|[\da-f:.]*:[\da-f:.]*:[\da-f:.]*(?:%\w+)?)$/i.test(text);
}
