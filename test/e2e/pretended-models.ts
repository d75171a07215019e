import type { Page } from 'playwright-core';
import type { Answer, HealthBody } from '../../facts/answers.ts';
import type { Service } from '../../function/wire.ts';

interface Pretended {
  readonly name: string;
  readonly labels: readonly string[];
  readonly output: HealthBody['model']['output'];
  readonly verdicts: readonly Answer['verdict'][];
}

const clothes = ['dress', 'hat', 'longsleeve', 'outwear', 'pants', 'shirt', 'shoes', 'shorts', 'skirt', 't-shirt'];
const models = {
  clothes: {
    name: 'clothing',
    labels: clothes,
    output: 'logits',
    verdicts: ['confident', 'confident', 'unsure', 'unfamiliar'],
  },
  uncalibrated: {
    name: 'street',
    labels: ['bicycle', 'bus', 'car', 'pedestrian', 'tram'],
    output: 'sigmoids',
    verdicts: ['uncalibrated'],
  },
  'thousand-labels': {
    name: 'imagenet',
    labels: Array.from({ length: 1000 }, (_, at) => `kind of thing ${at + 1}`),
    output: 'softmax',
    verdicts: ['confident'],
  },
  'long-and-right-to-left': {
    name: 'words',
    labels: [
      'a label of exactly sixty characters, spaces and all, so long',
      'قميص بأكمام طويلة',
      'חולצת טי',
      'Donaudampfschifffahrtsgesellschaftskapitänsmützenhalterungen',
      'スカート',
      'юбка',
    ],
    output: 'logits',
    verdicts: ['confident', 'unsure'],
  },
} as const satisfies Record<string, Pretended>;

/** Answers the page as a service with another model would, without one: the states of the page are what is looked at. */
export async function pretend(page: Page, which: keyof typeof models): Promise<void> {
  const model: Pretended = models[which];
  const version = '0123456789ab';
  let asked = 0;
  const health: HealthBody = {
    status: 'ok',
    model: { name: model.name, version, labels: model.labels, output: model.output },
    version: '0.1.0',
    architecture: 'arm64',
    limits: { bodySizeInBytes: 4_500_000, photoSizeInBytes: 20_000_000, pixels: 50_000_000, items: 16 },
  };
  await page.route('**/health', (route) => route.fulfill({ json: health }));
  await page.route('**/predict*', (route) => route.fulfill({ json: toAnswer(model, version, asked++) }));
  await page.reload();
}

/** The service but for its predictions, which are made up: a browser that answers itself would take minutes for a thousand. */
export function pretendPredictions({ handler, ...service }: Service, which: keyof typeof models): Service {
  let asked = 0;
  const answer = () => ({
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(toAnswer(models[which], '0123456789ab', asked++)),
    isBase64Encoded: false,
  });
  return {
    ...service,
    handler: async (event, context) =>
      (event as { rawPath?: string }).rawPath === '/predict' ? answer() : handler(event, context),
  };
}

function toAnswer({ name, labels, output, verdicts }: Pretended, version: string, at: number): Answer {
  const first = 0.45 + ((at * 37) % 55) / 100;
  const predictions = labels.slice(0, 100).map((_, place) => ({
    label: labels[(place + at) % labels.length] as string,
    probability: output === 'sigmoids' ? first * 0.85 ** place : place === 0 ? first : (1 - first) * 0.5 ** place,
    score: -place,
  }));
  const [{ label, probability }] = predictions as [Answer['predictions'][number]];
  return {
    label,
    probability,
    verdict: verdicts[at % verdicts.length] as Answer['verdict'],
    predictions,
    photo: { format: 'jpeg', width: 240, height: 320, orientation: 1, decoder: 'own' },
    model: { name, version },
    timing: { sourceMs: 0.4, decodeMs: 1.5, fitMs: 0.9, modelMs: 32, totalMs: 35 + (at % 9), coldStart: at === 0 },
  };
}
