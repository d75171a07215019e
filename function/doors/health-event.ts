import { isJsonObject } from '../../facts/json-object.ts';
import type { Health } from '../health/health.ts';
import { healthOptions, readOptions } from '../routes/read-options.ts';
import type { Door } from './door.ts';

/**
 * The bare event `{"health": {"deep": 1, "reference": 1}}` of `aws lambda invoke`: answered by what `GET /health` answers.
 * Who may invoke the function directly needs no secret.
 */
export function createHealthDoor(health: Health): Door {
  return {
    name: 'health',
    accepts: (event) => isJsonObject(event) && Object.keys(event).join() === 'health' && isJsonObject(event.health),
    answer(event, { deadline }) {
      const options = Object.entries((event as { readonly health: object }).health);
      const given = new URLSearchParams(options.map(([name, value]): [string, string] => [name, String(value)]));
      return health(readOptions(given, healthOptions), deadline);
    },
  };
}
