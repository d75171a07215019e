import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Decision, ReviewJournal } from '../../../cli/review/review-journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'review-journal-'));
afterAll(() => rmSync(folder, { recursive: true }));
const decision = (name: string): Decision => ({ name, sha256: 'ab', kind: 'label', label: 'hat', fingerprint: 'f0' });

describe('what was decided', () => {
  it('is there again when the review is opened anew, without what was undone', () => {
    const path = join(folder, 'again');
    const first = new ReviewJournal(path);
    first.add(decision('a.jpg'));
    first.add(decision('b.jpg'));

    expect(first.undo()).toEqual(decision('b.jpg'));

    first.add({ ...decision('c.jpg'), kind: 'skip' });
    first.close();
    const second = new ReviewJournal(path);

    expect(second.decisions.map(({ name }) => name)).toEqual(['a.jpg', 'c.jpg']);

    second.undo();
    second.undo();

    expect(second.undo()).toBeUndefined();

    second.close();
  });

  it('is kept by one review at a time', () => {
    const path = join(folder, 'one');
    const journal = new ReviewJournal(path);

    expect(() => new ReviewJournal(path)).toThrow(/is writing it/);

    journal.close();
    new ReviewJournal(path).close();
  });

  it('loses no more than the line in which the program was ended', () => {
    const path = join(folder, 'cut');
    const first = new ReviewJournal(path);
    first.add(decision('ä.jpg'));
    first.close();
    appendFileSync(path, '{"name":"b.jp');

    const second = new ReviewJournal(path);
    second.add(decision('c.jpg'));
    second.close();

    expect(second.decisions.map(({ name }) => name)).toEqual(['ä.jpg', 'c.jpg']);
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(2);
  });

  it.each([
    'nonsense\n',
    '{"name":"a.jpg"}\n',
    '{"name":"a","sha256":"b","kind":"label","fingerprint":"0"}\n',
    'null\n',
  ])('is not looked for in %j', (text) => {
    const path = join(folder, 'other');
    writeFileSync(path, text);

    expect(() => new ReviewJournal(path)).toThrow(/no record of a review/);
  });

  it('says where it cannot be kept', () => {
    expect(() => new ReviewJournal(join(folder, 'nowhere', 'x'))).toThrow(/cannot be kept in .*: there is no such/);
  });
});
