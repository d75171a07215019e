import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from 'vitest';
import { ProtoMessage } from '../../../importer/onnx/proto-message.ts';

function messageOf(fill: (writer: BinaryWriter) => void): ProtoMessage {
  const writer = new BinaryWriter();
  fill(writer);
  return new ProtoMessage(writer.finish());
}

const varint = (writer: BinaryWriter, field: number, value: number) => writer.tag(field, WireType.Varint).int64(value);
const packed = (writer: BinaryWriter, field: number, bytes: Uint8Array) =>
  writer.tag(field, WireType.LengthDelimited).bytes(bytes);
const eight = Float32Array.of(0.5, -1, 2, 3, 4, 5, 6, 7);

describe('ProtoMessage', () => {
  it('reads real numbers one by one and packed, in the order of the file', () => {
    const message = messageOf((writer) => {
      writer.tag(1, WireType.Bit32).float(1.5);
      packed(writer, 1, new Uint8Array(eight.buffer));
      writer.tag(1, WireType.Bit32).float(-8);
    });

    expect(message.floats(1)).toEqual([1.5, ...eight, -8]);
    expect(message.float(1)).toBe(-8);
  });

  it('leaves out what is left of packed numbers behind the last whole one', () => {
    const message = messageOf((writer) => packed(writer, 1, new Uint8Array(eight.buffer, 0, 11)));

    expect(message.floats(1)).toEqual([0.5, -1]);
  });

  it('reads whole numbers one by one and packed', () => {
    const message = messageOf((writer) => {
      varint(writer, 2, -3);
      packed(writer, 2, Uint8Array.of(1, 0x80, 0x01, 127));
    });

    expect(message.integers(2)).toEqual([-3, 1, 128, 127]);
    expect(message.integer(2)).toBe(127);
  });

  it('takes the last of several texts, and all where it is asked for all', () => {
    const message = messageOf((writer) => {
      for (const text of ['one', 'two']) writer.tag(3, WireType.LengthDelimited).string(text);
    });

    expect([message.text(3), message.texts(3)]).toEqual(['two', ['one', 'two']]);
  });

  it('reads a message within it, and none where the field is left out or is a number', () => {
    const message = messageOf((writer) => {
      packed(writer, 4, Uint8Array.of(8, 5));
      varint(writer, 5, 1);
    });

    expect(message.message(4)?.integer(1)).toBe(5);
    expect(message.messages(4)).toHaveLength(1);
    expect([message.message(5), message.message(6)]).toEqual([undefined, undefined]);
  });

  it('has the default of a field that is left out', () => {
    const message = messageOf((writer) => varint(writer, 1, 1));

    expect([message.integer(9), message.integer(9, 4), message.float(9), message.float(9, 0.5)]).toEqual([
      0, 4, 0, 0.5,
    ]);
    expect([message.has(1), message.has(9), message.text(9), message.texts(9)]).toEqual([true, false, '', []]);
  });

  it.each([
    ['a group', [0x0b]],
    ['a length beyond the end', [0x0a, 5, 1]],
    ['a number cut off', [0x08, 0x80]],
  ])('throws a RangeError for %s', (_, bytes) => {
    expect(() => new ProtoMessage(Uint8Array.from(bytes))).toThrow(RangeError);
  });
});
