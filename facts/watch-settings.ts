import { functionSettings } from './function-settings.ts';
import type { SettingTable } from './setting.ts';
import { onOrOff, positiveNumber, text } from './setting-kinds.ts';

/** What of the stack's configuration says how the service is watched: alarms, spending, traces. */
export const watchSettings = {
  monitoring: {
    ...functionSettings.monitoring,
    default: true,
    sentence: "metrics in the function's log, alarms and a dashboard, within CloudWatch's free share",
  },
  alarmEmail: {
    ...text('an e-mail address', (value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)),
    default: undefined,
    sentence: 'who is told when an alarm goes off, and when it is over; AWS asks that address to confirm first',
  },
  alarmErrorPercent: {
    ...positiveNumber(100, '%'),
    default: 1,
    sentence: 'alarm when more of the requests fail by our own fault, on two of three minutes',
  },
  alarmDurationPercent: {
    ...positiveNumber(100, '%'),
    default: 80,
    sentence: 'alarm when the slowest hundredth takes more than this share of the timeout',
  },
  alarmConcurrencyPercent: {
    ...positiveNumber(100, '%'),
    default: 80,
    sentence: 'alarm when more of `maximumConcurrency` is in use, where that is set',
  },
  alarmMemoryPercent: {
    ...positiveNumber(100, '%'),
    default: 90,
    sentence: "alarm when an instance holds more of the function's memory",
  },
  alarmUnfamiliarTimes: {
    ...positiveNumber(100, 'times'),
    default: 2,
    sentence:
      'alarm when the share of `unfamiliar` answers of an hour is so many times that of its week, from 100 photos an hour on',
  },
  monthlyBudget: {
    ...positiveNumber(10_000_000, 'dollars'),
    default: undefined,
    sentence:
      "tells `alarmEmail` when the account's bill comes to 80 and 100 % of this in a month, and when it is forecast to",
  },
  automaticOff: {
    ...positiveNumber(1_000_000, 'dollars an hour'),
    default: undefined,
    sentence: 'turns the function off, as `lambda-lens off` does, when an hour of Lambda costs more than this',
  },
  tracing: {
    ...onOrOff(),
    default: false,
    sentence: 'whether AWS X-Ray traces requests, which it bills by the trace',
  },
} as const satisfies SettingTable;
