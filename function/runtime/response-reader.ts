/** What the Runtime API answered to one message. */
export interface RuntimeResponse {
  readonly status: number;
  /** By their names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

interface Head {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
}

const lineBreak = '\r\n';
const endOfHead = '\r\n\r\n';
/** Lambda's are a few hundred bytes. */
const longestHeadInBytes = 2 ** 16;

/** One HTTP/1.1 response out of the pieces in which it comes (RFC 9112). */
export class ResponseReader {
  /** Whether a byte of it has come. */
  hasBegun = false;
  #rest: Buffer = Buffer.alloc(0);
  #head: Head | undefined;
  readonly #parts: Buffer[] = [];
  /** Of the body, or of the chunk that is coming; as many as come until the connection ends where no header says. */
  #missing = 0;
  #isChunked = false;
  #isLastChunk = false;

  /**
   * Takes the next piece.
   * @returns the response once it is whole
   * @throws Error where it is no HTTP/1.1, or has bytes behind its end
   */
  take(piece: Buffer): RuntimeResponse | undefined {
    this.hasBegun = true;
    this.#rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    if (this.#head === undefined && !this.#readHead()) return undefined;
    if (!(this.#isChunked ? this.#readChunks() : this.#readBody())) return undefined;
    if (this.#rest.length > 0) throw new Error('The Runtime API sent more than it was asked for.');
    return this.#finish();
  }

  /** The connection has ended: the response, where that was to end it. */
  end(): RuntimeResponse | undefined {
    return this.#missing === Number.POSITIVE_INFINITY ? this.#finish() : undefined;
  }

  #readHead(): boolean {
    for (;;) {
      const end = this.#rest.indexOf(endOfHead);
      if (end > longestHeadInBytes || (end === -1 && this.#rest.length > longestHeadInBytes)) {
        throw new Error(`The Runtime API sent headers of more than ${longestHeadInBytes} bytes.`);
      }
      if (end === -1) return false;
      const head = parseHead(this.#rest.toString('latin1', 0, end));
      this.#rest = this.#rest.subarray(end + endOfHead.length);
      // An interim response comes before the one that counts (RFC 9110, 15.2).
      if (head.status < 200) continue;
      this.#head = head;
      this.#isChunked = /(?:^|,)\s*chunked\s*$/i.test(head.headers.get('transfer-encoding') ?? '');
      this.#missing = this.#isChunked ? 0 : lengthOf(head);
      return true;
    }
  }

  #readBody(): boolean {
    const part = this.#rest.subarray(0, this.#missing);
    this.#parts.push(part);
    this.#rest = this.#rest.subarray(part.length);
    this.#missing -= part.length;
    return this.#missing === 0;
  }

  /** RFC 9112, 7.1: each chunk behind a line with its size, the last of which is 0 and has lines of trailers behind it. */
  #readChunks(): boolean {
    while (this.#readBody()) {
      const end = this.#rest.indexOf(lineBreak);
      if (end === -1 && this.#rest.length > longestHeadInBytes) throw unsized();
      if (end === -1) return false;
      const line = this.#rest.toString('latin1', 0, end);
      this.#rest = this.#rest.subarray(end + lineBreak.length);
      if (line === '' && this.#isLastChunk) return true;
      if (line === '' || this.#isLastChunk) continue;
      const size = /^([0-9a-f]{1,8})\s*(?:;|$)/i.exec(line)?.[1];
      if (size === undefined) throw unsized();
      this.#missing = Number.parseInt(size, 16);
      this.#isLastChunk = this.#missing === 0;
    }
    return false;
  }

  #finish(): RuntimeResponse {
    const { status, headers } = this.#head as Head;
    return { status, headers, body: Buffer.concat(this.#parts).toString('utf8') };
  }
}

function unsized(): Error {
  return new Error('The Runtime API sent a chunk without its size.');
}

function parseHead(text: string): Head {
  const [first = '', ...lines] = text.split(lineBreak);
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first)?.[1];
  if (status === undefined) throw new Error('The Runtime API answered something else than HTTP/1.1.');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, Math.max(0, colon)).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  return { status: Number(status), headers };
}

/** How long a body is that is not chunked (RFC 9112, 6.3). */
function lengthOf({ status, headers }: Head): number {
  if (status === 204 || status === 304) return 0;
  const length = headers.get('content-length');
  if (length === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d{1,15}$/.test(length)) throw new Error('The Runtime API sent a body of no known length.');
  return Number(length);
}
