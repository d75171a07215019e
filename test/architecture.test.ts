import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countLines, type Import, listSources, readImports, readPackages } from './read-imports.ts';

const everyRoom = [
  'facts',
  'files',
  'wasm',
  'photo',
  'model',
  'importer',
  'training',
  'function',
  'infra',
  'cli',
  'library',
  'packaging',
  'docs',
];

/** Which rooms each may know; docs/architecture.md shows the same. */
const mayKnow: Readonly<Record<string, readonly string[]>> = {
  facts: [],
  files: ['facts'],
  wasm: ['facts'],
  photo: ['facts', 'wasm'],
  model: ['facts', 'files', 'wasm', 'photo'],
  importer: ['facts', 'files', 'wasm', 'photo', 'model'],
  training: ['facts', 'files', 'wasm', 'photo', 'model', 'importer'],
  function: ['facts', 'files', 'wasm', 'photo', 'model'],
  infra: ['facts', 'function', 'model'],
  cli: everyRoom,
  library: ['facts', 'function', 'importer', 'infra', 'model'],
  packaging: ['cli', 'function', 'wasm'],
  bench: [...everyRoom, 'test'],
  docs: [...everyRoom, 'bench', 'test'],
};

/** Where a room may know no more of another than this. */
const noMoreThan: readonly {
  readonly room: string;
  readonly of: string;
  readonly files: RegExp;
  readonly why: string;
}[] = [
  { room: 'infra', of: 'function', files: /^function\/bundling\//, why: 'but the bundler' },
  {
    room: 'infra',
    of: 'model',
    files: /^model\/(read-model-directory|model-error)\.ts$/,
    why: 'but how a directory is read',
  },
  { room: 'model', of: 'photo', files: /^photo\/pixels\//, why: 'but what pixels are' },
  { room: 'importer', of: 'photo', files: /^photo\/pixels\//, why: 'but what pixels are' },
];

/** Put the rooms together; everything else gets what it needs as an argument. */
const wiring =
  /^(?:function\/(?:main|anywhere|serve|wire|wire-batch|wire-photos|threads\/photo-thread)\.ts|(?:cli|library)\/.*)$/;

const typical: readonly Import[] = [
  { from: 'function/wire.ts', to: 'function/handler.ts', isOfTypesAlone: false },
  { from: 'function/wire-photos.ts', to: 'model/classification.ts', isOfTypesAlone: true },
  { from: 'function/wire-photos.ts', to: 'model/classifier.ts', isOfTypesAlone: false },
];

/** What is still to be mended: a violation that is gone has to go from here too. */
const knownViolations: readonly string[] = [];

const sources = listSources();
const imports = sources.flatMap(readImports);
const ours = sources.filter((file) => !file.startsWith('test/'));
const roomOf = (file: string) => /^([^./][^/]*)\//.exec(file)?.[1] ?? '';
const describeImport = ({ from, to }: Import) => `${from} → ${to}`;

function violationsOf(candidates: readonly Import[]): string[] {
  return candidates.map(describeImport).filter((violation) => !knownViolations.includes(violation));
}

describe('the rooms', () => {
  it.each(Object.entries(mayKnow))('let %s/ know no other than these: %j', (room, known) => {
    const others = imports.filter(
      ({ from, to }) => roomOf(from) === room && ![room, '', ...known].includes(roomOf(to)),
    );

    expect(violationsOf(others.filter(({ to }) => roomOf(to) !== 'node_modules'))).toEqual([]);
  });

  it.each(noMoreThan)('let $room/ know nothing of $of/ $why', ({ room, of, files }) => {
    const deeper = imports.filter(({ from, to }) => roomOf(from) === room && roomOf(to) === of && !files.test(to));

    expect(violationsOf(deeper)).toEqual([]);
  });

  it('are all named here, and in the map', () => {
    const rooms = [...new Set(ours.map(roomOf))].filter((room) => room !== '');
    const map = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');

    expect(Object.keys(mayKnow).sort()).toEqual(rooms.sort());

    for (const room of rooms.filter((name) => name !== 'docs')) expect(map).toContain(`| \`${room}/\` |`);
  });

  it('hold no more than 30 % of all lines but the tests each', () => {
    const lines = new Map<string, number>();
    for (const file of ours) lines.set(roomOf(file), (lines.get(roomOf(file)) ?? 0) + countLines(file));
    const all = [...lines.values()].reduce((sum, count) => sum + count, 0);

    for (const room of Object.keys(mayKnow)) expect((lines.get(room) ?? 0) / all, room).toBeLessThan(0.3);
  });

  it('are mended of nothing that is still listed as to be mended', () => {
    const all = imports.map(describeImport);

    for (const violation of knownViolations) expect(all).toContain(violation);
  });
});

describe('files', () => {
  it.each(typical)('are seen to import: $from $to', (one) => {
    expect(imports).toContainEqual(one);
  });

  it('are seen to come back to themselves', () => {
    const circle = ['a', 'b', 'c', 'b'].map((from, index, all) => ({
      from,
      to: all[index + 1] ?? 'd',
      isOfTypesAlone: true,
    }));

    expect(findCircles(['a', 'b', 'c'], circle)).toEqual(['b → c → b']);
  });

  it('import nothing that comes back to them, types included', () => {
    expect(findCircles(ours, imports)).toEqual([]);
  });
});

describe('each promise of the README', () => {
  const filesOf = (...rooms: readonly string[]) => ours.filter((file) => rooms.includes(roomOf(file)));
  const packagesOf = (files: readonly string[]) =>
    files.flatMap((file) => readPackages(file).map((name) => `${file}: ${name}`));

  it('holds: photo/, wasm/ and model/ know no HTTP and no AWS', () => {
    const network = /: (?:node:(?:http|https|http2|net|tls|dgram)\b|@aws|aws|undici)/;

    expect(packagesOf(filesOf('photo', 'wasm', 'model')).filter((name) => network.test(name))).toEqual([]);
  });

  it('holds: facts/ imports nothing at all', () => {
    expect(packagesOf(filesOf('facts'))).toEqual([]);
  });

  it('holds: what serves enters the model by classifier.ts alone, but for types, its pool and what both sides agree on', () => {
    const entries = imports.filter(
      ({ from, to, isOfTypesAlone }) =>
        /^function\/(?!bundling\/)/.test(from) && roomOf(to) === 'model' && /\.ts$/.test(to) && !isOfTypesAlone,
    );

    const shared = ['model/classifier.ts', 'model/parity/compare-scores.ts', 'model/card/smallest-useful-size.ts'];
    const others = entries.filter(({ to }) => !shared.includes(to) && !/^model\/pool(?:\.ts|\/)/.test(to));

    expect(violationsOf(others)).toEqual([]);
  });

  it('holds: commands enter the model by what they have to know of it', () => {
    const entries = imports.filter(({ from, to }) => roomOf(from) === 'cli' && roomOf(to) === 'model');
    const known = /^model\/(?:(?:card|verdict|explanation|parity|calibration|pool)\/|efficientnet-lite0$|[\w-]+\.ts$)/;

    expect(violationsOf(entries.filter(({ to }) => !known.test(to)))).toEqual([]);
  });

  it.each([
    ['component', /^infra\//, /\bextends pulumi\.ComponentResource\b/g],
    ['route', /^function\/routes\//, /^export function create\w*Route\b/gm],
    ['command', /^cli\/commands\//, /^export function register\w+/gm],
  ])('holds: one %s a file', (_what, place, definition) => {
    const counts = ours
      .filter((file) => place.test(file))
      .map((file) => readSource(file).match(definition)?.length ?? 0);

    expect(Math.max(...counts)).toBe(1);
  });

  it('holds: test/ is a mirror of the tree', () => {
    const folderOf = (file: string) => file.slice(0, file.lastIndexOf('/'));
    const folders = new Set(ours.flatMap((file) => pathsAbove(folderOf(file))));
    const mirrored = sources.filter((file) => /^test\/(?!ci\/|e2e\/|fuzz\/|helpers\/)[^/]+\/.*\.test\.ts$/.test(file));

    const lost = mirrored.map(folderOf).filter((folder) => !folders.has(folder.slice('test/'.length)));

    expect([...new Set(lost)]).toEqual([]);
  });

  // Test files share a worker's modules, so a hook there would run for the first of them alone.
  it('holds: what tests share registers no hooks of its own', () => {
    const shared = sources.filter((file) => /^test\/(?!.*\.test\.ts$)/.test(file));

    const hooked = shared.filter((file) =>
      /import \{[^}]*\b(?:before|after)(?:Each|All)\b[^}]*\} from 'vitest'/.test(readFileSync(file, 'utf8')),
    );

    expect(hooked).toEqual([]);
  });

  it('holds: nothing but main.ts, serve.ts, wire.ts, threads and the commands imports what puts the rooms together', () => {
    const wired = imports.filter(
      ({ from, to, isOfTypesAlone }) =>
        /^function\/(?:main|anywhere|serve|wire|wire-batch|wire-photos)\.ts$/.test(to) &&
        !isOfTypesAlone &&
        !wiring.test(from) &&
        !['test', 'bench'].includes(roomOf(from)),
    );

    expect(violationsOf(wired)).toEqual([]);
  });

  it('holds: nothing that runs in production knows the importer or a command', () => {
    const upward = imports.filter(
      ({ from, to }) =>
        ['facts', 'files', 'wasm', 'photo', 'model', 'function'].includes(roomOf(from)) &&
        ['importer', 'training', 'cli', 'bench', 'infra'].includes(roomOf(to)),
    );

    expect(violationsOf(upward)).toEqual([]);
  });
});

function readSource(file: string): string {
  return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
}

/** `a/b/c`, `a/b` and `a`. */
function pathsAbove(folder: string): string[] {
  const parts = folder.split('/');
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/** Each circle once, as the files along it. */
function findCircles(files: readonly string[], all: readonly Import[]): string[] {
  const byFile = Map.groupBy(all, ({ from }) => from);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (path.includes(file) || done.has(file)) return;
    for (const { to } of byFile.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return circles;
}
