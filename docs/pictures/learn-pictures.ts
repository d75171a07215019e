import { compareServers } from '../../cli/cost/compare-servers.ts';
import { oneProcessorInMb } from '../../facts/lambda.ts';
import { northVirginia } from '../../facts/prices.ts';
import { readResults } from '../tables/read-results.ts';
import { drawBars } from './draw-bars.ts';
import { drawFlow } from './draw-flow.ts';

/** Requests whose bill the first chapter sets beside machines that stay on: the command's own defaults. */
const usualUsage = {
  photos: 100_000,
  photoSizeInKilobytes: 200,
  memoryInMb: oneProcessorInMb,
  architecture: 'arm64',
  door: 'http-api',
  warmMilliseconds: 60,
  coldMilliseconds: 800,
  coldShare: 0.01,
  imageSizeInMegabytes: 50,
} as const;

/** The pictures of docs/learn by chapter. */
export const learnPictures: Readonly<Record<string, () => string>> = {
  '01-serverless': drawBreakEven,
  '02-cold-start': drawColdStarts,
  '03-lite-runtime': drawSizes,
  '04-notebook-to-handler': () =>
    drawFlow('From a notebook to a handler: the usual way in five programs, and here in two commands', [
      {
        name: 'the usual way',
        steps: [
          { name: 'notebook', note: 'model.keras' },
          { name: 'convert', note: '.tflite or .onnx' },
          { name: 'handler', note: 'lambda_function.py', isMarked: true },
          { name: 'image', note: 'Python, wheels, glibc', isMarked: true },
          { name: 'console', note: 'function, role, API' },
        ],
      },
      {
        name: 'here',
        steps: [
          { name: 'notebook', note: 'model.keras' },
          { name: 'lambda-lens import', note: 'a model directory' },
          { name: 'npm run deploy', note: 'image, function, doors' },
        ],
      },
    ]),
  '05-image': () =>
    drawFlow('From source files to the digest that the function runs', [
      {
        name: 'build',
        steps: [
          { name: 'sources', note: 'TypeScript, a model' },
          { name: 'bundle', note: 'dist/, 7 MB' },
          { name: 'image', note: 'Node.js below it' },
        ],
      },
      {
        name: 'deploy',
        steps: [
          { name: 'push', note: 'layers, each once' },
          { name: 'registry', note: 'a tag can move' },
          { name: 'digest', note: 'sha256 of the manifest', isMarked: true },
          { name: 'function', note: 'runs exactly that' },
        ],
      },
    ]),
  '06-settings': () =>
    drawFlow('What a setting changes: time, bill, or who may call', [
      { name: 'time and bill', steps: [{ name: 'memoryInMb' }, { name: 'architecture' }, { name: 'modelDirectory' }] },
      {
        name: 'who may call, and how often',
        steps: [{ name: 'functionUrl' }, { name: 'httpApi' }, { name: 'throttleRate' }, { name: 'maximumConcurrency' }],
      },
      { name: 'what callers may send', steps: [{ name: 'photoUrl' }, { name: 'photoBuckets' }, { name: 'apiSecret' }] },
    ]),
  '07-console': () =>
    drawFlow("The console's Test button: an event in, an answer out", [
      {
        name: 'in the browser',
        steps: [
          { name: 'Lambda' },
          { name: 'your function' },
          { name: 'Test', note: 'paste an event', isMarked: true },
          { name: 'answer', note: 'label → score' },
        ],
      },
    ]),
  '08-doors': () =>
    drawFlow('Three doors in front of one function', [
      {
        name: 'function URL',
        steps: [{ name: 'caller' }, { name: 'URL', note: 'free, no throttle' }, { name: 'function' }],
      },
      {
        name: 'HTTP API',
        steps: [
          { name: 'caller' },
          { name: 'API Gateway', note: 'throttle, access log', isMarked: true },
          { name: 'function' },
        ],
      },
      {
        name: 'REST API',
        steps: [
          { name: 'caller' },
          { name: 'API Gateway', note: 'keys, plans, 3.5 × the price' },
          { name: 'function' },
        ],
      },
    ]),
  '09-pricing': drawBill,
  '10-taking-down': () =>
    drawFlow('Three ways to stop, from at once to for good', [
      {
        name: 'from at once to for good',
        steps: [
          { name: 'lambda-lens off', note: 'calls are turned away' },
          { name: 'close the doors', note: 'addresses go' },
          { name: 'pulumi destroy', note: 'everything goes', isMarked: true },
        ],
      },
    ]),
  '11-deploy': () =>
    drawFlow('What npm run deploy does, in order', [
      {
        name: 'before',
        steps: [
          { name: 'doctor', note: 'tools, account, model' },
          { name: 'preview', note: 'what would change' },
        ],
      },
      {
        name: 'pulumi up',
        steps: [
          { name: 'bundle' },
          { name: 'image', note: 'built, pushed' },
          { name: 'function', note: 'a new version' },
          { name: 'alias live', note: 'moves to it', isMarked: true },
          { name: 'doors', note: 'name the alias' },
        ],
      },
      { name: 'after', steps: [{ name: 'a photo', note: 'through each door' }] },
    ]),
};

function drawBreakEven(): string {
  const machines = compareServers(usualUsage, northVirginia);
  return drawBars(
    'Photos a day from which on a machine that stays on is cheaper than Lambda',
    machines.map(({ name, breakEvenPhotosADay }) => ({ name, value: breakEvenPhotosADay })),
    (photos) => `${Math.round(photos).toLocaleString('en-US')} a day`,
  );
}

function drawColdStarts(): string {
  const { cold } = readResults();
  return drawBars(
    'From the start of the process to the first answer, in milliseconds',
    Object.entries(cold).map(([name, { median }]) => ({
      name,
      value: median,
      isMarked: name.startsWith('lambda-lens'),
    })),
    (milliseconds) => `${Math.round(milliseconds)} ms`,
  );
}

function drawSizes(): string {
  const { addedBytes } = readResults();
  return drawBars(
    "What each runtime and its model add to its language's base image, compressed",
    Object.entries(addedBytes).map(([name, bytes]) => ({ name, value: bytes, isMarked: name === 'lambda-lens' })),
    (bytes) => `${(bytes / 1e6).toFixed(1)} MB`,
  );
}

function drawBill(): string {
  const { bills } = readResults();
  return drawBars(
    'A million photos of 0.2 megapixels on arm64, in dollars, without the free tier',
    Object.entries(bills.arm64 ?? {}).map(([name, { dollars }]) => ({
      name,
      value: dollars,
      isMarked: name === 'lambda-lens',
    })),
    (dollars) => `$${dollars.toFixed(2)}`,
  );
}
