import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createGrowingBytes } from '../../../function/source/growing-bytes.ts';

it('holds what was appended, in order, whatever the pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 50_000, minLength: 1 }), { maxLength: 8 }), (chunks) => {
      const whole = Buffer.concat(chunks);
      const bytes = createGrowingBytes({ maximumSizeInBytes: whole.length });
      for (const chunk of chunks) bytes.append(chunk);

      expect(bytes.sizeInBytes).toBe(whole.length);
      expect(Buffer.compare(bytes.toBytes(), whole)).toBe(0);
    }),
  );
});

it('doubles its buffer, and tells before it does', () => {
  const grown: number[] = [];
  const bytes = createGrowingBytes({ maximumSizeInBytes: 300_000, onGrow: (capacity) => grown.push(capacity) });
  bytes.append(new Uint8Array(1));
  bytes.append(new Uint8Array(65_535));

  expect(grown).toEqual([65_536]);

  bytes.append(new Uint8Array(1));

  expect(grown).toEqual([65_536, 131_072]);

  bytes.append(new Uint8Array(200_000));

  expect(grown).toEqual([65_536, 131_072, 265_537]);

  bytes.append(new Uint8Array(34_463));

  expect(grown).toEqual([65_536, 131_072, 265_537, 300_000]);
  expect(bytes.sizeInBytes).toBe(300_000);
});

it('takes not a byte more than its maximum', () => {
  const bytes = createGrowingBytes({ maximumSizeInBytes: 3 });
  bytes.append(Buffer.from('abc'));

  expect(() => bytes.append(Buffer.from('d'))).toThrow(RangeError);
  expect(Buffer.from(bytes.toBytes()).toString()).toBe('abc');
});

it('stays as it was where growing is refused', () => {
  const bytes = createGrowingBytes({
    maximumSizeInBytes: 100_000,
    onGrow: (capacity) => {
      if (capacity > 65_536) throw new Error('no more');
    },
  });
  bytes.append(Buffer.from('abc'));

  expect(() => bytes.append(new Uint8Array(65_536))).toThrow('no more');
  expect(Buffer.from(bytes.toBytes()).toString()).toBe('abc');
});

it('begins with the size that is expected', () => {
  const grown: number[] = [];
  const bytes = createGrowingBytes({
    maximumSizeInBytes: 300_000,
    expectedSizeInBytes: 10,
    onGrow: (capacity) => grown.push(capacity),
  });
  bytes.append(new Uint8Array(10));
  bytes.append(new Uint8Array(1));

  expect(grown).toEqual([10, 20]);
});

it('gives its memory back when told to', () => {
  const bytes = createGrowingBytes({ maximumSizeInBytes: 10 });
  bytes.append(Buffer.from('abc'));
  const before = bytes.toBytes();
  bytes.free();

  expect([before.length, bytes.sizeInBytes, bytes.toBytes().length]).toEqual([0, 0, 0]);
});
