import type { Route } from '../http/router.ts';
import { htmlResponse } from '../page/html-response.ts';
import { loadOnce } from '../prediction/load-once.ts';

export interface ModelPageParts {
  /** What answers photos, once it is loaded. */
  readonly model: () => Promise<{ readonly version: string }>;
  readonly modelDirectory: string;
  readonly readFrame: () => Promise<string>;
}

/** `GET /model`: the model card for people. Rendered at its first request, and loaded no sooner. */
export function createModelRoute({ model, modelDirectory, readFrame }: ModelPageParts): Route {
  const page = loadOnce(async () => {
    const { fillFrame } = await import('../page/fill-frame.ts');
    const { readModelTexts } = await import('../page/read-model-texts.ts');
    const { renderModel } = await import('../page/render-model.ts');
    const { version } = await model();
    return htmlResponse(fillFrame(await readFrame(), renderModel(readModelTexts(modelDirectory), version)));
  });
  return { method: 'GET', path: '/model', hasRelativeLinks: true, answer: (_, { deadline }) => deadline.race(page) };
}
