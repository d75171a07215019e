import type { IncomingMessage } from 'node:http';
import { bodyGoesOn } from '../fetch/read-body.ts';

/**
 * A response of S3's to its end. Its pieces are kept and put together once, or not at all where there is one: the server is
 * not a stranger's, who could send them byte by byte.
 * @throws ServiceError `photo_too_large`; else the stream's own error, also when it ends before its Content-Length
 */
export function readWhole(response: IncomingMessage, maximumSizeInBytes: number): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const chunks: Buffer[] = [];
  let sizeInBytes = 0;
  const refuse = (size: number | undefined) => {
    reject(bodyGoesOn(size, maximumSizeInBytes));
    response.destroy();
  };
  const declaredSizeInBytes = Number(response.headers['content-length'] ?? 0);
  response.on('error', reject);
  response.on('aborted', () => reject(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })));
  if (declaredSizeInBytes > maximumSizeInBytes) refuse(declaredSizeInBytes);
  response.on('data', (chunk: Buffer) => {
    sizeInBytes += chunk.length;
    if (sizeInBytes > maximumSizeInBytes) refuse(undefined);
    else chunks.push(chunk);
  });
  response.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
  return promise;
}
