import type { FunctionControl } from './function-control.ts';
import type { StackFile } from './stack-file.ts';

/** What `on` puts back. */
export interface BeforeOff {
  /** What was reserved; null where nothing was. */
  readonly reserved: number | null;
  /** The setting of the stack, which need not be the same; null where it was left out. */
  readonly maximumConcurrency: string | null;
  /** The ids of the sources that were on. */
  readonly eventSources: readonly string[];
}

/** The setting that remembers it, as JSON. */
export const beforeOffSetting = 'beforeOff';

/**
 * Lets no more instances run and stops what feeds the function by itself, whose messages would else end as failed ones.
 * Doors and addresses stay. The stack's file says 0 from then on, so that no deploy turns it on again.
 * @returns what was done, a sentence a line
 */
export async function switchOff(control: FunctionControl, file: StackFile | undefined): Promise<readonly string[]> {
  const reserved = await control.getReservedConcurrency();
  if (reserved === 0) return ['It is off already.'];
  const sources = (await control.listEventSources()).filter(({ isEnabled }) => isEnabled);
  const before: BeforeOff = {
    reserved: reserved ?? null,
    maximumConcurrency: file?.get('maximumConcurrency') ?? null,
    eventSources: sources.map(({ id }) => id),
  };
  // Remembered first: what fails half-way can be turned on again.
  await file?.write({ [beforeOffSetting]: JSON.stringify(before), maximumConcurrency: 0 });
  for (const { id } of sources) await control.setEventSource(id, false);
  await control.setReservedConcurrency(0);
  return [
    'Off: AWS turns every call away from now on. Doors, addresses and images stay.',
    ...sources.map(({ source }) => `Stopped reading ${source}, which keeps its messages for as long as it is set to.`),
    file === undefined
      ? `It was ${reserved === undefined ? 'without a limit' : `limited to ${reserved}`}; tell "on" by --concurrency.`
      : `${file.name} says maximumConcurrency 0 now, so a deploy leaves it off. "lambda-lens on" puts back what was.`,
  ];
}
