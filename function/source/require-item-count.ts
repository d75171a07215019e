import { ServiceError } from '../invocation/service-error.ts';

/** @throws ServiceError `bad_request` without items or with more than may come at once */
export function requireItemCount<Item>(items: readonly Item[], maximumItems: number): readonly Item[] {
  if (items.length < 1 || items.length > maximumItems) {
    throw new ServiceError(
      'bad_request',
      `The request has ${items.length} items; it may have 1 to ${maximumItems}.`,
      'Spread the photos over several requests.',
    );
  }
  return items;
}
