import { isJsonObject } from '../../facts/json-object.ts';
import type { Door } from './door.ts';

/** What EventBridge's schedules and the plug-in for the Serverless Framework name themselves. */
const warmers: ReadonlySet<unknown> = new Set(['aws.events', 'serverless-plugin-warmup']);

/** An event whose only use is that the process is there afterwards: answered without work, and without a line in the log. */
export const warmDoor: Door = {
  name: 'warm',
  isQuiet: true,
  accepts(event) {
    if (!isJsonObject(event)) return false;
    return warmers.has(event.source) || event.warmup === true || event.warmer === true;
  },
  answer: async () => ({ warm: true }),
};
