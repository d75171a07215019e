import type {
  EventSource,
  FunctionControl,
  PublishedVersion,
  Routing,
  VersionFacts,
} from '../../../cli/operate/function-control.ts';
import type { ImageShelf } from '../../../cli/operate/image-shelf.ts';

export const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`;

export function version(number: number, letter: string): PublishedVersion {
  return {
    version: String(number),
    modified: new Date(Date.UTC(2026, 10, number, 12)),
    description: `model clothing ${letter}`,
    imageUri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/lens@${digestOf(letter)}`,
  };
}

/** A function that behaves as one on AWS does, as far as the commands ask. */
export class FunctionInMemory implements FunctionControl {
  reserved: number | undefined;
  sources: EventSource[] = [];
  live = '3';
  canary: Routing['canary'];
  versions: PublishedVersion[] = [version(3, 'c'), version(2, 'b'), version(1, 'a')];
  /** The calls that changed something, in order. */
  readonly calls: string[] = [];

  async getReservedConcurrency() {
    return this.reserved;
  }
  async setReservedConcurrency(instances: number | undefined) {
    this.calls.push(`reserve ${instances}`);
    this.reserved = instances;
  }
  async listEventSources() {
    return this.sources;
  }
  async setEventSource(id: string, isEnabled: boolean) {
    this.calls.push(`${isEnabled ? 'enable' : 'disable'} ${id}`);
    this.sources = this.sources.map((source) => (source.id === id ? { ...source, isEnabled } : source));
  }
  async getLiveVersion() {
    return this.live;
  }
  async setLiveVersion(version: string) {
    await this.setRouting({ version });
  }
  async getRouting(): Promise<Routing> {
    return { version: this.live, ...(this.canary !== undefined && { canary: this.canary }) };
  }
  async setRouting({ version, canary }: Routing) {
    this.calls.push(canary === undefined ? `live ${version}` : `live ${version}, ${canary.share} to ${canary.version}`);
    this.live = version;
    this.canary = canary;
  }
  async describeVersion(_version: string): Promise<VersionFacts> {
    const facts = { state: 'Active', reason: undefined, role: 'role', deadLetterTarget: '' };
    return { ...facts, timeoutInSeconds: 20, variables: {} };
  }
  /** As a version answers that is as good as its parity photos. */
  async invokeVersion(_version: string, event: object) {
    const isHealth = 'rawPath' in event && event.rawPath === '/health';
    const body = isHealth ? { status: 'ok', parity: { photos: 12 } } : { label: 'pants', timing: { totalMs: 20 } };
    return { isError: false, payload: JSON.stringify({ statusCode: 200, body: JSON.stringify(body) }) };
  }
  async listVersions() {
    return this.versions;
  }
}

export class ShelfInMemory implements ImageShelf {
  readonly tags = new Map<string, string>();
  readonly digests: ReadonlySet<string>;

  constructor(...letters: string[]) {
    this.digests = new Set(letters.map(digestOf));
  }
  async findMissing(digests: readonly string[]) {
    return new Set(digests.filter((digest) => !this.digests.has(digest)));
  }
  async tag(digest: string, tag: string) {
    this.tags.set(tag, digest);
  }
}
