import { CliError } from '../cli-error.ts';
import { listCandidates, type RollBackParts, rollBack } from '../operate/roll-back.ts';

/**
 * Takes a rollout back: one that is under way ends, and after one that has ended the version before it is live again, as by
 * `lambda-lens rollback`.
 * @returns what was done, a sentence a line
 * @throws CliError where no version before has its image
 */
export async function endRollout(parts: RollBackParts): Promise<readonly string[]> {
  const { control } = parts;
  const { version, canary } = await control.getRouting();
  if (canary !== undefined) {
    await control.setLiveVersion(version);
    return [`Version ${canary.version} gets no request any more: version ${version} has them all.`];
  }
  const earlier = (await listCandidates(parts)).find(
    (candidate) => Number(candidate.version) < Number(version) && candidate.hasImage !== false,
  );
  if (earlier === undefined) {
    throw new CliError(`There is no version before ${version} that could start.`, 'Deploy the sources that you want.');
  }
  return rollBack(parts, earlier.version);
}
