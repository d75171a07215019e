import type { CorsOrigins } from '../http/cors.ts';
import { type DirectAnswer, readDirectAnswer } from './direct-answer.ts';
import { type Limits, readLimits } from './limits.ts';
import { SettingError } from './setting-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says of the service as a whole; an unset or empty variable means the default. */
export interface Settings {
  readonly limits: Limits;
  /** `MODEL_DIRECTORY`: undefined for the shipped model. */
  readonly modelDirectory: string | undefined;
  /** `CORS_ORIGINS`: `*`, the default, or origins separated by commas. */
  readonly corsOrigins: CorsOrigins;
  /** `API_SECRET`: what callers of predictions must send; undefined, the default, lets everyone in. */
  readonly secret: string | undefined;
  /** `DIRECT_ANSWER`: `labels`, the default, or `course-2026`. */
  readonly directAnswer: DirectAnswer;
}

const minimumSecretLength = 8;

/** @throws SettingError naming the variable, its value and what it may be */
export function readSettings(environment: Environment): Settings {
  return {
    limits: readLimits(environment),
    modelDirectory: environment.MODEL_DIRECTORY || undefined,
    corsOrigins: readCorsOrigins(environment.CORS_ORIGINS || '*'),
    secret: readSecret(environment.API_SECRET || undefined),
    directAnswer: readDirectAnswer(environment.DIRECT_ANSWER),
  };
}

function readCorsOrigins(text: string): CorsOrigins {
  if (text.trim() === '*') return '*';
  return text.split(',').map((entry) => {
    const origin = entry.trim();
    // An origin with a slash at its end, a path or a capital would match no browser's header, ever.
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new SettingError('CORS_ORIGINS', text, '* or origins such as https://shop.example, separated by commas');
    }
    return origin;
  });
}

function readSecret(secret: string | undefined): string | undefined {
  if (secret !== undefined && !new RegExp(`^[!-~]{${minimumSecretLength},}$`).test(secret)) {
    throw new SettingError(
      'API_SECRET',
      undefined,
      `${minimumSecretLength} or more printable characters without spaces`,
    );
  }
  return secret;
}
