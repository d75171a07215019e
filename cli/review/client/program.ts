import type { ReviewAnswer, SaidOfPhoto } from '../review-state.ts';

/** What could not be done, in words for a person. */
export class ProgramProblem extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** The program that shows this page. Each rejects with a {@link ProgramProblem}. */
export const program = {
  state: async (): Promise<ReviewAnswer> => (await ask('state')).json(),
  say: async (said: SaidOfPhoto): Promise<ReviewAnswer> => (await ask('said', said)).json(),
  undo: async (): Promise<ReviewAnswer> => (await ask('undo', {})).json(),
  again: async (): Promise<ReviewAnswer> => (await ask('again', {})).json(),
  finish: async (): Promise<void> => {
    await ask('finish', {});
  },
  photo: async (id: number): Promise<Blob> => (await ask(`photos/${id}`)).blob(),
};

async function ask(path: string, body?: object): Promise<Response> {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(path, init).catch(() => undefined);
  if (response === undefined) {
    throw new ProgramProblem(
      'The program does not answer any more.',
      'Start lambda-lens review again: it goes on where it was.',
    );
  }
  if (response.ok) return response;
  const { error } = await response.json();
  throw new ProgramProblem(error.message, error.hint);
}
