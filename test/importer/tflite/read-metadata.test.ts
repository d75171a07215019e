import { Builder } from 'flatbuffers';
import { describe, expect, it } from 'vitest';
import { FlatTable } from '../../../importer/tflite/flat-table.ts';
import { readMetadata } from '../../../importer/tflite/read-metadata.ts';

/** A text, a byte, real numbers, a table or a list of tables. */
type Field = string | number | Float32Array | Fields | readonly Fields[];
interface Fields {
  readonly [field: number]: Field;
}

function writeTable(builder: Builder, fields: Fields): number {
  const written = Object.entries(fields).map(([field, value]) => ({ field: Number(field), ...write(builder, value) }));
  builder.startObject(8);
  for (const { field, offset, byte } of written) {
    if (byte === undefined) builder.addFieldOffset(field, offset, 0);
    else builder.addFieldInt8(field, byte, 0);
  }
  return builder.endObject();
}

function write(builder: Builder, value: Field): { readonly offset: number; readonly byte?: number } {
  if (typeof value === 'number') return { offset: 0, byte: value };
  if (typeof value === 'string') return { offset: builder.createString(value) };
  if (value instanceof Float32Array) {
    builder.startVector(4, value.length, 4);
    for (const number of value.toReversed()) builder.addFloat32(number);
    return { offset: builder.endVector() };
  }
  if (!Array.isArray(value)) return { offset: writeTable(builder, value as Fields) };
  const offsets = value.map((fields) => writeTable(builder, fields));
  builder.startVector(4, offsets.length, 4);
  for (const offset of offsets.toReversed()) builder.addOffset(offset);
  return { offset: builder.endVector() };
}

function bytesOf(fields: Fields): Uint8Array {
  const builder = new Builder();
  builder.finish(writeTable(builder, fields));
  return builder.asUint8Array();
}

/** A model whose one buffer has the metadata of these tensors. */
function metadataOf(input: Fields, output: Fields = {}, name = 'TFLITE_METADATA') {
  const model = FlatTable.root(bytesOf({ 6: [{ 0: 'something else' }, { 0: name }] }));
  return readMetadata(model, [bytesOf({ 3: [{ 2: [input], 3: [output] }] })]);
}

const unit = (kind: number, mean: readonly number[], deviation: readonly number[]): Fields => ({
  4: [{ 0: kind, 1: { 0: Float32Array.from(mean), 1: Float32Array.from(deviation) } }],
});
const nothing = { normalisation: undefined, labelsFile: undefined };

describe('readMetadata', () => {
  it('reads the mean and the deviation of each channel, and the name of the file of labels', () => {
    const files = {
      6: [
        { 0: 'help.txt', 2: 1 },
        { 0: 'labels.txt', 2: 2 },
        { 0: 'values.txt', 2: 3 },
      ],
    };

    expect(metadataOf(unit(1, [127, 128, 129], [64, 65, 66]), files)).toEqual({
      normalisation: { mean: [127, 128, 129], deviation: [64, 65, 66] },
      labelsFile: 'labels.txt',
    });
  });

  it.each([
    ['no deviation', unit(1, [127], [])],
    ['no mean', unit(1, [], [64])],
    ['another kind of step', unit(2, [127], [64])],
    ['no step', {}],
  ])('knows no normalisation of an input of %s', (_, input) => {
    expect(metadataOf(input)).toEqual(nothing);
  });

  it.each([
    ['of another name', metadataOf(unit(1, [127], [64]), {}, 'TFLITE_METADATE')],
    ['that no buffer holds', readMetadata(FlatTable.root(bytesOf({ 6: [{ 0: 'TFLITE_METADATA' }] })), [])],
    [
      'of an empty buffer',
      readMetadata(FlatTable.root(bytesOf({ 6: [{ 0: 'TFLITE_METADATA' }] })), [new Uint8Array()]),
    ],
  ])('knows nothing of metadata %s', (_, metadata) => {
    expect(metadata).toEqual(nothing);
  });
});
