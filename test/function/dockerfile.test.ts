import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const dockerfile = read('function/Dockerfile');

interface Stage {
  readonly from: string;
  readonly instructions: readonly string[];
}

/** Each stage's FROM line and the first word of each of its instructions; continuation lines joined, comments dropped. */
function stages(): readonly Stage[] {
  const lines = dockerfile.replace(/\\\n/g, ' ').split('\n');
  const [, ...parts] = lines
    .filter((line) => /^[A-Z]/.test(line))
    .join('\n')
    .split(/^FROM /m);
  return parts.map((part) => {
    const [from = '', ...rest] = part.trim().split('\n');
    return { from, instructions: rest.map((line) => line.replace(/ .*/, '')) };
  });
}

test('only copies in both final stages, so that neither architecture has to be run', () => {
  const targets = stages().filter(({ from }) => from === 'scratch' || from.endsWith(' AS aws'));
  expect(targets.map(({ instructions }) => instructions)).toEqual([
    ['ARG', 'LABEL', 'COPY', 'CMD'],
    ['ARG', 'LABEL', 'COPY', 'COPY', 'EXPOSE', 'ENTRYPOINT'],
  ]);
  expect(stages().at(-1)?.from).toBe('scratch');
});

test('runs something on the builder’s own platform alone', () => {
  const running = stages().filter(({ instructions }) => instructions.includes('RUN'));
  expect(running.map(({ from }) => from)).toEqual([expect.stringContaining('--platform=$' + '{BUILDPLATFORM}')]);
});

test('needs nothing of the builder that an old engine has not', () => {
  expect(dockerfile).not.toMatch(/^# *syntax=/m);
  expect(dockerfile).not.toMatch(/--mount|--link|<<[A-Z]/);
});

test('pins the Node.js that the project is tested with', () => {
  const { devDependencies, version } = JSON.parse(read('package.json'));
  expect(dockerfile).toContain(`ARG VERSION=${version}\n`);

  expect(dockerfile).toMatch(
    new RegExp(`ARG NODE_IMAGE=docker.io/library/node:${devDependencies.node}-[a-z-]+@sha256:[0-9a-f]{64}$`, 'm'),
  );
});

test('lets nothing into the context that the bundler did not stage', () => {
  const patterns = read('function/Dockerfile.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(patterns).toEqual([
    '*',
    '!*.mjs',
    '!*.wasm',
    '!*.LEGAL.txt',
    '!model',
    '!page',
    '!reference',
    '!LICENSE',
    '!NOTICE',
    '!sbom.cdx.json',
  ]);
});
