import { CliError } from '../cli-error.ts';
import type { FunctionControl, PublishedVersion } from './function-control.ts';
import { type ImageShelf, parseImageUri } from './image-shelf.ts';
import type { StackFile } from './stack-file.ts';

/** A version that the function can go back to, or cannot any more. */
export interface Candidate extends PublishedVersion {
  readonly isLive: boolean;
  /** Undefined where the repository is another's, or does not tell. */
  readonly hasImage: boolean | undefined;
}

export interface RollBackParts {
  readonly control: FunctionControl;
  /** The images in a repository; rejects where it may not be read. */
  readonly openShelf: (repository: string) => Promise<ImageShelf>;
  readonly file: StackFile | undefined;
  /** What keeps an image from being cleaned away. */
  readonly keepTag: string;
}

/** The published versions, the newest first, each with whether its image is still there. */
export async function listCandidates({ control, openShelf }: RollBackParts): Promise<readonly Candidate[]> {
  const [versions, live] = await Promise.all([control.listVersions(), control.getLiveVersion()]);
  const missing = new Set<string>();
  const unread = new Set<string>();
  const places = versions.flatMap(({ imageUri }) => parseImageUri(imageUri) ?? []);
  for (const repository of new Set(places.map((place) => place.repository))) {
    const digests = places.filter((place) => place.repository === repository).map(({ digest }) => digest);
    try {
      const shelf = await openShelf(repository);
      for (const digest of await shelf.findMissing(digests)) missing.add(digest);
    } catch {
      // Another account's, or one that these credentials may not read: Lambda decides.
      unread.add(repository);
    }
  }
  return versions.map((version) => {
    const place = parseImageUri(version.imageUri);
    const isKnown = place !== undefined && !unread.has(place.repository);
    return {
      ...version,
      isLive: version.version === live,
      hasImage: isKnown ? !missing.has(place.digest) : undefined,
    };
  });
}

/**
 * Moves the alias to a version, keeps its image, and has the stack's file say so: neither a deploy nor a refresh moves it on.
 * @returns what was done, a sentence a line
 * @throws CliError for a version that there is not, or whose image is gone
 */
export async function rollBack(parts: RollBackParts, version: string): Promise<readonly string[]> {
  const { control, openShelf, file, keepTag } = parts;
  const candidates = await listCandidates(parts);
  const chosen = candidates.find((candidate) => candidate.version === version);
  if (chosen === undefined) {
    throw new CliError(`There is no version ${version}.`, 'Run "lambda-lens rollback" without a version to see them.');
  }
  if (chosen.hasImage === false) {
    throw new CliError(
      `The image of version ${version} is gone from its repository, so it could not start.`,
      'Choose one whose image is there, or check out its sources and deploy them.',
    );
  }
  const place = parseImageUri(chosen.imageUri);
  if (chosen.hasImage && place !== undefined) await (await openShelf(place.repository)).tag(place.digest, keepTag);
  // A rollout that is under way ends with it.
  const { canary } = await control.getRouting();
  if (!chosen.isLive || canary !== undefined) await control.setLiveVersion(version);
  await file?.write({ liveVersion: Number(version) });
  return [
    chosen.isLive && canary === undefined
      ? `Version ${version} is live already.`
      : `Version ${version} is live now, at the same addresses.`,
    file === undefined
      ? 'The next deploy of its stack moves on again.'
      : `${file.name} says liveVersion ${version}, so deploys publish versions but leave it live. ` +
        '"lambda-lens rollback --clear" ends that.',
  ];
}

/** Ends a roll-back: the next deploy makes the newest version live. */
export async function clearRollBack(file: StackFile): Promise<readonly string[]> {
  if (file.get('liveVersion') === undefined) return [`${file.name} names no liveVersion: deploys go live already.`];
  await file.write({ liveVersion: undefined });
  return ['Cleared: "npm run deploy" makes the newest version live.'];
}
