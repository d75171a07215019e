import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Install } from '../bench/install/install.ts';
import { statusByCode } from '../facts/error-codes.ts';
import { functionSettings } from '../facts/function-settings.ts';
import { mostInstalledInMegabytes } from '../facts/install-budget.ts';
import { maximumEventSizeInBytes, oneProcessorInMb } from '../facts/lambda.ts';
import { freeEachMonth, northVirginia } from '../facts/prices.ts';
import { mostJavaScriptInBytes, mostWebAssemblyInBytes } from '../facts/start-budget.ts';
import { assets } from '../function/bundling/assets.ts';
import { describeApi } from '../function/openapi/describe-api.ts';
import { readLimits } from '../function/settings/limits.ts';
import { imagesKept } from '../infra/service-image.ts';
import { load } from '../model/classifier.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const readme = read('README.md');
const http = read('docs/http.md');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(new URL('../docs', import.meta.url))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const inThousands = (value: number) => value.toLocaleString('en-US');

describe('docs/http.md', () => {
  it.each(Object.entries(statusByCode))('tells when the code %s comes, with status %i', (code, status) => {
    expect(http).toMatch(new RegExp(`^\\| ${status} \\| \`${code}\` \\| .{10,} \\|$`, 'm'));
  });

  it('names every route of the HTTP interface', () => {
    const api = describeApi({ limits: readLimits({}), version: '1', hasPage: true, hasSecret: false });

    for (const [path, methods] of Object.entries(api.paths as object)) {
      for (const method of Object.keys(methods)) expect(http).toContain(`\`${method.toUpperCase()} ${path}\``);
    }
  });
});

describe('the README', () => {
  it('has no more than 150 lines', () => {
    expect(readme.trim().split('\n').length).toBeLessThanOrEqual(150);
  });

  it('names no route that is not in docs/http.md', () => {
    const routes = [...readme.matchAll(/`((?:GET|POST) \/[^`]*)`/g)].map(([, route = '']) => route);

    expect(routes).toContain('POST /predict');
    for (const route of routes) expect(http).toContain(`\`${route}\``);
  });

  it('shows the version of the shipped model', async () => {
    const classifier = await load(assets.modelDirectory, assets);
    const { version } = classifier;
    classifier.dispose();

    expect(readme).toContain(`"version":"${version}"`);
    expect(read('model/clothing/README.md')).toContain(`Version \`${version}\``);
    expect(read('docs/deploy.md')).toContain(`modelVersion : "${version}"`);
  });
});

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('names no command that is not there', () => {
    const commands = new Set([...text.matchAll(/lambda-lens ([a-z]+)\b/g)].map(([, command = '']) => command));
    const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
    const prose = new Set(['with', 'dist', 'turns', 'reads']);

    for (const command of commands) {
      if (!prose.has(command))
        expect(existsSync(new URL(`../cli/commands/${command}.ts`, import.meta.url)), command).toBe(true);
    }
    for (const [, script = ''] of text.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toContain(script);
  });

  it('links no file that is not there', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) => path);

    for (const path of links) {
      expect(existsSync(new URL(`../${normalize(join(dirname(page), path))}`, import.meta.url)), path).toBe(true);
    }
  });
});

// The figures that stand in sentences; tables are made by "npm run docs:tables".
describe('a figure in a sentence is what it is at its source:', () => {
  const { maximumBodySizeInBytes, maximumItems } = functionSettings;
  const install: Install = JSON.parse(read('bench/results/install.json'));
  const kernels = read('bench/results/kernels.md');
  const weightsInBytes = statSync(new URL('../model/clothing/weights.bin', import.meta.url)).size;
  const card = JSON.parse(read('model/clothing/card.json'));
  const measured = card.metrics.evaluation;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const [, month] = /^2026-(\d\d)$/.exec(northVirginia.dated) ?? [];

  it.each([
    ['README.md', `up to ${maximumItems.default} of those`],
    ['README.md', `a photo of ${maximumBodySizeInBytes.default / 1e6} MB`],
    ['README.md', `up to ${Math.floor(maximumEventSizeInBytes / 1e6)} MB`],
    ['README.md', `at ${inThousands(oneProcessorInMb)} MB`],
    ['README.md', `\`npm ci\` puts ${install.megabytes} MB`],
    ['CONTRIBUTING.md', `puts ${install.megabytes} MB on the disk, and may put ${mostInstalledInMegabytes} there`],
    ['CONTRIBUTING.md', `took ${install.secondsWithoutCache} s`],
    ['docs/http.md', `up to ${maximumItems.default} of those`],
    ['docs/http.md', `a photo of ${maximumBodySizeInBytes.default / 1e6} MB`],
    ['docs/http.md', `over about ${Math.floor(maximumEventSizeInBytes / 1e6)} MB`],
    ['docs/cost.md', `${inThousands(freeEachMonth.gbSeconds)}\nGB-seconds`],
    ['docs/cost.md', `Prices of ${northVirginia.region} in ${month === '11' ? 'November' : '?'} 2026`],
    ['docs/benchmarks.md', `${mostJavaScriptInBytes / 1000} kB of JavaScript`],
    ['docs/benchmarks.md', `${mostWebAssemblyInBytes / 1000} kB of WebAssembly`],
    ['docs/benchmarks.md', `${Math.round(weightsInBytes / 1e6)} MB of weights`],
    ['docs/benchmarks.md', `do ${/^\| \*\*all\*\* .*\| ([\d]+ %) \|$/m.exec(kernels)?.[1]} of the multiply-adds`],
    ['model/clothing/README.md', `| photos | ${measured.photos} |`],
    ['model/clothing/README.md', `| right | ${percent(measured.accuracy)} (`],
    ['model/clothing/README.md', `| marked \`confident\` | ${percent(measured.confidentCoverage)} (`],
    ['model/clothing/README.md', `| right among the \`confident\` | ${percent(measured.confidentRight)} (`],
    ['model/clothing/README.md', `| expected calibration error | ${measured.calibrationError} |`],
    ['model/clothing/README.md', `divided by ${card.calibration.temperature.toFixed(4)}`],
    ['model/clothing/README.md', `below ${card.calibration.unsureBelow.toFixed(4)} is \`unsure\``],
    ['docs/deploy.md', `the last ${imagesKept === 10 ? 'ten' : imagesKept} images`],
  ])('%s says "%s"', (page, words) => {
    expect(read(page)).toContain(words);
  });
});
