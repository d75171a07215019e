import type { StackFile } from '../../../cli/operate/stack-file.ts';

/** A stack's file whose settings are at hand. */
export function fileInMemory(settings: Record<string, string>): StackFile {
  return {
    name: 'Pulumi.test.yaml',
    get: (setting) => settings[setting],
    async write(changes) {
      for (const [setting, value] of Object.entries(changes)) {
        if (value === undefined) delete settings[setting];
        else settings[setting] = String(value);
      }
    },
  };
}
