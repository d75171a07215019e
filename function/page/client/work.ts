import type { HealthBody } from '../../../facts/answers.ts';
import { AnswerError } from './answer-error.ts';
import type { Problem } from './entry.ts';
import { createPacer, createQueue } from './pace.ts';
import type { PhotoEntry } from './photo-entry.ts';

const photosAtOnce = 2;

export interface WorkParts {
  readonly loadHealth: () => Promise<HealthBody>;
  /** Told whenever an entry is further on its way. */
  readonly onChange: (entry: PhotoEntry) => void;
  /** Told where the service asks for a secret. */
  readonly onUnauthorized: () => void;
}

/** Takes entries to their answers, two at a time, and waits with all of them where the service is busy. */
export function createWork({ loadHealth, onChange, onUnauthorized }: WorkParts): (entry: PhotoEntry) => void {
  const enqueue = createQueue(photosAtOnce);
  const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  const pacer = createPacer((error) => (error instanceof AnswerError ? error : undefined), sleep);

  const say = (entry: PhotoEntry, state: string, uploaded = 0) => {
    entry.state = state;
    entry.uploaded = uploaded;
    onChange(entry);
  };

  const ask = async (entry: PhotoEntry) => {
    say(entry, 'getting it ready…');
    const before = performance.now();
    const onUpload = (share: number) => say(entry, share < 1 ? 'sending…' : 'looking…', share);
    const answer = await entry.ask({ signal: entry.signal, onUpload });
    entry.roundTripMs = performance.now() - before;
    return answer;
  };

  return (entry) => {
    entry.begin('waiting');
    onChange(entry);
    enqueue(async () => {
      if (entry.signal.aborted) return;
      const onPause = (milliseconds: number) =>
        say(entry, `The service is busy: next try in ${Math.ceil(milliseconds / 1_000)} s`);
      try {
        const answer = await pacer.run(() => ask(entry), onPause);
        await loadHealth();
        entry.answer = answer;
      } catch (error) {
        if (entry.signal.aborted) return;
        entry.problem = toProblem(error);
        if (error instanceof AnswerError && error.status === 401) onUnauthorized();
      }
      onChange(entry);
    });
  };
}

function toProblem(error: unknown): Problem {
  if (error instanceof AnswerError) return { message: error.message, hint: error.hint };
  return { message: 'The page could not read the answer.', hint: 'Load the page again.' };
}
