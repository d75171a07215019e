import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { PNG } from 'pngjs';
import { afterAll, expect, it } from 'vitest';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';
import { callCli } from './call-cli.ts';
import { spawnCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'classify-'));
const model = writeTinyModel();
afterAll(() => rmSync(folder, { recursive: true }));

const shelf = join(folder, 'shelf');
mkdirSync(join(shelf, 'more'), { recursive: true });
const good = join(shelf, 'good.jpg');
const bad = join(shelf, 'bad.jpg');
const missing = join(folder, 'missing.jpg');
writeFileSync(good, drawnJpeg(40, 30));
writeFileSync(bad, drawnJpeg(40, 30).subarray(0, 400));
const more = Array.from({ length: 8 }, (_, index) => join(shelf, 'more', `${index}, of 8.jpg`));
for (const [index, path] of more.entries()) writeFileSync(path, drawnJpeg(20 + index, 20, index));

function classify(...words: string[]) {
  return callCli(['classify', '--model', model, ...words]);
}

it('prints a table, goes on after files that are none, and ends with 1', async () => {
  const { output, errors, code } = await classify(missing, bad, good);

  expect(code).toBe(1);
  expect(output).toMatch(/good\.jpg: \w+ \(jpeg 40 × 30, \d+ ms\)\n {2}(red|green) +\d+\.\d %/);
  expect(errors).toContain(`${missing}: The file cannot be read: there is no such file or folder.`);
  expect(errors).toContain(`${bad}: `);
});

it('prints a line of JSON a photo, in their order', async () => {
  const { output, errors, code } = await classify('--json', '--top', '1', '--explain', good, bad, good);

  expect(code).toBe(1);
  expect(errors).toBe('');

  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

  expect(lines).toEqual([
    expect.objectContaining({
      file: good,
      label: expect.any(String),
      predictions: [expect.anything()],
      explanation: expect.anything(),
    }),
    { file: bad, error: expect.objectContaining({ code: 'corrupt_photo' }) },
    expect.objectContaining({ file: good }),
  ]);
});

it('writes the same CSV with one worker and with three, and again where it goes on with half of it', async () => {
  const one = join(folder, '1.csv');
  const three = join(folder, '3.csv');
  const resumed = join(folder, 'resumed.csv');
  const alone = await classify(shelf, '--out', one, '--workers', '1');
  const together = await classify(join(shelf, '**/*'), '--out', three, '--workers', '3');
  const whole = readFileSync(one, 'utf8');

  expect(whole.split('\n')[0]).toBe('file,label,probability,verdict,error,red,green');
  expect(whole).toContain(`"${more[0]}",`);
  expect(whole).toContain(`${bad},,,,corrupt_photo,,`);
  expect(readFileSync(three, 'utf8').split('\n').sort()).toEqual(whole.split('\n').sort());
  expect(alone).toMatchObject({ code: 1, output: expect.stringContaining('9 photos classified') });
  expect(together).toMatchObject({ code: 1, errors: expect.stringContaining(`${bad}: `) });

  writeFileSync(resumed, whole.slice(0, whole.length / 2));
  const rest = await classify(shelf, '--out', resumed, '--resume');

  expect(rest.output).toMatch(/ \d were there/);
  expect(readFileSync(resumed, 'utf8')).toBe(whole);
});

it('takes a photo from standard input, and draws what speaks for it', async () => {
  const out = join(folder, 'from-input.png');
  const words = [['--json'], ['--explain', '--out', out]];

  const runs = words.map((more) => spawnCli(['classify', '--model', model, '-', ...more], {}, drawnJpeg(40, 30)));
  const [json] = await Promise.all(runs.map(({ stdout }) => text(stdout)));

  expect(JSON.parse(json ?? '')).toMatchObject({ file: '-', photo: { width: 40, height: 30 } });
  expect(PNG.sync.read(readFileSync(out))).toMatchObject({ width: 40, height: 30 });
});

it('fetches a photo as the service does, with its rules', async () => {
  const server = createServer((_request, response) => response.end(drawnJpeg(40, 30))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const words = ['classify', '--model', model, '--json', `http://${host}/hat.jpg?size=1*`];

  const allowed = await callCli(words, { PHOTO_URL_ALLOWED_HOSTS: host });
  const refused = await callCli(words);
  server.close();

  expect(JSON.parse(allowed.output)).toMatchObject({ photo: { width: 40 } });
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.output)).toMatchObject({ error: { code: 'url_not_allowed' } });
});

it('keeps a file that is there, unless it is told to replace it', async () => {
  const out = join(folder, 'kept.csv');
  writeFileSync(out, 'mine\n');

  const kept = await classify(good, '--out', out);

  expect(kept).toMatchObject({ code: 1, errors: expect.stringContaining('exists already') });
  expect(readFileSync(out, 'utf8')).toBe('mine\n');
  expect((await classify(good, '--out', out, '--force')).code).toBe(0);
  expect(readFileSync(out, 'utf8')).toMatch(/^file,label,/);
});

it('writes a page with the photos and their answers beside the other output', async () => {
  const html = join(folder, 'sheet.html');

  const { output, code } = await classify(good, bad, '--html', html);
  const page = readFileSync(html, 'utf8');

  expect(code).toBe(1);
  expect(output).toContain('good.jpg: ');
  expect(page.match(/<img src="data:image\/jpeg;base64,/g)).toHaveLength(1);
  expect(page).toContain('No answer');
  expect((await classify(good, '--html', html)).errors).toContain('exists already');
});

it('draws what speaks for the label over the photo', async () => {
  const out = join(folder, 'heat.png');

  expect(await classify(good, '--explain', '--out', out)).toMatchObject({ code: 0, errors: '' });

  const { width, height } = PNG.sync.read(readFileSync(out));

  expect({ width, height }).toEqual({ width: 40, height: 30 });
});

it.each([
  ['--resume without a file', ['--resume'], 'needs a file'],
  ['an explanation in a table', ['--explain'], 'no place'],
  ['a file to go on with and to replace', ['--resume', '--force', '--out', 'x.csv'], 'replaces it'],
  ['a picture of many photos', ['--explain', '--out', 'heat.png', shelf], 'one photo, not'],
  ['a model that is none', ['--model', folder], 'card.json'],
])('says in a sentence and a hint what is wrong with %s', async (_case, words, sentence) => {
  const { errors, code, output } = await classify(good, ...words);

  expect({ code, output }).toEqual({ code: 1, output: '' });
  expect(errors).toContain(sentence);
  expect(errors.trim().split('\n')).toHaveLength(2);
});

it('does not understand --top 0', async () => {
  expect((await classify('--top', '0', good)).code).toBe(2);
});

it('says where it stopped when it is interrupted', async () => {
  const child = spawnCli(['classify', '--model', model, '--json', ...Array<string>(2_000).fill(good)]);
  const errors = text(child.stderr);

  await once(child.stdout, 'data');
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');

  expect(code).toBe(130);
  expect(await errors).toMatch(/Stopped after \d+ of 2000 photos\./);
});

it('classifies what comes into a watched folder until it is stopped', async () => {
  const inbox = join(folder, 'inbox');
  mkdirSync(inbox);
  const child = spawnCli(['classify', '--model', model, '--watch', inbox, '--json']);
  const errors = text(child.stderr);
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  // It says that it waits once it knows what was there; until then a photo would be one of those.
  const first = lines.next();
  for (let count = 0; ; count++) {
    writeFileSync(join(inbox, `${count}.jpg`), drawnJpeg(40, 30));
    const line = await Promise.race([first, sleep(3_000)]);
    if (line === undefined) continue;
    expect(JSON.parse(line.value ?? '')).toMatchObject({
      file: expect.stringContaining(inbox),
      label: expect.any(String),
    });
    break;
  }

  child.kill('SIGINT');

  expect((await ended)[0]).toBe(0);
  expect(await errors).toMatch(/^Waiting for photos in .*inbox\. Ctrl-C ends it\.\n/);
});

it.each([
  [[], 'No photo is named.'],
  [['--watch', '/no/such/folder'], '/no/such/folder is no folder.'],
  [['photo.jpg', '--watch', '.'], '--watch takes the photos of its folder alone.'],
  [['--watch', '.', '--html', 'page.html'], '--html is written once all photos are there.'],
])('refuses %j in a sentence', async (words, sentence) => {
  const { errors, code } = await classify(...words);

  expect(code).not.toBe(0);
  expect(errors).toContain(sentence);
});
