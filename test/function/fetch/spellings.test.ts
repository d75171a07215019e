import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkUrl } from '../../../function/fetch/check-url.ts';
import { resolveHost } from '../../../function/fetch/resolve-host.ts';

const { signal } = new AbortController();

/** Address blocks that are not public, as their first address and the bits that are free. */
const privateBlocks: readonly (readonly [first: number, freeBits: number])[] = [
  [0x00000000, 24],
  [0x0a000000, 24],
  [0x64400000, 22],
  [0x7f000000, 24],
  [0xa9fe0000, 16],
  [0xac100000, 20],
  [0xc0000000, 8],
  [0xc0a80000, 16],
  [0xc6120000, 17],
  [0xe0000000, 28],
  [0xf0000000, 28],
];

const privateAddress = fc
  .tuple(fc.constantFrom(...privateBlocks), fc.nat())
  .map(([[first, freeBits], offset]) => first + (offset % 2 ** freeBits));

/** One number of an address in one of the bases that URLs know (WHATWG URL, IPv4 number parser). */
const spellNumber = fc.constantFrom<(value: number) => string>(
  (value) => String(value),
  (value) => `0${value.toString(8)}`,
  (value) => `0x${value.toString(16)}`,
  (value) => `0X${value.toString(16).toUpperCase().padStart(12, '0')}`,
);

const fullWidth = (text: string) => text.replace(/[0-9a-z]/gi, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const percentEncoded = (text: string) => text.replace(/[0-9]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
const spellText = fc.constantFrom(
  (text: string) => text,
  fullWidth,
  percentEncoded,
  (text: string) => `${text}.`,
);

/** The address as one to four numbers, the last of which holds all bytes that are left. */
function spell(address: number, partCount: number, spellings: readonly ((value: number) => string)[]): string {
  const leading = Array.from({ length: partCount - 1 }, (_, at) => Math.floor(address / 256 ** (3 - at)) % 256);
  const last = address % 256 ** (5 - partCount);
  return [...leading, last].map((part, at) => (spellings[at] ?? String)(part)).join('.');
}

it('refuses private IPv4 addresses however they are spelled', async () => {
  const spellings = fc.array(spellNumber, { minLength: 4, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      privateAddress,
      fc.integer({ min: 1, max: 4 }),
      spellings,
      spellText,
      async (address, parts, spelled, disguise) => {
        const url = `http://${disguise(spell(address, parts, spelled))}/`;
        const noLookUp = () => Promise.reject(new Error('looked up'));
        const fetching = (async () => resolveHost(checkUrl(url, []), noLookUp, { redirect: 0, signal }))();
        await expect(fetching).rejects.toMatchObject({ code: 'url_not_allowed' });
      },
    ),
    { numRuns: 1_000 },
  );
});

it('refuses every IPv6 address that wraps an IPv4 one', async () => {
  const prefix = fc.constantFrom('::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::', '2002:');
  await fc.assert(
    fc.asyncProperty(prefix, fc.nat({ max: 0xffff }), fc.nat({ max: 0xffff }), async (start, high, low) => {
      const tail = `${high.toString(16)}:${low.toString(16)}`;
      const url = `http://[${start}${tail}${start === '2002:' ? '::' : ''}]/`;
      const fetching = (async () => resolveHost(checkUrl(url, []), async () => [], { redirect: 0, signal }))();
      await expect(fetching).rejects.toMatchObject({ code: 'url_not_allowed' });
    }),
  );
});
