import { statSync } from 'node:fs';
import { relative } from 'node:path';
import type { Command } from 'commander';
import { assets } from '../../function/bundling/assets.ts';
import { loadOnce } from '../../function/prediction/load-once.ts';
import { openBrowser } from '../open-browser.ts';
import { chooseFolders } from '../review/choose-folders.ts';
import { describeBeginning, describeReview } from '../review/describe-review.ts';
import { PhotoFinder } from '../review/photo-finder.ts';
import { PhotoStore } from '../review/photo-store.ts';
import { preparePhoto } from '../review/prepare-photo.ts';
import { readResults } from '../review/read-results.ts';
import { ReviewJournal } from '../review/review-journal.ts';
import { ReviewSession } from '../review/review-session.ts';
import { serveReview } from '../review/serve-review.ts';
import { print, printError } from '../terminal/print.ts';
import { showName } from '../terminal/show-controls.ts';
import { untilStopped } from '../until-stopped.ts';

interface ReviewOptions {
  readonly photos?: string;
  readonly into?: string;
  readonly others?: string;
  readonly model?: string;
  readonly open: boolean;
}

/** `lambda-lens review RESULTS`: a person says what photos show that the service was unsure of. */
export function registerReview(program: Command): void {
  program
    .command('review')
    .description('label the photos that the service was unsure of, in the browser, to train again with them')
    .argument(
      '<results>',
      'JSON Lines of "lambda-lens classify --out results.jsonl" or of a stack, or a folder of what a stack kept',
    )
    .option('--photos <directory>', 'where the photos lie now, if not where the results say')
    .option(
      '--into <directory>',
      'the folder of class folders to copy them into (default: the one that the model was trained on)',
    )
    .option(
      '--others <directory>',
      'where photos of none of the labels go (default: that folder with -others behind its name)',
    )
    .option(
      '--model <directory>',
      "the trained model that knows those folders (default: MODEL_DIRECTORY, or the project's)",
    )
    .option('--no-open', 'do not open the browser')
    .addHelpText(
      'after',
      `
What a look at teaches most comes first. The page is for this machine alone, and for whoever has its address. Each photo is
copied, never moved, under a name made of its content; what was decided is kept beside the results, in RESULTS.review: the
next review goes on there.

Examples:
  lambda-lens classify inbox/ --out results.jsonl
  lambda-lens review results.jsonl
  lambda-lens review results.jsonl --into photos/ --others other-things/
  lambda-lens review results.jsonl --photos archive/2026/`,
    )
    .action(runReview);
}

async function runReview(results: string, options: ReviewOptions): Promise<void> {
  const { photos, failed } = readResults(results);
  const { into, others, out } = await chooseFolders(options, process.env);
  // Photos that a stack keeps lie beside their records.
  const folder = options.photos ?? (statSync(results).isDirectory() ? results : undefined);
  const finder = new PhotoFinder({ results, photos: folder });
  const [{ buildReviewPage }, intoStore, othersStore] = await Promise.all([
    import('../review/build-review-page.ts'),
    PhotoStore.open(into),
    PhotoStore.open(others),
  ]);
  const page = await buildReviewPage();
  const journal = new ReviewJournal(`${results.replace(/[\\/]+$/, '')}.review`);
  try {
    const session = new ReviewSession({
      results,
      photos,
      folder,
      journal,
      into: intoStore,
      others: othersStore,
      mayFind: (photo) => finder.mayFind(photo),
      prepare: (photo) =>
        preparePhoto(photo, {
          folder,
          candidates: (wanted) => finder.candidates(wanted),
          fetchPhoto,
          webpWasmFile: assets.webpWasmFile,
        }),
    });
    const stopped = untilStopped();
    const server = await serveReview(session, page);
    try {
      print(`Open ${server.address} to review ${showName(relative('', results))}.`);
      print(describeBeginning(session.counts, { failed, hasFolder: folder !== undefined }));
      print('It answers this machine alone. Ctrl-C, or Finish on the page, ends it; what was decided is kept.');
      if (options.open && process.stdout.isTTY) {
        openBrowser(server.address, () => printError('No browser could be opened here: open that address yourself.'));
      }
      await Promise.race([stopped, server.finished]);
    } finally {
      await server.close();
    }
    for (const line of describeReview(session.counts, { into, others, out, failed, directory: process.cwd() }))
      print(line);
  } finally {
    journal.close();
  }
}

/** Loaded for results that name addresses on the web. */
const photoFetcher = loadOnce(async () => {
  const { wireService } = await import('../../function/wire.ts');
  const { collaborators } = wireService(process.env, { startsCold: false });
  return collaborators.fetchPhoto;
});

async function fetchPhoto(address: string): Promise<Uint8Array> {
  const fetchOne = await photoFetcher();
  return fetchOne(address, { signal: new AbortController().signal });
}
