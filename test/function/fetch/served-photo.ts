import { onTestFinished } from 'vitest';
import type { PhotoFetcherSettings } from '../../../function/fetch/fetch-photo.ts';
import { type Script, type ScriptedServer, startScriptedServer } from '../../helpers/scripted-server.ts';

export const photo = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nphoto';
export const { signal } = new AbortController();

export const settings: PhotoFetcherSettings = {
  enabled: true,
  allowedHosts: [],
  maximumSizeInBytes: 1_000,
  maximumRedirects: 3,
  timeoutInMilliseconds: 2_000,
  userAgent: 'lambda-lens/test',
};

export async function serve(script: Script): Promise<ScriptedServer> {
  const server = await startScriptedServer(script);
  onTestFinished(() => server.close());
  return server;
}

export function redirectTo(location: string, status = 302): string {
  return `HTTP/1.1 ${status} Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;
}
