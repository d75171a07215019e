import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

export interface DnsServer {
  /** As a resolver takes it. */
  readonly address: string;
  /** Names asked for so far, once for each family. */
  readonly asked: string[];
  readonly close: () => void;
}

/** What a name has: addresses of either family, nothing at all, no name, or a server that never answers for one or both. */
export type DnsRecord = readonly string[] | 'silent' | 'missing' | 'failing' | { readonly only4: string };

const typeA = 1;
const typeAaaa = 28;
const responseCodes = { failing: 2, missing: 3 } as const;

/** A DNS server on 127.0.0.1 that knows these names (RFC 1035 §4); any other it calls missing. */
export async function startDnsServer(records: Readonly<Record<string, DnsRecord>>): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = readQuestion(query);
    asked.push(name);
    const answer = answerFor(records[name] ?? 'missing', type);
    if (answer !== undefined) socket.send(writeAnswer(query.subarray(0, end), answer), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${(socket as Socket).address().port}`, asked, close: () => socket.close() };
}

interface DnsAnswer {
  readonly code: number;
  readonly addresses: readonly string[];
}

/** Undefined for silence. */
function answerFor(record: DnsRecord, type: number): DnsAnswer | undefined {
  if (record === 'silent') return undefined;
  if (record === 'missing' || record === 'failing') return { code: responseCodes[record], addresses: [] };
  if ('only4' in record) return type === typeA ? { code: 0, addresses: [record.only4] } : undefined;
  return { code: 0, addresses: record.filter((address) => isIPv6(address) === (type === typeAaaa)) };
}

function readQuestion(query: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function writeAnswer(question: Buffer, { code, addresses }: DnsAnswer): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(addresses.length, 6);
  head.writeUInt32BE(0, 8);
  return Buffer.concat([head, ...addresses.map(writeRecord)]);
}

function writeRecord(address: string): Buffer {
  const data = isIPv6(address) ? toBytes6(address) : Buffer.from(address.split('.').map(Number));
  const head = Buffer.alloc(12);
  // The name is that of the question, which begins at byte 12.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(data.length === 16 ? typeAaaa : typeA, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function toBytes6(address: string): Buffer {
  const [before = '', after] = address.split('::');
  const groupsOf = (text: string) => (text === '' ? [] : text.split(':'));
  const groups = groupsOf(before);
  const last = after === undefined ? [] : groupsOf(after);
  const zeros = Array<string>(8 - groups.length - last.length).fill('0');
  return Buffer.from([...groups, ...zeros, ...last].map((group) => group.padStart(4, '0')).join(''), 'hex');
}
