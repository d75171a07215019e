import type { FunctionControl } from './function-control.ts';
import type { StackFile } from './stack-file.ts';
import { type BeforeOff, beforeOffSetting } from './switch-off.ts';

const unknown: BeforeOff = { reserved: null, maximumConcurrency: null, eventSources: [] };

/**
 * Puts back what was before `off`: instances, sources, the stack's setting. Where nobody remembers, there is no limit.
 * @param concurrency what to allow instead
 * @returns what was done, a sentence a line
 */
export async function switchOn(
  control: FunctionControl,
  file: StackFile | undefined,
  concurrency: number | undefined,
): Promise<readonly string[]> {
  const reserved = await control.getReservedConcurrency();
  const remembered = file?.get(beforeOffSetting);
  if (reserved !== 0 && remembered === undefined && concurrency === undefined) return ['It is on already.'];
  const before: BeforeOff = remembered === undefined ? configured(file) : JSON.parse(remembered);
  const instances = concurrency ?? before.reserved ?? undefined;
  const setting = concurrency ?? before.maximumConcurrency ?? undefined;

  await control.setReservedConcurrency(instances);
  const sources = new Map((await control.listEventSources()).map((source) => [source.id, source]));
  const stopped = before.eventSources.flatMap((id) => sources.get(id) ?? []);
  for (const { id } of stopped) await control.setEventSource(id, true);
  // Forgotten last: what fails half-way can be tried again.
  await file?.write({ [beforeOffSetting]: undefined, maximumConcurrency: setting });
  return [
    `On: ${instances === undefined ? 'without a limit of its own' : `at most ${instances} instances at a time`}.`,
    ...stopped.map(({ source }) => `Reads ${source} again.`),
  ];
}

/** Turned off by another hand, such as `automaticOff`: the stack's file still says what should be. */
function configured(file: StackFile | undefined): BeforeOff {
  const limit = file?.get('maximumConcurrency');
  if (limit === undefined || Number(limit) === 0) return unknown;
  return { reserved: Number(limit), maximumConcurrency: limit, eventSources: [] };
}
